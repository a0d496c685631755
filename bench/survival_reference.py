#!/usr/bin/env python3
"""Writes crates/survival/src/reference/*.json: tables, and what lifelines and statsmodels say of them.

Run it in an environment with lifelines, statsmodels and pandas: python bench/survival_reference.py
Days are whole numbers: a data set with decimals is multiplied by a power of ten, which its estimates do not feel.
At risk on a day is, as in lifelines, whoever entered before it, and on the very first day whoever entered on it; since
statsmodels knows no such first day, entries of that day are moved half a day forward for it.
"""
import json, pathlib, random, warnings
import lifelines, numpy as np, pandas as pd, statsmodels
from lifelines import AalenJohansenFitter, KaplanMeierFitter, datasets
from lifelines.statistics import multivariate_logrank_test
from lifelines.utils import restricted_mean_survival_time
from scipy.stats import chi2
from statsmodels.duration.survfunc import _survdiff, survdiff

warnings.simplefilter("ignore")
OUT = pathlib.Path(__file__).resolve().parent.parent / "crates/survival/src/reference"


def table(days, ended, group=None, stratum=None, entry=None, kind=None, times=1):
    days = np.rint(np.asarray(days, dtype=float) * times).astype(int)
    count = len(days)
    codes = lambda column: [0] * count if column is None else [int(c) for c in pd.factorize(pd.Series(column), sort=True)[0]]
    entry = [0] * count if entry is None else np.rint(np.asarray(entry, dtype=float) * times).astype(int)
    ended = np.asarray(ended).astype(int)
    kind = [int(e) for e in ended] if kind is None else [int(k) for k in kind]
    return pd.DataFrame({"entry": entry, "days": days, "ended": ended, "group": codes(group), "stratum": codes(stratum), "kind": kind})


def tables():
    w = datasets.load_waltons()
    yield "waltons", table(w["T"], w["E"], w["group"])
    w = datasets.load_rossi()
    yield "rossi", table(w["week"], w["arrest"], w["fin"], w["race"])
    w = datasets.load_lung().dropna(subset=["ph.ecog"])
    yield "lung", table(w["time"], w["status"], w["sex"], w["ph.ecog"])
    w = datasets.load_larynx()
    stage = w["Stage_II"] + 2 * w["Stage_III"] + 3 * w["Stage_IV"]
    yield "larynx", table(w["time"], w["death"], stage, w["age"] > 65, times=10)
    w = datasets.load_gbsg2()
    yield "gbsg2", table(w["time"], w["cens"], w["horTh"], w["tgrade"])
    w = datasets.load_leukemia()
    yield "leukemia", table(w["t"], w["status"], w["Rx"], w["sex"])
    w = datasets.load_g3()
    yield "g3", table(w["time"], w["event"], w["group"], w["histology"])
    w = datasets.load_kidney_transplant()
    yield "kidney", table(w["time"], w["death"], w["black_male"] + 2 * w["white_male"] + 3 * w["black_female"], w["age"] > 50)
    w = datasets.load_lymphoma()
    yield "lymphoma", table(w["Time"], w["Censor"], w["Stage_group"])
    w = datasets.load_psychiatric_patients()
    yield "psychiatric", table(w["T"], w["C"], w["sex"])
    w = datasets.load_canadian_senators()
    w = w[w["diff_days"] > 0]
    yield "senators", table(w["diff_days"], w["observed"], w["Political Affiliation at Appointment"].str.startswith("Liberal"))
    w = datasets.load_dd()
    yield "democracies", table(w["duration"], w["observed"], w["regime"], w["un_continent_name"])
    w = datasets.load_regression_dataset()
    yield "regression", table(w["T"], w["E"], w["var1"] > 1, times=1e10)
    w = datasets.load_multicenter_aids_cohort_study()
    yield "aids_entry", table(w["T"], w["D"], entry=w["W"], times=1000)
    w = datasets.load_stanford_heart_transplants()
    yield "heart_entry", table(w["stop"], w["event"], w["surgery"], w["year"] > 3, entry=w["start"], times=10)
    yield from made()


def made():
    """Ties, left truncation and heavy censoring, drawn with a fixed seed."""
    shapes = {"ties": (400, 12, 0.3, False), "heavy_censoring": (900, 700, 0.93, False), "truncated": (600, 500, 0.4, True),
              "truncated_ties_censored": (800, 30, 0.9, True), "small": (9, 6, 0.3, False)}
    for name, (count, longest, censored, is_late) in shapes.items():
        draw = random.Random(name)
        entry = [draw.randint(0, longest // 2) if is_late and i > count // 3 else 0 for i in range(count)]
        days = [e + draw.randint(0, longest) for e in entry]
        ended = [int(draw.random() > censored) for _ in days]
        group, stratum = [draw.randint(0, 3) for _ in days], [draw.randint(0, 2) for _ in days]
        kind = [e * draw.choice([1, 1, 2, 3]) for e in ended]
        yield name, table(days, ended, group, stratum, entry, kind)
    draw = random.Random("kinds")
    days = draw.sample(range(1, 4000), 500)
    kind = [draw.choice([0, 0, 1, 2, 3]) for _ in days]
    yield "kinds_without_ties", table(days, [k > 0 for k in kind], kind=kind)
    # Entries on odd days: on a day of both, lifelines divides by one number at risk here and by another there.
    days = [2 * d for d in days]
    entry = [0 if i < 40 else 2 * draw.randint(0, d // 4) + 1 for i, d in enumerate(days)]
    yield "kinds_truncated", table(days, [k > 0 for k in kind], kind=kind, entry=entry)


def km(frame):
    late = frame["entry"].max() > 0
    fit = KaplanMeierFitter().fit(frame["days"], frame["ended"], entry=frame["entry"] if late else None)
    at = fit.event_table[fit.event_table["observed"] > 0].index
    band = fit.confidence_interval_.loc[at]
    entered = fit.event_table["entrance"].copy()
    entered.iloc[0] = 0
    rows = zip(at, (fit.event_table["at_risk"] - entered).loc[at], fit.survival_function_.loc[at].iloc[:, 0], band.iloc[:, 0], band.iloc[:, 1])
    limit = int(frame["days"].quantile(0.8))
    median = fit.median_survival_time_
    return {"km": [[int(d), int(n), s, lo, hi] for d, n, s, lo, hi in rows],
            "restricted_mean": [limit, restricted_mean_survival_time(fit, t=limit)],
            "median": None if np.isinf(median) else int(median)}


def tests(frame):
    found = {}
    late = frame["entry"].max() > 0
    if frame["group"].nunique() > 1:
        if not late:
            test = multivariate_logrank_test(frame["days"], frame["group"], frame["ended"])
            found["log_rank"] = [test.test_statistic, test.p_value]
        shifted = before_first(frame) if late else None
        arguments = [frame[c].to_numpy() for c in ("days", "ended", "group")]
        found["survdiff"] = list(map(float, survdiff(*arguments, entry=shifted)))
        if frame["stratum"].nunique() > 1:
            found["stratified"] = stratified(frame, late)
    return found


def before_first(frame):
    return np.where(frame["entry"] == frame["entry"].min(), frame["entry"] - 0.5, frame["entry"])


def stratified(frame, late):
    if not late:
        arguments = [frame[c].to_numpy() for c in ("days", "ended", "group")]
        return list(map(float, survdiff(*arguments, strata=frame["stratum"].to_numpy())))
    # survdiff hands each stratum the entries of all, so with entries its parts are summed here.
    groups, parts = np.unique(frame["group"]), []
    for _, part in frame.assign(entry=before_first(frame)).groupby("stratum"):
        arguments = [part[c].to_numpy() for c in ("days", "ended", "group")]
        parts.append(_survdiff(*arguments, None, groups, part["entry"].to_numpy()))
    seen, var = sum(part[0] for part in parts), sum(part[1] for part in parts)
    chi = float(seen.dot(np.linalg.solve(var, seen)))
    return [chi, float(chi2.sf(chi, len(groups) - 1))]


def incidence(frame):
    """lifelines jitters ends of different kinds on one day, so only tables without such ties count."""
    kinds = sorted(k for k in frame["kind"].unique() if k > 0)
    both = frame[frame["kind"] > 0].groupby("days")["kind"].nunique()
    if len(kinds) < 2 or both.max() > 1:
        return {}
    found = []
    for kind in kinds:
        late = frame["entry"].max() > 0
        fit = AalenJohansenFitter().fit(frame["days"], frame["kind"], kind, entry=frame["entry"] if late else None)
        own = fit.event_table[fit.event_table.iloc[:, 2] > 0].index
        band = np.sort(fit.confidence_interval_.loc[own].to_numpy(), axis=1)
        rows = zip(own, fit.cumulative_density_.loc[own].iloc[:, 0], fit.variance_.loc[own], band[:, 0], band[:, 1])
        found.append([[int(d), f, v, lo, hi] for d, f, v, lo, hi in rows if not np.isnan(v)])
    return {"incidence": found}


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    for name, frame in tables():
        found = {"rows": [[int(v) for v in row] for row in frame[["entry", "days", "ended", "group", "stratum", "kind"]].to_numpy()]}
        found |= km(frame) | tests(frame) | incidence(frame)
        said = {key: value for key, value in found.items() if value is not None}
        (OUT / f"{name}.json").write_text(json.dumps(said, separators=(",", ":")) + "\n")
        print(name, len(frame), [key for key in said if key != "rows"])
    print("lifelines", lifelines.__version__, "statsmodels", statsmodels.__version__)


if __name__ == "__main__":
    main()
