#!/usr/bin/env python3
"""Makes CezhongSans.otf, the font that ships inside the program.

    python3 models/font/make.py [PLACES_DIR]

Needs fonttools (pip) and, from Debian, fonts-noto-cjk and unicode-data. PLACES_DIR holds csv files of place
names whose characters are added. The result is a subset of Noto Sans CJK SC Regular, without layout features
(so that a text is as wide as its glyphs' advances), renamed as the Open Font License asks of changed versions.
"""

import bz2
import pathlib
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = pathlib.Path(__file__).resolve().parent
NOTO = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
UNIHAN = "/usr/share/unicode/Unihan_OtherMappings.txt.bz2"
FAMILY = "Cezhong Sans"


def general_standard():
    """通用规范汉字表, 8,105 characters: Unihan's field kTGH."""
    with bz2.open(UNIHAN, "rt", encoding="utf-8") as lines:
        return {chr(int(line.split("\t")[0][2:], 16)) for line in lines if "\tkTGH\t" in line}


def double_byte(encoding, leads, trails):
    """Every character of a two-byte character set."""
    found = set()
    for lead in leads:
        for trail in trails:
            try:
                found.add(bytes([lead, trail]).decode(encoding))
            except UnicodeDecodeError:
                pass
    return {char for char in found if len(char) == 1}


def ranges(*pairs):
    return {chr(code) for first, last in pairs for code in range(first, last + 1)}


def wanted(places):
    chars = general_standard()
    chars |= double_byte("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF))
    # Level 1: the 5,401 frequent characters, and the symbols before them.
    chars |= double_byte("big5", range(0xA1, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)])
    # ASCII, Latin-1, Greek, punctuation, super- and subscripts, arrows, operators, ①–⑳, boxes and shapes,
    # CJK punctuation, full-width forms.
    chars |= ranges(
        (0x20, 0x7E), (0xA0, 0xFF), (0x391, 0x3C9), (0x2010, 0x2027), (0x2030, 0x203B), (0x2070, 0x208E),
        (0x2103, 0x2103), (0x2116, 0x2116), (0x2150, 0x216B), (0x2190, 0x2199), (0x2200, 0x2265),
        (0x2460, 0x249B), (0x2500, 0x257F), (0x25A0, 0x25FF), (0x2605, 0x2606), (0x3000, 0x303F),
        (0x3220, 0x3229), (0x3380, 0x33D5), (0xFF01, 0xFF5E), (0xFFE0, 0xFFE6),
    )
    for file in [HERE.parent / "township.toml", *sorted(pathlib.Path(places).glob("*.csv") if places else [])]:
        chars |= set(file.read_text(encoding="utf-8"))
    return {char for char in chars if char >= " "}


def rename(font):
    names = font["name"]
    copyright_line = names.getDebugName(0)
    names.names = []
    for number, text in {
        0: copyright_line,
        1: FAMILY,
        2: "Regular",
        3: f"{FAMILY} 1.0, a subset of Noto Sans CJK SC",
        4: FAMILY,
        5: "Version 1.0",
        6: "CezhongSans-Regular",
        13: "This Font Software is licensed under the SIL Open Font License, Version 1.1.",
        14: "https://openfontlicense.org",
    }.items():
        names.setName(text, number, 3, 1, 0x409)
    top = font["CFF "].cff
    top.fontNames = ["CezhongSans-Regular"]
    top.topDictIndex[0].FullName = FAMILY
    top.topDictIndex[0].FamilyName = FAMILY


def main():
    chars = wanted(sys.argv[1] if len(sys.argv) > 1 else None)
    font = TTFont(NOTO, fontNumber=next(i for i in range(10) if "SC" in TTFont(NOTO, fontNumber=i, lazy=True)["name"].getDebugName(4)))
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.desubroutinize = False
    options.notdef_outline = True
    options.drop_tables += ["VORG", "vhea", "vmtx", "BASE", "GDEF", "GPOS", "GSUB", "DSIG"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[ord(char) for char in chars])
    subsetter.subset(font)
    # plotters measures with ascent − descent and draws at size / 1.24; at 1.24 em the two agree.
    for table, up, down in (("hhea", "ascent", "descent"), ("OS/2", "sTypoAscender", "sTypoDescender")):
        setattr(font[table], up, 952)
        setattr(font[table], down, -288)
    rename(font)
    font["head"].created = font["head"].modified = 0
    font.recalcTimestamp = False
    font.save(HERE / "CezhongSans.otf")
    print(len(font.getBestCmap()), "characters,", (HERE / "CezhongSans.otf").stat().st_size, "bytes;",
          "not in Noto:", "".join(sorted(chars - {chr(code) for code in font.getBestCmap()}))[:200])


main()
