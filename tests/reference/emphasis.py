"""Makes emphasis.json: values of the emphasis room by independent implementations.

Run: python3 tests/reference/emphasis.py > tests/reference/emphasis.json
Needs numpy, scipy and scikit-learn (made with 2.4.6, 1.17.1 and 1.9.1).
The cases are invented. Where no package has the statistic it is written here once more from the paper's formula,
in another form than the program's.
"""

import json

import numpy as np
from scipy import optimize, special, stats
from scipy.cluster import hierarchy
from scipy.spatial import distance
from sklearn.metrics.pairwise import cosine_similarity

counts = np.array(
    [
        [12, 3, 0, 5, 8],
        [2, 9, 4, 4, 1],
        [7, 7, 2, 0, 6],
        [1, 2, 11, 3, 3],
        [15, 1, 1, 2, 4],
        [4, 4, 5, 6, 5],
    ],
    dtype=float,
)
shares = counts / counts.sum(axis=1, keepdims=True)
base = counts.sum(axis=0) / counts.sum()
out = {"counts": counts.tolist()}

# Distributions.
x = [1e-6, 0.02, 0.3, 0.5, 0.77, 0.999]
shapes = [[0.5, 0.5], [0.5, 30.5], [2.7, 1.3], [40.2, 200.9], [3000.0, 1000.0]]
out["normal_quantile"] = [[p, stats.norm.ppf(p)] for p in [1e-12, 0.001, 0.025, 0.3, 0.5, 0.9, 0.975]]
out["normal_p"] = [[z, 2 * stats.norm.sf(abs(z))] for z in [-4.0, -1.96, 0.0, 0.5, 7.0]]
out["beta_cdf"] = [[a, b, v, stats.beta.cdf(v, a, b)] for a, b in shapes for v in x]
out["beta_quantile"] = [[a, b, p, stats.beta.ppf(p, a, b)] for a, b in shapes for p in [0.025, 0.5, 0.975]]
out["digamma"] = [[v, special.digamma(v)] for v in [0.01, 0.5, 1.0, 3.3, 12.0, 4000.0]]
p = [0.01, 0.04, 0.03, 0.2, 0.005, 0.9, 0.04]
out["fdr"] = {"p": p, "q": stats.false_discovery_control(p, method="bh").tolist()}

# Strength of the Dirichlet prior: SciPy's own likelihood, maximised by a bounded search.
whole = counts.astype(int)


def log_likelihood(s):
    coefficient = special.gammaln(whole.sum(axis=1) + 1).sum() - special.gammaln(whole + 1).sum()
    return stats.dirichlet_multinomial.logpmf(whole, base * s, whole.sum(axis=1)).sum() - coefficient


best = optimize.brentq(
    lambda s: sum(
        special.digamma(s)
        - special.digamma(row.sum() + s)
        + (base * (special.digamma(row + s * base) - special.digamma(s * base))).sum()
        for row in counts
    ),
    1e-2,
    1e6,
    xtol=1e-13,
    rtol=1e-14,
)
rough = optimize.minimize_scalar(lambda u: -log_likelihood(np.exp(u)), bounds=(-3, 12), method="bounded")
assert abs(np.exp(rough.x) / best - 1) < 1e-3
out["strength"] = {"value": best, "log_likelihood": [[s, log_likelihood(s)] for s in [0.5, best, 60.0]]}

# Profiles.
out["entropy"] = [stats.entropy(row) for row in shares]
out["herfindahl"] = (shares**2).sum(axis=1).tolist()
others = (shares.sum(axis=0) - shares) / (len(shares) - 1)
sigma = np.sqrt(((shares - others) ** 2).mean(axis=1))
out["nicheness"] = [float(sigma[i] - np.delete(sigma, i).mean()) for i in range(len(sigma))]
out["cosine"] = cosine_similarity(shares).tolist()
out["jensen_shannon_distance"] = distance.squareform(distance.pdist(counts, "jensenshannon") / np.sqrt(np.log(2))).tolist()
condensed = distance.pdist(counts, "jensenshannon") / np.sqrt(np.log(2))
tree = hierarchy.linkage(condensed, "average")
out["heights"] = tree[:, 2].tolist()
out["sizes"] = tree[:, 3].tolist()
out["groups"] = hierarchy.fcluster(tree, 3, "maxclust").tolist()

# Location quotients, and the correlation within sections by a one-way analysis of variance of each theme's indicator.
out["quotients"] = (shares / base).tolist()
sections = [[[3, 0, 1], [2, 2, 0], [0, 0, 4]], [[1, 1, 0], [0, 5, 0]], [[2, 0, 0], [0, 1, 0], [0, 0, 3], [1, 1, 1]]]
between = within = dfb = dfw = spread = 0.0
for place in sections:
    n = sum(map(sum, place))
    for theme in range(3):
        groups = [np.repeat([1.0, 0.0], [s[theme], sum(s) - s[theme]]) for s in place]
        mean = np.concatenate(groups).mean()
        between += sum(len(g) * (g.mean() - mean) ** 2 for g in groups)
        within += sum(((g - g.mean()) ** 2).sum() for g in groups)
    dfb += len(place) - 1
    dfw += n - len(place)
    spread += n - sum(sum(s) ** 2 for s in place) / n
size = spread / dfb
rho = (between / dfb - within / dfw) / (between / dfb + (size - 1) * within / dfw)
out["sections"] = sections
out["correlation"] = rho
out["effective"] = [
    sum(map(sum, place)) / (1 + (sum(sum(s) ** 2 for s in place) / sum(map(sum, place)) - 1) * rho) for place in sections
]

# Keyness: Monroe, Colaresi and Quinn (2008), written from equations 15, 16 and 22.
a, b, prior = np.array([30.0, 0, 12, 5]), np.array([10.0, 40, 12, 100]), 50.0
alpha = prior * (a + b) / (a + b).sum()
omega = [(y + alpha) / (y.sum() + prior - y - alpha) for y in (a, b)]
delta = np.log(omega[0]) - np.log(omega[1])
z = delta / np.sqrt(1 / (a + alpha) + 1 / (b + alpha))
out["keyness"] = {"a": a.tolist(), "b": b.tolist(), "prior": prior, "delta": delta.tolist(), "z": z.tolist()}

# Gries (2008), figure 2: five parts of 9, 9, 10, 10, 11 letters, "a" 1, 2, 3, 4, 5 times.
letters, found = np.array([9.0, 10, 10, 10, 11]), np.array([1.0, 2, 3, 4, 5])
out["dispersion"] = {
    "pieces": np.stack([letters, found], axis=1).tolist(),
    "dp": float(0.5 * np.abs(found / found.sum() - letters / letters.sum()).sum()),
}

# Percentile intervals: NumPy's default quantile.
draws = [0.3, 1.2, -0.4, 2.2, 0.9, 0.1, 1.7]
out["quantile"] = {"draws": draws, "at": [[v, float(np.quantile(draws, v))] for v in [0.0, 0.025, 0.4, 0.975, 1.0]]}
print(json.dumps(out, indent=1))
