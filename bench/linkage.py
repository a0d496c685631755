#!/usr/bin/env python3
"""Linkage beside its peer, Splink 5 on DuckDB: both on the same registry extract, by turns, from CSV to clusters.

Makes a virtual environment of its own, makes the extract, runs each side `--rounds` times, scores every answer, prints
medians and ratios of pairwise F1, CPU seconds, wall seconds and peak memory. The tools make_registry.py,
splink_baseline.py and score_linkage.py stand in `--tools`. CPU seconds are those of the whole process, so they compare
fairly on a machine with other work; wall seconds do not.

    bench/linkage.py --tools TOOLS [--rows 200000] [--rounds 3] [--seed N] [--program PROGRAM] [--work FOLDER]

PROGRAM, in quotes, is called with an extract and an answer put in the place of {registry} and {clusters}; by default
target/release/dayaq link {registry} --out {clusters}, which `cargo build --release -p dayaq` makes. The peer runs at its
threshold of 0.95 with both of its foldings; `--folding full` or `plain` takes one alone.
"""
import argparse
import os
import shlex
import statistics
import subprocess
import sys
import time
import venv
from pathlib import Path

PACKAGES = ["numpy", "splink==5.0.0", "duckdb==2.0.0"]
SCORE = "pairwise"


def environment(work):
    """The Python of a virtual environment that holds the peer."""
    python = work / "venv" / "bin" / "python"
    if not python.exists():
        venv.create(work / "venv", with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    return python


def measured(command, log):
    """CPU seconds, wall seconds and peak megabytes of a command that must succeed."""
    begun = time.monotonic()
    with open(log, "w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command}: {Path(log).read_text()}")
    return used.ru_utime + used.ru_stime, time.monotonic() - begun, used.ru_maxrss / 1024


def f1(python, tools, clusters, truth):
    """Pairwise F1 by the frozen scorer."""
    found = subprocess.run([python, tools / "score_linkage.py", clusters, truth], capture_output=True, text=True, check=True)
    words = found.stdout.split("|")[0].split()
    assert words[0] == SCORE, found.stdout
    return float(words[words.index("F1") + 1])


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--tools", type=Path, required=True)
    args.add_argument("--program", type=shlex.split, default="target/release/dayaq link {registry} --out {clusters}")
    args.add_argument("--rows", type=int, default=200_000)
    args.add_argument("--rounds", type=int, default=3)
    args.add_argument("--seed", type=int, default=20260101)
    args.add_argument("--folding", choices=["plain", "full"], nargs="+", default=["plain", "full"])
    args.add_argument("--work", type=Path, default=Path("target/bench-linkage"))
    args = args.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    python = environment(args.work)
    registry, truth = args.work / f"{args.rows}.{args.seed}.csv", args.work / f"{args.rows}.{args.seed}.truth.csv"
    if not truth.exists():
        made = ["--records", str(args.rows), "--seed", str(args.seed), "--out", registry, "--truth", truth]
        subprocess.run([python, args.tools / "make_registry.py", *made], check=True)
    clusters, log = args.work / "clusters.csv", args.work / "log"
    place = {"registry": str(registry), "clusters": str(clusters)}
    sides = {"linkage": [part.format(**place) for part in args.program]}
    for folding in args.folding:
        peer = [python, args.tools / "splink_baseline.py", registry, "--clusters", clusters]
        sides[f"Splink, {folding}"] = [*peer, "--folding", folding, "--threshold", "0.95", "--threads", str(os.cpu_count())]
    runs = {side: [] for side in sides}
    for _ in range(args.rounds):
        for side, command in sides.items():
            clusters.unlink(missing_ok=True)
            used = measured(command, log)
            runs[side].append((f1(python, args.tools, clusters, truth), *used))
    medians = {side: [statistics.median(column) for column in zip(*found)] for side, found in runs.items()}
    print(f"{args.rows} rows, seed {args.seed}, {args.rounds} rounds, medians; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    print("| side | pairwise F1 | CPU s | wall s | peak MB |\n|---|---:|---:|---:|---:|")
    for side, (score, cpu, wall, peak) in medians.items():
        print(f"| {side} | {score:.4f} | {cpu:.1f} | {wall:.1f} | {peak:.0f} |")
    own = medians["linkage"]
    for side in list(medians)[1:]:
        score, cpu, wall, peak = medians[side]
        print(f"| linkage / {side} | {own[0] - score:+.4f} | {own[1] / cpu:.3f} | {own[2] / wall:.3f} | {own[3] / peak:.3f} |")


if __name__ == "__main__":
    main()
