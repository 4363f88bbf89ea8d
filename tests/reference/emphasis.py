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
p = [0.01, 0.04, 0.03, 0.2, 0.005, 0.9, 0.04]
out["fdr"] = {"p": p, "q": stats.false_discovery_control(p, method="bh").tolist()}

# Strength of the Dirichlet prior, from the scaled squared distances between each place's shares and the corpus's. What is
# expected of them is written with matrices: with C = I - 1 aT the deviations are C p, and their variances
# diag(C V CT) where V holds the places' own. A gamma distribution of shape nu / 2 and that mean is the likelihood.
effective = np.array([20.0, 15.5, 22.0, 11.0, 23.0, 17.25])
parts = counts.sum(axis=1) / counts.sum()
inner = 1 - (base**2).sum()
covariance = np.diag(base) - np.outer(base, base)
nu = np.trace(covariance) ** 2 / np.trace(covariance @ covariance)
apart = ((shares - base) ** 2).sum(axis=1) / inner


def log_likelihood(s):
    w = 1 / (s + 1)
    variance = np.diag(w + (1 - w) / effective)
    centre = np.eye(len(parts)) - np.outer(np.ones(len(parts)), parts)
    expected = np.diag(centre @ variance @ centre.T) / (1 - parts @ variance @ parts)
    density = stats.gamma.logpdf(apart, nu / 2, scale=2 * expected / nu)
    # Without what does not depend on s.
    constant = (nu / 2 - 1) * np.log(apart) + nu / 2 * np.log(nu / 2) - special.gammaln(nu / 2)
    return (density - constant).sum()


def slope(s):
    return optimize.approx_fprime([s], lambda x: log_likelihood(x[0]), 1e-6)[0]


def complex_slope(s, step=1e-40):
    w = 1 / (s + 1j * step + 1)
    v = w + (1 - w) / effective
    mean = (parts**2 * v).sum()
    expected = (v * (1 - 2 * parts) + mean) / (1 - mean)
    return (-nu / 2 * (np.log(expected) + apart / expected).sum()).imag / step


best = optimize.brentq(complex_slope, 1.0, 1e3, xtol=1e-13, rtol=1e-14)
assert abs(slope(best)) < 1e-6
out["strength"] = {
    "effective": effective.tolist(),
    "value": best,
    "log_likelihood": [[s, log_likelihood(s)] for s in [0.5, best, 60.0]],
}

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

# Differences of two shares: square-and-add over Jeffreys' intervals; z as the root of chi-squared on the two-by-two table.


def jeffreys(p, n):
    return stats.beta.ppf([0.025, 0.975], n * p + 0.5, n * (1 - p) + 0.5)


def signed_root(p1, n1, p2, n2):
    table = np.array([[n1 * p1, n1 * (1 - p1)], [n2 * p2, n2 * (1 - p2)]])
    return float(np.sign(p2 - p1) * np.sqrt(stats.chi2_contingency(table, correction=False).statistic))


out["differences"] = []
for p1, n1, p2, n2 in [[0.2, 50, 0.5, 40], [0.04, 22.5, 0.11, 31.3], [0.6, 12, 0.55, 80]]:
    (l1, u1), (l2, u2) = jeffreys(p1, n1), jeffreys(p2, n2)
    low = p2 - p1 - float(np.hypot(p2 - l2, u1 - p1))
    high = p2 - p1 + float(np.hypot(u2 - p2, p1 - l1))
    out["differences"].append([p1, n1, p2, n2, low, high, signed_root(p1, n1, p2, n2)])

# A break: the split with the largest chi-squared. A spike: each inner year against its two neighbours together.
series_p = np.array([0.11, 0.08, 0.125, 0.1, 0.31, 0.24, 0.27, 0.3])
series_n = np.array([40.0, 52.5, 37, 61, 44, 58.25, 49, 50])


def pooled(part):
    n = series_n[part].sum()
    return float((series_p[part] * series_n[part]).sum() / n), float(n)


splits = [[k, *pooled(slice(0, k)), *pooled(slice(k, None))] for k in range(2, 7)]
scores = [abs(signed_root(*split[1:])) for split in splits]
first, before, _, after, _ = splits[int(np.argmax(scores))]
spikes = [signed_root(*pooled([i - 1, i + 1]), series_p[i], series_n[i]) for i in range(1, 7)]
out["series"] = {
    "shares": series_p.tolist(),
    "n": series_n.tolist(),
    "first": first,
    "before": before,
    "after": after,
    "z": max(scores),
    "spikes": spikes,
    "spike_q": stats.false_discovery_control(2 * stats.norm.sf(np.abs(spikes)), method="bh").tolist(),
}

# A supplementary row on the map of `counts`: squared cosines from the coordinates in the space of chi-squared distances.
masses = counts.sum(axis=0) / counts.sum()
rows = counts.sum(axis=1) / counts.sum()
residuals = (counts / counts.sum() - np.outer(rows, masses)) / np.sqrt(np.outer(rows, masses))
axes = np.linalg.svd(residuals)[2][:4]
further = np.array([3.0, 1, 4, 1, 5])
deviation = (further / further.sum() - masses) / np.sqrt(masses)
out["supplementary"] = {"counts": further.tolist(), "cos2": ((axes @ deviation) ** 2 / (deviation @ deviation)).tolist()}
print(json.dumps(out, indent=1))
