"""Values that the unit tests of features and cluster compare with, made by scikit-learn.

    python3 -m venv venv && venv/bin/pip install scikit-learn==1.9.1 && venv/bin/python features_and_clusters.py

Prints, in the order of the tests: idf and TF-IDF rows, singular values, silhouettes, adjusted Rand indices, principal
axes.
"""

import numpy as np
import sklearn
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import adjusted_rand_score, silhouette_samples

ROWS = ["果园 苹果 苹果 苹果", "苹果 合作社", "企业 园区 企业", "园区 企业 合作社", "河长制 污水", "污水 河长制 果园 企业"]
POINTS = np.array([[1, 0], [0.8, 0.6], [0.96, 0.28], [0, 1], [-0.28, 0.96], [-1, 0], [-0.6, -0.8]])
LABELS = [0, 0, 0, 1, 1, 2, 3]


def show(name, values):
    print(name, [float(f"{value:.8g}") for value in np.ravel(values)])


def stripes():
    """A 40 × 30 matrix of small whole numbers, mostly zero, made without random numbers."""
    matrix = np.zeros((40, 30))
    for i in range(40):
        for step in range(5):
            matrix[i, (i * i + 7 * step * step + 3 * i * step) % 30] += (i + step) % 4 + 1
    return matrix


print("scikit-learn", sklearn.__version__)
vectorizer = TfidfVectorizer(token_pattern=r"\S+", sublinear_tf=True)
weights = vectorizer.fit_transform(ROWS)
print("terms", list(vectorizer.get_feature_names_out()))
show("idf", vectorizer.idf_)
show("row 0", weights[0].data)
show("row 2", weights[2].data)
svd = TruncatedSVD(5, algorithm="arpack", random_state=0).fit(stripes())
show("singular values", svd.singular_values_)
show("silhouettes", silhouette_samples(POINTS, LABELS))
show("adjusted rand", [adjusted_rand_score([0, 0, 1, 1, 2, 2], [0, 0, 1, 2, 2, 2]), adjusted_rand_score([0, 1, 0, 1], [0, 0, 1, 1])])
show("principal axes", np.abs(PCA(2).fit_transform(POINTS)))
