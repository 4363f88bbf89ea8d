"""The PDF cases of tests/reading/cases; make.py runs it. Needs reportlab and fonttools.

Written by hand but for those that reportlab makes. `libreoffice.pdf` is numbered.docx after `soffice --headless --convert-to pdf`, and
`chromium.pdf` is print.html in this folder after `chromium --headless --no-pdf-header-footer --print-to-pdf`, both with the font of models/font
installed; they are kept as they were made.
"""

import io
import zlib

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from reportlab.lib import pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate

TITLE = "青石镇2024年工作计划"
BODY = [
    "一、大力发展现代农业",
    "新建标准化果园200亩，完成投资1.5亿元，推进水库除险加固，改造老果园五百亩，推广良种三个，带动农户三百户增收，建设冷链仓储中心一座，培育家庭农场十家。",
    "二、抓好项目建设",
    "力争引进企业5家，开工项目12个，建设污水管网12公里，改善人居环境，加强基层治理，切实提高群众生产生活水平，推动全镇经济社会高质量发展。",
]


def stream(data, extra="", packed=False):
    if packed:
        data, extra = zlib.compress(data, 9), extra + "/Filter/FlateDecode"
    return f"<</Length {len(data)}{extra}>>stream\n".encode() + data + b"\nendstream"


def pdf(objects, trailer="/Root 1 0 R", start=None):
    """A file of numbered objects, the first of which is the catalogue."""
    out, offsets = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + (body if isinstance(body, bytes) else body.encode()) + b"\nendobj\n"
    at = len(out) if start is None else start
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    return out + f"xref\n0 {len(offsets) + 1}\n0000000000 65535 f \n{table}trailer\n<</Size {len(offsets) + 1}{trailer}>>\nstartxref\n{at}\n%%EOF\n".encode()


def pages(contents, fonts, extra=(), page="", resources="", packed=False, **options):
    """A file of pages that share their fonts: {name: object}; `extra` are further objects, numbered from the first free one."""
    names = list(fonts)
    first = 3 + len(names) + len(extra)
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(contents)))
    entries = "".join(f"/{name} {3 + n} 0 R" for n, name in enumerate(names))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {len(contents)}/Kids[{kids}]/MediaBox[0 0 595 842]/Resources<</Font<<{entries}>>{resources}>>>>"]
    objects += [fonts[name] for name in names] + list(extra)
    for n, content in enumerate(contents):
        objects += [f"<</Type/Page/Parent 2 0 R/Contents {first + 2 * n + 1} 0 R{page}>>", stream(content, packed=packed)]
    return pdf(objects, **options)


def cjk(encoding, more="", descendant=""):
    return f"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/{encoding}{more}/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 5>>/DW 1000{descendant}>>]>>"


def shown(lines, encode, size=16, leading=28):
    """Lines at (x, y) of A4, from the top, in font F."""
    return b"BT /F %d Tf\n" % size + b"".join(b"1 0 0 1 %g %g Tm <%s> Tj\n" % (x, 842 - y, encode(t).hex().encode()) for x, y, t in lines) + b"ET\n"


def wrapped(paragraphs, width=28, left=74, top=100, size=16, leading=28, widths=None):
    """Paragraphs indented by two characters and broken after `width` of them; headings and what does not fill a line stay."""
    lines, y = [], top
    for paragraph in paragraphs:
        room, x = width - 2, left + 2 * size
        while paragraph:
            line, taken = "", 0.0
            while paragraph and taken + (0.5 if paragraph[0].isascii() else 1) <= room:
                taken += 0.5 if paragraph[0].isascii() else 1
                line, paragraph = line + paragraph[0], paragraph[1:]
            lines.append((x, y, line))
            room, x, y = width, left, y + leading
    return lines


PLAN = "\n".join([TITLE, *BODY]) + "\n"
LAID = [(200, 60, TITLE), *wrapped(BODY)]


def tounicode(pairs, space="<0000> <FFFF>"):
    chars = "".join(f"<{code}> <{text}>\n" for code, text in pairs)
    return f"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def 1 begincodespacerange {space} endcodespacerange\n{len(pairs)} beginbfchar\n{chars}endbfchar endcmap end end".encode()


def numbered(text):
    """A glyph number for each character of a text: (number by character, the ToUnicode map)."""
    numbers = {c: n for n, c in enumerate(sorted(set(text)), 5)}
    return numbers, [(f"{n:04X}", c.encode("utf-16-be").hex()) for c, n in numbers.items()]


def identity_widths(numbers):
    return "/W[" + "".join(f"{n}[{500 if c.isascii() else 1000}]" for c, n in numbers.items()) + "]"


def truetype(text):
    """A TrueType program whose every glyph is a box, in the order of the characters' numbers."""
    order = [".notdef", *(f"g{n}" for n in range(1, 5)), *(f"g{n}" for n, _ in enumerate(sorted(set(text)), 5))]
    pen = TTGlyphPen(None)
    for n, point in enumerate([(100, 0), (900, 0), (900, 800), (100, 800)]):
        (pen.lineTo if n else pen.moveTo)(point)
    pen.closePath()
    box = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({ord(c): f"g{n}" for n, c in enumerate(sorted(set(text)), 5)})
    builder.setupGlyf({name: box for name in order})
    builder.setupHorizontalMetrics({name: (1000, 100) for name in order})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Boxes", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = 3786912000
    builder.font.recalcTimestamp = False
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def make(case, unread):
    gbk = lambda text: text.encode("gb18030")
    # ---- codings, without ToUnicode ---------------------------------------------------------------
    case("gbk-euc.pdf", pages([shown(LAID, gbk)], {"F": cjk("GBK-EUC-H")}), PLAN)
    rare = PLAN.replace("青石镇", "𠀀石镇")
    case("utf16.pdf", pages([shown([(x, y, t.replace("青石镇", "𠀀石镇")) for x, y, t in LAID], lambda t: t.encode("utf-16-be"))], {"F": cjk("UniGB-UTF16-H", descendant="/W[1[500] 17 26 500]")}, packed=True), rare)
    # ---- Identity-H: with ToUnicode (some of it radicals), without, and with a program that tells ------
    radical = str.maketrans("大力青石长", "⼤⼒⻘⽯⻓")
    numbers, pairs = numbered(PLAN)
    pairs = [(code, bytes.fromhex(text).decode("utf-16-be").translate(radical).encode("utf-16-be").hex()) for code, text in pairs]
    glyphs = lambda text: b"".join(numbers[c].to_bytes(2, "big") for c in text)
    parent = lambda extra="", descriptor="": f"<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Song/Encoding/Identity-H{extra}/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+Song/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>{identity_widths(numbers)}{descriptor}/CIDToGIDMap/Identity>>]>>"
    case("identity.pdf", pages([shown(LAID, glyphs)], {"F": parent("/ToUnicode 4 0 R")}, [stream(tounicode(pairs), packed=True)], packed=True), PLAN)
    unread("identity-unknown.pdf", pages([shown(LAID, glyphs)], {"F": parent()}), "set in fonts that do not say which characters they are (Song)")
    program = truetype(PLAN)
    case("identity-program.pdf", pages([shown(LAID, glyphs)], {"F": parent("", "/FontDescriptor<</Type/FontDescriptor/FontName/ABCDEF+Song/Flags 4/FontFile2 4 0 R>>")}, [stream(program, f"/Length1 {len(program)}", packed=True)]), PLAN)
    # ---- digits in a face of their own, by a table, by names and by the code's own name ------------------
    parts = [b"BT /F 16 Tf 74 742 Td ", b"<%s> Tj " % gbk("投资").hex().encode(), b"/D 16 Tf (1.5) Tj /F 16 Tf <%s> Tj " % gbk("亿元，新建").hex().encode(), b"/N 16 Tf [(AB) -20 (C)] TJ /F 16 Tf <%s> Tj ET" % gbk("亩。").hex().encode()]
    helvetica = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    named = "<</Type/Font/Subtype/Type1/BaseFont/ABCDEF+Digits/FirstChar 65/LastChar 67/Widths[500 500 500]/Encoding<</Differences[65/two/zero.tnum/uni0036]>>>>"
    case("simple-fonts.pdf", pages([b"".join(parts)], {"F": cjk("GBK-EUC-H"), "D": helvetica, "N": named}), "投资1.5亿元，新建206亩。\n")
    # ---- reportlab, UniGB-UCS2-H, lines broken by it -----------------------------------------------
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("body", fontName="STSong-Light", fontSize=16, leading=28, firstLineIndent=32, wordWrap="CJK")
    long = [TITLE, *BODY * 6]
    out = io.BytesIO()

    def foot(canvas, _):
        canvas.setFont("STSong-Light", 9)
        canvas.drawCentredString(297, 40, f"- {canvas.getPageNumber()} -")

    SimpleDocTemplate(out, pagesize=A4, invariant=1, title=TITLE).build([Paragraph(text, style) for text in long], onFirstPage=foot, onLaterPages=foot)
    case("reportlab-ucs2.pdf", out.getvalue(), "\n".join(long) + "\n")
    # ---- layout -------------------------------------------------------------------------------------
    left = wrapped(BODY, width=12, left=60, size=16)
    right = wrapped(BODY[1:], width=12, left=320, size=16)
    case("columns.pdf", pages([shown([(200, 60, TITLE), *left, *right], gbk)], {"F": cjk("GBK-EUC-H")}), "\n".join([TITLE, *BODY, *BODY[1:]]) + "\n")
    running = []
    for n in range(3):
        lines = wrapped([BODY[1].replace("200", str(200 + n))], top=120)
        running.append(shown([(74, 40, "青石镇人民政府文件"), (400, 40, f"第{n + 1}页"), *lines, (280, 800, f"— {n + 1} —")], gbk))
    case("running.pdf", pages(running, {"F": cjk("GBK-EUC-H")}), "".join(BODY[1].replace("200", str(200 + n)) + "\n" for n in range(3)))
    across = wrapped([BODY[1]], top=700)
    case("across-pages.pdf", pages([shown(across[:2], gbk), shown([(x, y - 640, t) for x, y, t in across[2:]], gbk)], {"F": cjk("GBK-EUC-H")}), BODY[1] + "\n")
    table = [(74, 100, "项目"), (250, 100, "投资"), (400, 100, "责任单位"), (74, 130, "水库除险加固"), (250, 130, "3000万元"), (400, 130, "水务局"), (74, 160, "污水管网"), (250, 160, "800万元"), (400, 160, "住建局")]
    case("table.pdf", pages([shown(table, gbk)], {"F": cjk("GBK-EUC-H")}), "项目 投资 责任单位\n水库除险加固 3000万元 水务局\n污水管网 800万元 住建局\n")
    turn = b"q 0 1 -1 0 595 0 cm\n" + shown([(x, y + 247, t) for x, y, t in LAID], gbk) + b"Q q 0.7 0.7 -0.7 0.7 200 200 cm BT /F 40 Tf <%s> Tj ET Q" % gbk("内部资料").hex().encode()
    case("rotated.pdf", pages([turn], {"F": cjk("GBK-EUC-H")}, page="/Rotate 90"), PLAN)
    # ---- forms, marked content, bold by printing twice -----------------------------------------------
    form = stream(b"BT /F 16 Tf <%s> Tj ET" % gbk("推进水库").hex().encode(), "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>")
    outer = stream(b"q 1 0 0 1 74 700 cm /X Do Q", "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X 4 0 R>>>>")
    content = b"/Y Do /Artifact BMC BT /F 16 Tf 74 800 Td <%s> Tj ET EMC " % gbk("页眉").hex().encode()
    content += b"BT /F 16 Tf 138 700 Td /Span<</ActualText<%s>>>BDC <%s> Tj EMC ET " % (("\ufeff除险加固").encode("utf-16-be").hex().encode(), gbk("■■■■").hex().encode())
    content += b"".join(b"BT /F 16 Tf %g 700 Td <%s> Tj ET " % (x, gbk("工程。").hex().encode()) for x in (202, 202.4))
    case("forms.pdf", pages([content], {"F": cjk("GBK-EUC-H")}, [form, outer], resources="/XObject<</Y 5 0 R>>"), "推进水库除险加固工程。\n")
    # ---- object streams and a table of objects that is a stream ---------------------------------------
    inner = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[4 0 R]>>", cjk("GBK-EUC-H"), "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F 3 0 R>>>>>>"]
    offsets, joined = [], ""
    for body in inner:
        offsets.append(len(joined))
        joined += body + "\n"
    index = " ".join(f"{n} {offset}" for n, offset in enumerate(offsets, 1)) + "\n"
    out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    places = []
    for number, body in [(5, stream(shown(LAID, gbk), packed=True)), (6, stream((index + joined).encode(), f"/Type/ObjStm/N {len(inner)}/First {len(index)}", packed=True))]:
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    rows = b"\0\0\0\0\xff" + b"".join(b"\2\0\0\6" + bytes([n]) for n in range(4)) + b"".join(b"\1" + at.to_bytes(3, "big") + b"\0" for at in [*places, len(out)])
    at = len(out)
    out += b"7 0 obj\n" + stream(rows, "/Type/XRef/Size 8/W[1 3 1]/Root 1 0 R", packed=True) + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % at
    case("object-streams.pdf", out, PLAN)
    # ---- damaged, locked, pictures, bombs --------------------------------------------------------------
    case("broken-table.pdf", pages([shown(LAID, gbk)], {"F": cjk("GBK-EUC-H")}, start=7), PLAN)
    unread("truncated.pdf", pages([shown(LAID, gbk)], {"F": cjk("GBK-EUC-H")})[:150], "the file is damaged")
    picture = stream(bytes(range(256)) * 12, "/Type/XObject/Subtype/Image/Width 64/Height 48/ColorSpace/DeviceGray/BitsPerComponent 8", packed=True)
    unread("scan.pdf", pages([b"q 595 0 0 842 0 0 cm /I Do Q"] * 2, {"F": cjk("GBK-EUC-H")}, [picture], resources="/XObject<</I 4 0 R>>"), "pictures without text (a scan); recognise its text (OCR)")
    unread("shapes.pdf", pages([b"100 100 m 200 200 l S"], {"F": cjk("GBK-EUC-H")}), "drawn as shapes; recognise its text (OCR)")
    for name, user in [("locked.pdf", "geheim"), ("owner-locked.pdf", "")]:
        out = io.BytesIO()
        canvas = Canvas(out, invariant=1, encrypt=pdfencrypt.StandardEncryption(user, ownerPassword="eigen", canPrint=0))
        canvas.setFont("STSong-Light", 16)
        canvas.drawString(74, 742, "推进水库除险加固。")
        canvas.save()
        unread(name, out.getvalue(), "locked with a password; unlock it") if user else case(name, out.getvalue(), "推进水库除险加固。\n")
    unread("bomb.pdf", pages([b" " * (20 << 20)], {"F": cjk("GBK-EUC-H")}, packed=True), "the limit max_inflation_ratio")
    deep = stream(b"/X Do", "/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X 4 0 R>>>>")
    unread("endless-form.pdf", pages([b"/X Do"], {"F": cjk("GBK-EUC-H")}, [deep], resources="/XObject<</X 4 0 R>>"), "the limit max_pdf_depth")
    # Two forms that each draw the next twenty times: 20 ** 8 operators out of a thousand bytes.
    chain = [stream(b"/X Do " * 20, f"/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X {n + 1} 0 R>>>>") for n in range(4, 12)]
    unread("many-forms.pdf", pages([b"/X Do"], {"F": cjk("GBK-EUC-H")}, [*chain, stream(b"", "/Type/XObject/Subtype/Form/BBox[0 0 1 1]")], resources="/XObject<</X 4 0 R>>"), "the limit max_pdf_steps")
    values = [stream(b"1 0 [" + b"0 " * (4 << 20) + b"]", "/Type/ObjStm/N 1/First 4", packed=True) for _ in range(3)]
    unread("many-values.pdf", pages([b""], {"F": cjk("GBK-EUC-H")}, values), "the limit max_pdf_values")
