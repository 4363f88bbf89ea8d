#!/usr/bin/env python3
"""Packs the administrative divisions of China into places.txt.zst, which the program embeds.

    python3 models/places/make.py FOLDER        (needs the command zstd)

FOLDER holds provinces.csv, cities.csv, areas.csv and streets.csv of the public repository
modood/Administrative-divisions-of-China, commit 57a0aa9c (licence WTFPL; the figures are those of the National Bureau
of Statistics, 2023-06-30).

The packed text is UTF-8. Line 1 is the magic with the version, line 2 the source. Every further line is one division,
parents before children, siblings by code: as many tabs as it has parents, then the part of its code that the parent's
does not have (two digits; three for a township), then its name. Parents that only hold codes together (市辖区,
省直辖县级行政区划, …) are kept, since the codes need them.
"""

import csv
import pathlib
import subprocess
import sys

SOURCE = "modood/Administrative-divisions-of-China 57a0aa9c (WTFPL), National Bureau of Statistics 2023-06-30"
TIERS = ["provinces.csv", "cities.csv", "areas.csv", "streets.csv"]
WIDTHS = [2, 4, 6, 9]


def main(folder):
    rows = []
    for depth, name in enumerate(TIERS):
        with open(folder / name, encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                if len(row["code"]) != WIDTHS[depth]:
                    sys.exit(f"{name}: the code {row['code']} has not {WIDTHS[depth]} digits")
                rows.append((row["code"], depth, row["name"].strip()))
    codes = {code for code, _, _ in rows}
    lines = ["cezhong-places 1", SOURCE]
    for code, depth, name in sorted(rows):
        start = WIDTHS[depth - 1] if depth else 0
        if depth and code[:start] not in codes:
            sys.exit(f"the parent of {code} {name} is missing")
        lines.append("\t" * depth + code[start:] + name)
    text = ("\n".join(lines) + "\n").encode()
    target = pathlib.Path(__file__).resolve().parent.parent / "places.txt.zst"
    packed = subprocess.run(["zstd", "-19", "--no-check", "-q", "-c"], input=text, capture_output=True, check=True).stdout
    target.write_bytes(packed)
    print(f"{target.name}: {len(rows)} divisions, {len(text)} bytes, packed {len(packed)}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]))
