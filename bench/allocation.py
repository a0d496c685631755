#!/usr/bin/env python3
"""Allocation beside its peer, a Lagrangian over OR-tools' minimum-cost flow: both on the same instances, by turns.

Makes a virtual environment of its own, runs each side `--rounds` times, checks every answer, prints medians and ratios
of CPU seconds, wall seconds and gap. The tools make_allocation.py, check_allocation.py and allocation_reference.py
stand in `--tools`.

    bench/allocation.py --tools TOOLS [--program PROGRAM] [--seeds 7] [--rounds 3] [--work FOLDER]

PROGRAM, in quotes, is called with an instance and an answer put in the place of {instance} and {answer}; by default
target/release/dayaq allocate {instance} --out {answer}, which `cargo build --release -p dayaq` makes.
"""
import argparse
import json
import os
import resource
import shlex
import statistics
import subprocess
import sys
import time
import venv
from pathlib import Path

PACKAGES = ["numpy", "scipy", "ortools==9.15.6755"]


def environment(work):
    """The Python of a virtual environment that holds the peer."""
    python = work / "venv" / "bin" / "python"
    if not python.exists():
        venv.create(work / "venv", with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    return python


def measured(command):
    """CPU and wall seconds of a command that must succeed."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wall, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def gap(python, tools, instance, answer):
    """The gap of an answer that the checker finds feasible; stops the bench otherwise."""
    found = subprocess.run([python, tools / "check_allocation.py", instance, answer], capture_output=True, text=True)
    if found.returncode:
        sys.exit(f"{answer}: {found.stdout}{found.stderr}")
    stated = json.loads(answer.read_text())
    return (stated["bound"] - stated["objective"]) / max(1, stated["bound"])


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--tools", type=Path, required=True)
    args.add_argument("--program", type=shlex.split, default="target/release/dayaq allocate {instance} --out {answer}")
    args.add_argument("--seeds", type=int, nargs="+", default=[7])
    args.add_argument("--rounds", type=int, default=3)
    args.add_argument("--work", type=Path, default=Path("target/bench-allocation"))
    args = args.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    python = environment(args.work)
    print("| instance | side | CPU s | wall s | gap |\n|---|---|---:|---:|---:|")
    for seed in args.seeds:
        for variant in ("loose", "binding"):
            instance, answer = args.work / f"{variant}.{seed}.json", args.work / "answer.json"
            if not instance.exists():
                made = [python, args.tools / "make_allocation.py", "--variant", variant, "--seed", str(seed), "--out", instance]
                subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
            place = {"instance": str(instance), "answer": str(answer)}
            ours = [part.format(**place) for part in args.program]
            theirs = [python, args.tools / "allocation_reference.py", instance, "--out", answer]
            runs = {"allocation": [], "reference": []}
            for _ in range(args.rounds):
                for side, command in (("allocation", ours), ("reference", theirs)):
                    cpu, wall = measured(command)
                    runs[side].append((cpu, wall, gap(python, args.tools, instance, answer)))
            medians = {side: [statistics.median(column) for column in zip(*found)] for side, found in runs.items()}
            for side, (cpu, wall, part) in medians.items():
                print(f"| {variant}, seed {seed} | {side} | {cpu:.1f} | {wall:.1f} | {part:.6%} |")
            ratio = medians["allocation"][0] / medians["reference"][0]
            print(f"| {variant}, seed {seed} | ratio of CPU seconds | {ratio:.3f} | | |", flush=True)
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
