"""Makes the case files of tests/reading/cases, and the text that must be read from each.

    python3 -m venv /tmp/v && /tmp/v/bin/pip install python-docx openpyxl reportlab fonttools && /tmp/v/bin/python tests/reading/make.py

A case is NAME.EXT with NAME.EXT.expected beside it: the text that must come out, or one line `unread: …` with a part of the reason.
All texts are invented. `libreoffice.doc` is numbered.docx after `soffice --headless --convert-to doc`, and `libreoffice.docx` is that
file after `soffice --headless --convert-to docx:"MS Word 2007 XML"`; they are kept as they were made. The files are made again byte for byte, but for what python-docx and openpyxl write about themselves.
"""

import io
import pathlib
import struct
import zipfile

import docx
import make_pdf
import openpyxl
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

OUT = pathlib.Path(__file__).parent / "cases"
OUT.mkdir(exist_ok=True)
LINES = [
    "青石镇2023年工作总结和2024年工作计划",
    "一、2023年工作完成情况",
    "（一）发展现代农业。新建标准化果园200亩，完成投资1.5亿元。",
    "二、2024年工作计划",
    "（一）抓好项目建设。力争引进企业5家，推进水库除险加固。",
    "（二）改善人居环境。建设污水管网12公里。",
]
PLAN = "\n".join(LINES) + "\n"


def case(name, data, expected):
    (OUT / name).write_bytes(data)
    (OUT / (name + ".expected")).write_text(expected, encoding="utf-8", newline="")


def unread(name, data, reason):
    case(name, data, "unread: " + reason + "\n")


def packed(members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in members:
            info = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(info, data)
    return buffer.getvalue()


# ---- text ---------------------------------------------------------------------------------------
case("utf8.txt", PLAN.encode(), PLAN)
case("utf8-bom-crlf.txt", b"\xef\xbb\xbf" + PLAN.replace("\n", "\r\n").encode(), PLAN.replace("\n", "\r\n"))
case("gb18030.txt", PLAN.encode("gb18030"), PLAN)
case("utf16le-bom.txt", PLAN.encode("utf-16"), PLAN)
case("utf16be-bom.txt", b"\xfe\xff" + PLAN.encode("utf-16-be"), PLAN)
BIG5 = "青石鎮2024年工作計劃\n一、發展現代農業，新建果園二百畝。\n二、推進水庫除險加固，改善居住環境。\n"
case("big5.txt", BIG5.encode("big5"), BIG5)
FRONT = "---\ntitle: 青石镇工作计划\ndate: 2024-01-05\n---\n\n# 工作计划\n\n推进水库除险加固。\n"
case("front-matter.md", FRONT.encode(), FRONT)
unread("empty.txt", b"", "The file is empty")
unread("binary.dat", bytes((n * 37 + n // 7) % 256 for n in range(3000)), "binary")
unread("latin1.txt", "Où est la bibliothèque? Là-bas, près de l'école où l'été s'achève. Ça va très bien.".encode("latin-1"), "The encoding is unknown")

# ---- html ---------------------------------------------------------------------------------------
PAGE = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"><html><head>
<meta http-equiv="Content-Type" content="text/html; charset={charset}" />
<meta name="ArticleTitle" content="青石镇2024年工作计划"/><meta name="PubDate" content="2024-01-05 09:00"/>
<title>青石镇2024年工作计划_青石县人民政府门户网站</title><style>.x{{color:red}}</style></head>
<body><div class="top"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/gk">政务公开</a></li></ul></div>
<div class="location">当前位置：<a>首页</a> &gt; <a>规划计划</a></div>
<table class="xxgk"><tr><td>索引号：</td><td>A01/2024-00012</td><td>发布机构：</td><td>青石镇人民政府</td></tr></table>
<h1>青石镇2024年工作计划</h1><div class="info">来源：青石镇 发布时间：2024-01-05 <a>打印</a> <a>关闭</a></div>
<div class="{container}"><div style="display:none">隐藏的统计文字</div>
<p>　　一、发展现代农业。新建标准化果园200亩，
完成投资1.5亿元。</p><p><strong>二、抓好项目建设。</strong>力争引进企业5家，推进水库除险加固，切实改善群众生产生活条件。</p>
<table border="1"><tbody><tr><th>项目</th><th>投资（万元）</th></tr><tr><td>水库</td><td>3000</td></tr></tbody></table>
<p>附件：<a href="1.doc">项目表.doc</a></p><script>document.write('菜单')</script></div>
<div class="share">分享到：微信 微博</div><div class="xglj">相关链接：另一个镇的计划</div>
<div class="footer">主办单位：青石县人民政府 版权所有 备案号 12345</div></body></html>"""
ARTICLE = """青石镇2024年工作计划
一、发展现代农业。新建标准化果园200亩，完成投资1.5亿元。
二、抓好项目建设。力争引进企业5家，推进水库除险加固，切实改善群众生产生活条件。
项目 | 投资（万元） |
水库 | 3000 |
"""
case("known-container-gbk.html", PAGE.format(charset="gb2312", container="TRS_Editor").encode("gb18030"), ARTICLE)
case("unknown-container.html", PAGE.format(charset="utf-8", container="abc").encode(), ARTICLE)
case("undeclared-gbk.html", PAGE.format(charset="", container="TRS_Editor").encode("gb18030"), ARTICLE)
case("misdeclared.html", PAGE.format(charset="iso-8859-1", container="TRS_Editor").encode("gb18030"), ARTICLE)
unread("empty-frame.html", b"<html><body><div id=app></div><script src=a.js></script></body></html>", "no Chinese text")

# ---- docx ---------------------------------------------------------------------------------------
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERING = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="7"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="nothing"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="nothing"/><w:lvlText w:val="%3."/></w:lvl>
</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="7"/></w:num></w:numbering>"""


def number(paragraph, level, use=5):
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{use}"/></w:numPr>'))


def saved(document):
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


word = docx.Document()
part = word.part.numbering_part
for element in list(part.element):
    part.element.remove(element)
for element in parse_xml(NUMBERING):
    part.element.append(element)
word.core_properties.title = "青石镇工作计划"
word.add_paragraph("青石镇2024年工作计划")
wanted = ["青石镇2024年工作计划"]
for level, label, text in [
    (0, "一、", "发展现代农业"), (1, "（一）", "建设果园。"), (2, "1.", "新建标准化果园200亩。"), (2, "2.", "改造老果园。"), (1, "（二）", "推广良种。"),
    (0, "二、", "抓好项目建设"), (1, "（一）", "引进企业5家。"), (2, "1.", "落实专人。"),
]:
    number(word.add_paragraph(text), level)
    wanted.append(label + text)
table = word.add_table(rows=2, cols=3)
for row, texts in zip(table.rows, [("项目", "投资", "完成时限"), ("水库", "3000万元", "")]):
    for cell, text in zip(row.cells, texts):
        cell.text = text
wanted += ["项目 | 投资 | 完成时限 |", "水库 | 3000万元 |  |"]
word.add_paragraph("各村要抓好落实。")
wanted.append("各村要抓好落实。")
case("numbered.docx", saved(word), "\n".join(wanted) + "\n")

# What python-docx cannot make: revisions, fields, comments, footnotes, text boxes, style numbering, a deleted paragraph mark.
TYPES = """<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
RELS = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"""
STYLES = f"""<w:styles {W}><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="11"><w:name w:val="my heading"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style></w:styles>"""
FOOTNOTES = f"""<w:footnotes {W}><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:t>———</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> 指规模以上工业企业。</w:t></w:r></w:p></w:footnote></w:footnotes>"""


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


BODY = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="v" xmlns:wps="wps"><w:body>
<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent><w:p>{run("目录")}</w:p><w:p>{run("一、总体要求 1")}</w:p></w:sdtContent></w:sdt>
<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr>{run("一、总体要求")}<w:r><w:tab/></w:r>{run("1")}</w:p>
<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr><w:bookmarkStart w:id="0" w:name="_GoBack"/>{run("总体")}{run("要求")}<w:bookmarkEnd w:id="0"/></w:p>
<w:p><w:del w:id="1">{run("删去的话，").replace("w:t", "w:delText")}</w:del><w:ins w:id="2">{run("加上的话，")}</w:ins>{run("紧扣高质量发展")}<w:r><w:footnoteReference w:id="1"/></w:r>{run("。")}{run("看不见的话", "<w:vanish/>")}</w:p>
<w:p><w:pPr><w:pStyle w:val="11"/></w:pPr>{run("重点工作")}</w:p>
<w:p><w:pPr><w:pStyle w:val="1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr></w:pPr>{run("不编号的标题")}</w:p>
<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE \\@ "yyyy" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("2024")}<w:r><w:fldChar w:fldCharType="end"/></w:r>{run("年投资")}<w:ruby><w:rt>{run("pinyin")}</w:rt><w:rubyBase>{run("万元")}</w:rubyBase></w:ruby></w:p>
<w:p><w:pPr><w:rPr><w:del w:id="3"/></w:rPr></w:pPr>{run("被合并的上半句，")}</w:p><w:p>{run("被合并的下半句。")}</w:p>
<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent><w:p>{run("文本框里的字")}</w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice>
<mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p>{run("文本框里的字")}</w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>{run("正文&amp;“引号”&#x4E00;")}</w:p>
<w:tbl><w:tr><w:tc><w:p>{run("单格表里的正文。")}</w:p></w:tc></w:tr></w:tbl>
<w:p>{run("第一行")}<w:r><w:br/></w:r>{run("第二行")}</w:p><w:sectPr/></w:body></w:document>"""
HARD = """一、总体要求
加上的话，紧扣高质量发展。
二、重点工作
不编号的标题
2024年投资万元
被合并的上半句，被合并的下半句。
正文&“引号”一
文本框里的字
单格表里的正文。
第一行
第二行
[1] 指规模以上工业企业。
"""
PARTS = [("[Content_Types].xml", TYPES), ("_rels/.rels", RELS), ("word/document.xml", BODY), ("word/styles.xml", STYLES),
         ("word/numbering.xml", NUMBERING), ("word/footnotes.xml", FOOTNOTES)]
case("revisions-fields-notes.docx", packed(PARTS), HARD)
ENTITY = BODY.replace('<w:document', '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><w:document', 1)
unread("entities.docx", packed([(n, ENTITY if n == "word/document.xml" else d) for n, d in PARTS]), "declares a document type")
unread("truncated.docx", packed(PARTS)[:900], "the zip is damaged")
unread("bomb.docx", packed([(n, b"<w:document>" + b" " * (20 << 20) if n == "word/document.xml" else d) for n, d in PARTS]), "the limit max_inflation_ratio")

# ---- ofd ----------------------------------------------------------------------------------------
NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd_page(lines):
    objects = "".join(
        f'<ofd:TextObject ID="{n}" Boundary="{x} {y} 160 6" Font="1" Size="5"><ofd:TextCode X="0" Y="5" DeltaX="g {len(t) - 1} 5">{t}</ofd:TextCode></ofd:TextObject>'
        for n, (x, y, t) in enumerate(lines, 10)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><ofd:Page {NS}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>'


OFD = [
    ("OFD.xml", f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD {NS} Version="1.0"><ofd:DocBody><ofd:DocInfo><ofd:Title>青石镇工作计划</ofd:Title></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>'),
    ("Doc_0/Document.xml", f'<ofd:Document {NS}><ofd:CommonData><ofd:TemplatePage ID="2" BaseLoc="Tpls/Tpl_0.xml"/></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/><ofd:Page ID="3" BaseLoc="/Doc_0/Pages/Page_1/Content.xml"/></ofd:Pages></ofd:Document>'),
    ("Doc_0/Tpls/Tpl_0.xml", ofd_page([(30, 10, "青石县文件")])),
    ("Doc_0/Pages/Page_0/Content.xml", ofd_page([(60, 20, "青石镇工作计划"), (40, 40, "一、发展现代农业，新建果园二百亩，推进水"), (30, 48, "库除险加固，"), (90, 280, "- 1 -")])),
    ("Doc_0/Pages/Page_1/Content.xml", ofd_page([(40, 20, "二、抓好项目建设，力争引进企业五家，改善"), (30, 28, "人居环境。"), (90, 280, "- 2 -")])),
]
case("placed.ofd", packed(OFD), "青石镇工作计划\n一、发展现代农业，新建果园二百亩，推进水库除险加固，\n二、抓好项目建设，力争引进企业五家，改善人居环境。\n")
unread("picture.ofd", packed([(n, ofd_page([]) if "Content" in n else d) for n, d in OFD]), "recognise its text")

# ---- others -------------------------------------------------------------------------------------


def compound(streams):
    """An OLE compound file ([MS-CFB]) of streams of 4,096 bytes or more, in sectors of 512."""
    free, end = 0xFFFFFFFF, 0xFFFFFFFE
    body, fat, starts = b"", [0xFFFFFFFD, end], []
    for _, data in streams:
        starts.append(len(fat))
        count = -(-len(data) // 512)
        fat += [len(fat) + n + 1 for n in range(count - 1)] + [end]
        body += data.ljust(count * 512, b"\0")
    assert len(fat) <= 128

    def entry(name, kind, child, right, start, size):
        raw = name.encode("utf-16-le") + b"\0\0"
        return raw.ljust(64, b"\0") + struct.pack("<HBBIII16sIQQIQ", len(raw), kind, 1, free, right, child, b"", 0, 0, 0, start, size)

    directory = entry("Root Entry", 5, 1, free, end, 0)
    for n, ((name, data), start) in enumerate(zip(streams, starts), 1):
        directory += entry(name, 2, free, n + 1 if n < len(streams) else free, start, len(data))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0, 0)
    return header.ljust(512, b"\xff") + struct.pack("<128I", *(fat + [free] * (128 - len(fat)))) + directory.ljust(512, b"\0") + body


def old_word(pieces, body_length, notes_length, flags=0x0200):
    """A Word 97 document ([MS-DOC]) of pieces of text; those that fit Windows-1252 are stored in single bytes."""
    text, places, cps = b"", [], [0]
    for piece in pieces:
        single = piece.isascii()
        offset = 0x800 + len(text)
        places.append(0x40000000 | offset * 2 if single else offset)
        text += piece.encode("cp1252" if single else "utf-16-le")
        cps.append(cps[-1] + len(piece))
    plc = struct.pack(f"<{len(cps)}I", *cps) + b"".join(struct.pack("<HIH", 0, place, 0) for place in places)
    clx = b"\x01" + struct.pack("<H", 3) + b"abc" + b"\x02" + struct.pack("<I", len(plc)) + plc
    fib = bytearray(0x800)
    struct.pack_into("<HH", fib, 0, 0xA5EC, 0x00C1)
    struct.pack_into("<H", fib, 0x0A, flags)
    struct.pack_into("<IIH", fib, 0x18, 0x800, 0x800 + len(text), 14)
    struct.pack_into("<H", fib, 0x3E, 22)
    struct.pack_into("<III", fib, 0x40, 0x800 + len(text), 0, 0)
    struct.pack_into("<II", fib, 0x4C, body_length, notes_length)
    struct.pack_into("<H", fib, 0x98, 93)
    struct.pack_into("<II", fib, 0x1A2, 0, len(clx))
    return compound([("WordDocument", (bytes(fib) + text).ljust(8192, b"\0")), ("1Table", clx.ljust(4096, b"\0"))])


OLD = ["青石镇2024年工作计划\r一、发展现代农业。新建果园", "200", "亩，\x13 PAGE \x14推进\x15水库\x02除险加固。\r项目\x07投资\x07\x07水库\x073000万元\x07\x07", "END\r", "\x02 指小型水库。\r"]
old = old_word(OLD, sum(map(len, OLD[:-1])), len(OLD[-1]))
case("old.doc", old, "青石镇2024年工作计划\n一、发展现代农业。新建果园200亩，推进水库除险加固。\n项目 | 投资 |\n水库 | 3000万元 |\nEND\n[1] 指小型水库。\n")
unread("locked.doc", old_word(OLD, 10, 0, 0x0300), "locked with a password")
unread("sheet.xls", compound([("Workbook", b"\0" * 4096)]), "no document of Word or WPS")
unread("truncated.doc", old[:700], "the file is damaged")
unread("rich.rtf", b"{\\rtf1\\ansi \\'c7\\'e0}", "convert it with LibreOffice")
unread("slides.pptx", packed([("[Content_Types].xml", TYPES), ("ppt/presentation.xml", "<p/>")]), "convert it with LibreOffice")
unread("scan.png", b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + b"\0" * 20, "picture")
unread("page.mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x--", "web archive")

# ---- tables: the texts of all rows, one after the other ------------------------------------------
book = openpyxl.Workbook()
book.active.title = "说明"
book.active["A1"] = "这一页没有正文"
sheet = book.create_sheet("数据")
sheet.append(["编号", "地区", "年份", "正文", "类型"])
sheet.append(["甲", "青石镇", 2024, "推进水库除险加固。", "山区"])
sheet.append(["乙", "白水镇", 2023, "发展现代农业。", "平原"])
sheet["XFD1048576"] = " "
buffer = io.BytesIO()
book.save(buffer)
case("book.xlsx", buffer.getvalue(), "发展现代农业。推进水库除险加固。")
case("gbk.csv", "id,地区,text\n甲,青石镇,\"推进水库,除险加固。\"\n乙,白水镇,发展现代农业。\n".encode("gb18030"), "发展现代农业。推进水库,除险加固。")

# ---- archives: the texts of all members, sorted by name ------------------------------------------
inner = packed([("里面/计划.txt", "发展现代农业，推进项目建设。".encode("gb18030"))])
case("nested.zip", packed([("a/一.txt", "推进水库除险加固。\n"), ("a/b.zip", inner), ("__MACOSX/._x", "x"), ("../../c.docx", packed(PARTS))]),
     "发展现代农业，推进项目建设。推进水库除险加固。\n" + HARD)
gbk = bytearray(packed([("abcd.txt", "推进水库除险加固。\n")]))
case("gbk-names.zip", bytes(gbk).replace(b"abcd.txt", "计划".encode("gb18030") + b".txt"), "推进水库除险加固。\n")
deep = packed([("a.txt", "推进水库除险加固。\n")])
for _ in range(4):
    deep = packed([("deeper.zip", deep)])
unread("too-deep.zip", deep, "max_archive_depth")
bomb = packed([("a.txt", b"\0" * (20 << 20))])
unread("bomb.zip", bomb, "max_inflation_ratio")
unread("locked.zip", bytes(bytearray(deep).replace(b"PK\x03\x04\x14\x00\x00\x00", b"PK\x03\x04\x14\x00\x01\x00").replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")), "without a password")

# ---- PDF ------------------------------------------------------------------------------------------
make_pdf.make(case, unread)
