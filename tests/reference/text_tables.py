"""Two labelled tables of real sentences, coded by cezhong and by scikit-learn on the same split: accuracy, macro-F1, seconds.

    python text_tables.py SHARED CEZHONG WORK [ROWS]

SHARED holds gold/*.tsv and corpus/reports.jsonl.zst, CEZHONG is the program, WORK a folder for the tables. Documents are parted by a
hash of their id, one in four to the test. Needs scikit-learn and zstandard (or the program zstd). Nothing of the texts stays in the project.
"""

import csv
import hashlib
import json
import pathlib
import random
import re
import subprocess
import sys
import time

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import accuracy_score, f1_score
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

shared, program, work = pathlib.Path(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3])
most = int(sys.argv[4]) if len(sys.argv) > 4 else 200_000


def themes():
    for name in ("seeds-dev", "reports-train"):
        with open(shared / "gold" / f"{name}.tsv", encoding="utf-8") as stream:
            for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
                if row["kind"] != "noise":
                    yield row["text"], row["theme"], row["doc"]


def provinces():
    """Which province speaks? 31 classes; the names of places are left in."""
    rows = []
    lines = subprocess.run(["zstd", "-dc", shared / "corpus" / "reports.jsonl.zst"], capture_output=True, check=True)
    for line in lines.stdout.decode("utf-8").splitlines():
        report = json.loads(line)
        if report["level"] == "province":
            for sentence in re.split(r"(?<=[。！？；])|\n", report["text"]):
                if len(sentence.strip()) >= 12:
                    rows.append((sentence.strip(), report["place"], report["id"]))
    random.Random(1).shuffle(rows)
    return rows[:most]


def held_out(document):
    return hashlib.sha256(document.encode()).digest()[0] % 4 == 0


def table(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["text", "label", "doc"])
        writer.writerows(rows)


for name, rows in (("themes", list(themes())), ("provinces", provinces())):
    train, test = [r for r in rows if not held_out(r[2])], [r for r in rows if held_out(r[2])]
    table(work / "train.csv", train)
    table(work / "test.csv", test)
    gold = [label for _, label, _ in test]
    print(f"{name}: {len(train)} rows to train on, {len(test)} to judge, {len(set(gold))} classes", flush=True)

    def report(who, start, middle, calls):
        print("  %-28s accuracy %.4f macro-F1 %.4f  train %.1f s, code %.1f s" % (
            who, accuracy_score(gold, calls), f1_score(gold, calls, average="macro"), middle - start, time.time() - middle), flush=True)

    start = time.time()
    subprocess.run([program, "-q", "train", "--labels", work / "train.csv", "-o", work / "model"], check=True)
    middle = time.time()
    coded = subprocess.run([program, "code", work / "test.csv", "--model", work / "model"], capture_output=True, check=True)
    report("cezhong", start, middle, [r["label"] for r in csv.DictReader(coded.stdout.decode("utf-8").splitlines(keepends=True))])
    for grams in (2, 3):
        start = time.time()
        least = 2 if len(train) < 20_000 else 5
        model = make_pipeline(
            TfidfVectorizer(analyzer="char", ngram_range=(1, grams), sublinear_tf=True, min_df=least), LinearSVC())
        model.fit([text for text, _, _ in train], [label for _, label, _ in train])
        middle = time.time()
        report(f"TF-IDF 1-{grams} chars, LinearSVC", start, middle, model.predict([text for text, _, _ in test]))
