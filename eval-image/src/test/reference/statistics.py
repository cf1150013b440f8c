"""Makes the golden values of the statistics tests with scipy, statsmodels and scikit-learn.

    pip install scipy==1.17.1 statsmodels==0.15.0 scikit-learn && python statistics.py ../resources/golden

The data are made by a rule that Java knows too (see values()), so that only results are kept.
"""

import json
import pathlib
import sys

import numpy as np
import statsmodels.api as sm
from scipy import stats
from sklearn.metrics import f1_score
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import NormalIndPower

MASK = (1 << 64) - 1


def values(seed, n):
    """n numbers in [0, 1) of a linear congruential generator (Knuth's MMIX), which is two lines in any
    language."""
    state = seed
    for _ in range(n):
        state = (state * 6364136223846793005 + 1442695040888963407) & MASK
        yield (state >> 33) / 2**31


def right(seed, n, share):
    return np.array([1.0 if v < share else 0.0 for v in values(seed, n)])


def mcnemar_values():
    rows = []
    for gained, lost in [(4, 0), (7, 1), (9, 2), (0, 0), (1, 0), (30, 20), (20, 30), (55, 55), (310, 250)]:
        p = float(mcnemar([[100, lost], [gained, 100]], exact=True).pvalue)
        rows.append(dict(gained=gained, lost=lost, p=p))
    return rows


def holm_values():
    rows = []
    for p in [[0.01, 0.04, 0.03, 0.005, 0.2], [0.5], [0.05, 0.05, 0.05], [1.0, 0.9, 0.001, 0.02]]:
        rows.append(dict(p=p, adjusted=[float(x) for x in multipletests(p, method="holm")[1]]))
    return rows


def power_values():
    rows = []
    for n, discordant in [(38, 0.3), (57, 0.3), (398, 0.3), (475, 0.3), (3215, 0.1)]:
        effect = NormalIndPower(ddof=0).solve_power(
            nobs1=n, alpha=0.05, power=0.8, ratio=0, alternative="two-sided"
        )
        rows.append(
            dict(
                questions=n,
                discordant=discordant,
                detectable=float(effect * np.sqrt(discordant)),
                # nemo_evaluator.engine.comparison.mde_estimate, of the discordant answers only
                nemo=2.8 / np.sqrt(n * discordant),
            )
        )
    return rows


def expanded(draws, value, units, confidence):
    """Hesterberg 2015, section 4.3.3."""
    widened = value + np.sqrt(units / (units - 1)) * (draws - value)
    tail = stats.norm.cdf(stats.t.ppf((1 - confidence) / 2, units - 1))
    return [float(x) for x in np.quantile(widened, [tail, 1 - tail])]


def accuracy_values():
    """Base and tuned on n questions: difference, its interval, standard error and p-values."""
    rows = []
    for n in (38, 475):
        base = right(1, n, 0.4)
        tuned = np.where(right(2, n, 0.25) == 1, right(3, n, 0.7), base)
        delta = tuned - base
        result = stats.bootstrap(
            (base, tuned),
            lambda b, t, axis: np.mean(t, axis=axis) - np.mean(b, axis=axis),
            paired=True,
            n_resamples=100_000,
            rng=np.random.default_rng(7),
            method="percentile",
        )
        gained, lost = int((delta > 0).sum()), int((delta < 0).sum())
        permuted = stats.permutation_test(
            (tuned, base),
            lambda t, b, axis: np.mean(t - b, axis=axis),
            permutation_type="samples",
            vectorized=True,
            n_resamples=100_000,
            rng=np.random.default_rng(7),
        )
        # nemo_evaluator.engine.comparison.mcnemar_test: Wald interval of the same difference
        wald = np.sqrt(((gained + lost) / n - ((gained - lost) / n) ** 2) / n)
        rows.append(
            dict(
                n=n,
                delta=float(delta.mean()),
                standard_error=float(stats.sem(delta)),
                paired_t=float(stats.ttest_rel(tuned, base).pvalue),
                nemo_standard_error=float(wald),
                percentile=[float(x) for x in result.confidence_interval],
                expanded=expanded(result.bootstrap_distribution, delta.mean(), n, 0.95),
                mcnemar=float(mcnemar([[0, lost], [gained, 0]], exact=True).pvalue),
                permutation=float(permuted.pvalue),
            )
        )
    return rows


def cluster_values():
    """Scores that come in clusters of 1 to 6: the standard error of Miller 2024, section 2.2."""
    sizes = [1 + int(v * 6) for v in values(11, 200)]
    clusters = np.repeat(np.arange(200), sizes)
    level = right(12, 200, 0.5)
    scores = np.where(right(13, len(clusters), 0.3) == 1, right(14, len(clusters), 0.5), level[clusters])
    fit = sm.OLS(scores, np.ones(len(scores))).fit(cov_type="cluster", cov_kwds=dict(groups=clusters))
    return dict(
        clusters=200,
        items=len(clusters),
        mean=float(scores.mean()),
        clustered=float(fit.bse[0]),
        single=float(stats.sem(scores)),
    )


def f1_values():
    """Macro f1 of two labels, 300 items in 100 units of 3, drawn and exchanged by unit."""
    n, units = 300, 100
    gold = right(21, n, 0.6).astype(int)
    base = np.where(right(22, n, 0.6) == 1, gold, 1 - gold)
    tuned = np.where(right(23, n, 0.72) == 1, gold, 1 - gold)

    def score(g, p):
        return 1.5 * f1_score(g, p, average="macro")

    rng = np.random.default_rng(7)
    value = score(gold, tuned) - score(gold, base)
    by_unit = np.arange(n).reshape(units, 3)
    draws = []
    for _ in range(10_000):
        items = by_unit[rng.integers(0, units, units)].ravel()
        draws.append(score(gold[items], tuned[items]) - score(gold[items], base[items]))
    as_far = 1
    for _ in range(10_000):
        swap = np.repeat(rng.integers(0, 2, units) == 1, 3)
        left, right_ = np.where(swap, tuned, base), np.where(swap, base, tuned)
        as_far += abs(score(gold, right_) - score(gold, left)) >= abs(value) - 1e-12
    return dict(
        delta=float(value),
        expanded=expanded(np.array(draws), value, units, 0.95),
        randomization=as_far / 10_001,
    )


def main():
    golden = dict(
        mcnemar=mcnemar_values(),
        holm=holm_values(),
        power=power_values(),
        accuracy=accuracy_values(),
        clusters=cluster_values(),
        f1=f1_values(),
    )
    path = pathlib.Path(sys.argv[1]) / "statistics.json"
    path.write_text(json.dumps(golden, indent=1) + "\n")


main()
