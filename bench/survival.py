#!/usr/bin/env python3
"""Survival curves beside lifelines: both run three times in turn on the same table, each as a program of its own that
reads the CSV, estimates, tests and writes its numbers.

    python3 bench/survival.py [ROWS]

It makes its own virtual environment with lifelines beside the build, builds `--example curves`, and prints the medians,
the ratios and the largest difference. lifelines parts ties of different ends by chance, so those shares are timed and
not compared.
"""
import csv, json, os, pathlib, random, resource, statistics, subprocess, sys, tempfile, time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))

LIFELINES = r'''
import sys, time, warnings
warnings.simplefilter("ignore")
begun = time.perf_counter()
import numpy as np, pandas as pd
from lifelines import AalenJohansenFitter, KaplanMeierFitter
from lifelines.statistics import multivariate_logrank_test
print("import", time.perf_counter() - begun, file=sys.stderr)
frame = pd.read_csv(sys.argv[1], parse_dates=["start", "end"])
days = (frame["end"] - frame["start"]).dt.days
kinds = ["closed", "sold", "recovered", "job"]
kind = frame["status"].map({name: at + 1 for at, name in enumerate(kinds)}).fillna(0).astype(int)
ended = kind > 0
def write(name, value, days, ended):
    fit = KaplanMeierFitter().fit(days, ended)
    at = fit.event_table.index[fit.event_table["observed"] > 0]
    band = fit.confidence_interval_.loc[at].to_numpy()
    for day, s, (low, high) in zip(at, fit.survival_function_.loc[at].iloc[:, 0], band):
        print(f"{name},{value},{int(day)},{s!r},{low!r},{high!r}".replace("np.float64(", "").replace(")", ""))
write("all", "", days, ended)
for column in [c for c in frame if c not in ("id", "start", "end", "status")]:
    for value, part in frame.groupby(column):
        write(column, value, days[part.index], ended[part.index])
    test = multivariate_logrank_test(days, frame[column], ended)
    print(f"log-rank,{column},{float(test.test_statistic)!r},{float(test.p_value)!r},,")
for at, name in enumerate(kinds):
    fit = AalenJohansenFitter(seed=1).fit(days, kind, at + 1)
    print(f"end,{name},0,0,0,0" if fit.cumulative_density_.empty else f"end,{name},last,{float(fit.cumulative_density_.iloc[-1, 0])!r},,")
'''


def table(path, rows):
    draw = random.Random(7)
    with open(path, "w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["id", "start", "end", "status", "direction", "region"])
        import datetime
        first = datetime.date(2021, 1, 1)
        for at in range(rows):
            start = first + datetime.timedelta(draw.randrange(1400))
            direction = draw.randrange(26)
            until = int(draw.expovariate(1 / (1500 + 60 * direction))) + 1
            watched = draw.randrange(20, 1500)
            status = draw.choices(["closed", "sold", "recovered", "job"], [7, 1, 1, 1])[0]
            if until > watched:
                status = draw.choices(["in_business", "unreachable"], [9, 1])[0]
            end = start + datetime.timedelta(min(until, watched))
            out.writerow([at, start, end, status, f"D{direction:02}", f"R{draw.randrange(14):02}"])


def environment():
    folder = TARGET / "bench-lifelines"
    python = folder / "bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "lifelines"], check=True)
    return python


def run(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    took = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    imported = [float(line.split()[1]) for line in done.stderr.splitlines() if line.startswith("import ")]
    return took, cpu, done.stdout, imported[0] if imported else 0.0


def numbers(text):
    found = {}
    for row in csv.reader(text.splitlines()):
        if row[0] == "log-rank":
            found["log-rank", row[1]] = [float(row[2]), float(row[3])]
        elif row[0] != "end":
            found[row[0], row[1], int(row[2])] = [float(value) for value in row[3:]]
    return found


def main():
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    python = environment()
    subprocess.run(["cargo", "build", "--quiet", "--release", "-p", "survival", "--example", "curves"], cwd=ROOT, check=True)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "spans.csv"
        script = pathlib.Path(folder) / "peer.py"
        table(path, rows)
        script.write_text(LIFELINES)
        ours, theirs = [], []
        for _ in range(3):
            theirs.append(run([python, script, path]))
            ours.append(run([TARGET / "release/examples/curves", path]))
    a, b = numbers(ours[0][2]), numbers(theirs[0][2])
    assert a.keys() == b.keys(), f"{len(a)} and {len(b)} points, {sorted(map(str, a.keys() ^ b.keys()))[:5]}"
    far = max(abs(x - y) / max(1.0, abs(y)) for key in a for x, y in zip(a[key], b[key]))
    median = lambda runs, at: statistics.median(run[at] for run in runs)
    bare = statistics.median(run[0] - run[3] for run in theirs)
    print(f"{rows} rows, {len(a)} points and tests compared; largest difference {far:.1e}")
    print(f"lifelines: {median(theirs, 0):.2f} s ({bare:.2f} s without its import), {median(theirs, 1):.2f} CPU s")
    print(f"ours:      {median(ours, 0):.3f} s, {median(ours, 1):.3f} CPU s")
    print(f"ours takes 1/{bare / median(ours, 0):.0f} of the time, 1/{median(theirs, 1) / median(ours, 1):.0f} of the CPU time")
    print(json.dumps({"ours": [run[0] for run in ours], "lifelines": [run[0] for run in theirs]}))


if __name__ == "__main__":
    main()
