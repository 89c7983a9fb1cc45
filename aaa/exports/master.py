"""The house style of a slide deck: a master with the programme's name, its facts and the slide's
number, two layouts, fonts and colours.
"""

from collections.abc import Sequence
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import SlideLayout, SlideMaster
from pptx.util import Emu

from aaa.figures import palette

LINE = Emu(152_400)  # a line of text of a slide, 1/80 of its width: 12 points
WIDTH, HEIGHT = Emu(LINE * 80), Emu(LINE * 45)
FONT = "Arial"  # on every machine, and LibreOffice has one of the same widths
TEXTS = tuple(range(11, 25))  # the placeholders of a slide for its texts: more than any needs
KICKER = 10  # that of the name of its point
_COVER, _PLAIN = 0, 5  # the layouts that stay: a title with a subtitle, and a title only
_ACCENTS = (
    palette.ACCENT,
    palette.FUNDER[list(palette.FUNDER)[1]],
    palette.STATUS[list(palette.STATUS)[1]],
    palette.EDGE,
    palette.HATCH,
    palette.QUIET,
)


def deck(name: str, facts: Sequence[str]) -> tuple[Deck, SlideLayout, SlideLayout]:
    """Return an empty deck with its layouts: for a cover, and for every other slide with a title,
    the name of its point and texts.

    Args:
        name: of the programme, on every slide.
        facts: what else stands at the foot of every slide.
    """
    made = Presentation()
    made.slide_width, made.slide_height = WIDTH, HEIGHT
    cover, plain = made.slide_layouts[_COVER], made.slide_layouts[_PLAIN]
    for layout in list(made.slide_layouts):
        if layout not in (cover, plain):
            made.slide_layouts.remove(layout)
    _theme(made.slide_master)
    _drop_placeholders(made.slide_master, cover, plain)
    _place(made.slide_master, cover, plain)
    _foot(made.slide_master, name, facts)
    _texts(plain)
    made.core_properties.title = name[:200]  # of 255 at most
    made.core_properties.author = made.core_properties.last_modified_by = ""
    return made, cover, plain


def lines(count: float) -> Emu:
    """Return a length in lines of text as PowerPoint measures it."""
    return Emu(round(count * LINE))


def _theme(master: SlideMaster) -> None:
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    root = etree.fromstring(part.blob)
    colours = root.find(f".//{qn('a:clrScheme')}")
    pairs = {"dk1": palette.INK, "dk2": palette.QUIET, "lt1": palette.GROUND, "lt2": palette.PANEL}
    pairs |= {f"accent{place}": pair for place, pair in enumerate(_ACCENTS, start=1)}
    for tag, pair in pairs.items():
        slot = colours.find(qn(f"a:{tag}"))
        for child in list(slot):
            slot.remove(child)
        etree.SubElement(slot, qn("a:srgbClr")).set("val", pair.light.lstrip("#").upper())
    for font in root.iterfind(f".//{qn('a:fontScheme')}//{qn('a:latin')}"):
        font.set("typeface", FONT)
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _drop_placeholders(*holders: Any) -> None:
    """Remove the date, footer and number placeholders: the slide master shows these itself."""
    for holder in holders:
        for shape in list(holder.placeholders):
            if _kind(shape) in ("dt", "ftr", "sldNum"):
                shape._element.getparent().remove(shape._element)


def _kind(shape: Any) -> str | None:
    kind: str | None = shape._element.find(f".//{qn('p:ph')}").get("type")
    return kind


def _place(master: Any, cover: Any, plain: Any) -> None:
    for shape in (*list(master.placeholders), *list(plain.placeholders)):
        top, height = (2.4, 4.6) if _kind(shape) == "title" else (7.0, 33.0)
        shape.left, shape.top, shape.width, shape.height = (
            lines(2),
            lines(top),
            lines(76),
            lines(height),
        )
    for shape, (top, height) in zip(cover.placeholders, ((12.0, 7.0), (20.0, 12.0)), strict=True):
        shape.left, shape.top, shape.width, shape.height = (
            lines(5),
            lines(top),
            lines(70),
            lines(height),
        )
        shape.text_frame.paragraphs[0].alignment = None
        _left(shape)
    style = master._element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    style.set("algn", "l")
    text = style.find(qn("a:defRPr"))
    text.set("sz", "2200")
    text.set("b", "1")
    for body in master._element.iterfind(f".//{qn('p:sp')}//{qn('a:bodyPr')}"):
        body.set("anchor", "t")
        for side in ("lIns", "rIns", "tIns", "bIns"):
            body.set(side, "0")


def _left(shape: Any) -> None:
    for properties in shape._element.iterfind(f".//{qn('a:lvl1pPr')}"):
        properties.set("algn", "l")


# A placeholder for text. Level 1 is a heading, level 2 a sentence with a dash, level 3 a remark.
_TEXT = (
    '<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:nvSpPr>'
    '<p:cNvPr id="{id}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
    '<p:nvPr><p:ph type="body" sz="quarter" idx="{idx}"/></p:nvPr></p:nvSpPr>'
    '<p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></a:xfrm></p:spPr>'
    '<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></a:bodyPr>'
    "<a:lstStyle>{levels}</a:lstStyle><a:p><a:r><a:rPr/><a:t>{name}</a:t></a:r></a:p></p:txBody>"
    "</p:sp>"
)
_LEVEL = (
    '<a:lvl{level}pPr marL="{left}" indent="{indent}"><a:lnSpc><a:spcPts val="{line}"/></a:lnSpc>'
    '<a:spcBef><a:spcPts val="{before}"/></a:spcBef>{bullet}<a:defRPr sz="{size}" b="{bold}">'
    '<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill></a:defRPr></a:lvl{level}pPr>'
)
POINTS = 14  # of a text; a line of a slide is 12 points high
_SPACING = 1570  # a line of text in hundredths of a point


def _level(level: int, colour: str = "tx1", *, size: int = POINTS, bold: bool, dash: bool) -> str:
    left = lines(1.3) if dash else 0
    bullet = '<a:buChar char="–"/>' if dash else "<a:buNone/>"
    return _LEVEL.format(
        level=level,
        left=left,
        indent=-left,
        line=_SPACING if size == POINTS else size * 115,
        before=400 if level == 1 else 0,
        bullet=bullet,
        size=size * 100,
        bold=int(bold),
        colour=colour,
    )


def _texts(plain: SlideLayout) -> None:
    """Add the placeholders for the name of the point and for texts."""
    tree = plain._element.find(f".//{qn('p:spTree')}")
    text = (
        _level(1, size=16, bold=True, dash=False)
        + _level(2, bold=False, dash=True)
        + _level(3, "tx2", bold=False, dash=False)
        + _level(4, bold=True, dash=False)
    )
    kicker = _level(1, "accent1", bold=True, dash=False)
    boxes = [("Point", KICKER, 1.0, 1.5, kicker)]
    boxes += [(f"Text {number - KICKER}", number, 7.0, 4.0, text) for number in TEXTS]
    for name, idx, top, height, levels in boxes:
        xml = _TEXT.format(
            id=9100 + idx,
            name=name,
            idx=idx,
            x=lines(2),
            y=lines(top),
            w=lines(76),
            h=lines(height),
            levels=levels,
        )
        tree.append(etree.fromstring(xml))


_BOX = (
    '<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:nvSpPr>'
    '<p:cNvPr id="{id}" name="{name}"/><p:cNvSpPr txBox="1"/><p:nvPr userDrawn="1"/></p:nvSpPr>'
    '<p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody>'
    '<a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0"/><a:lstStyle/><a:p>'
    '<a:pPr algn="{align}"/></a:p></p:txBody></p:sp>'
)


def _foot(master: SlideMaster, name: str, facts: Sequence[str]) -> None:
    tree = master._element.find(f".//{qn('p:spTree')}")
    left = _box(tree, 9001, "Programme and facts", 2, 62, "l")
    _run(left, f"AAA · {name}", bold=True)
    _run(left, "".join(f" · {fact}" for fact in facts))
    number = _box(tree, 9002, "Slide number", 70, 8, "r")
    field = etree.SubElement(
        number, qn("a:fld"), id="{5D3C2C0A-7E0B-4C55-9B0E-8A6B3F1D2E44}", type="slidenum"
    )
    _look(etree.SubElement(field, qn("a:rPr")))
    etree.SubElement(field, qn("a:t")).text = "‹#›"


def _box(
    tree: etree._Element, number: int, name: str, left: float, width: float, align: str
) -> etree._Element:
    """Add a box of text at the foot of the master, and return its paragraph."""
    xml = _BOX.format(
        id=number,
        name=name,
        x=lines(left),
        y=lines(41.6),
        w=lines(width),
        h=lines(2.4),
        align=align,
    )
    box = etree.fromstring(xml)
    tree.append(box)
    paragraph: etree._Element = box.find(f".//{qn('a:p')}")
    return paragraph


def _run(paragraph: etree._Element, text: str, *, bold: bool = False) -> None:
    run = etree.SubElement(paragraph, qn("a:r"))
    properties = etree.SubElement(run, qn("a:rPr"))
    _look(properties)
    if bold:
        properties.set("b", "1")
    etree.SubElement(run, qn("a:t")).text = text


def _look(properties: etree._Element) -> None:
    properties.set("sz", "1200")
    fill = etree.SubElement(properties, qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr")).set("val", palette.QUIET.light.lstrip("#").upper())


def described(element: etree._Element, words: str) -> None:
    """Give a shape its text alternative.

    Args:
        element: the shape's XML.
        words: what it shows, with its numbers.
    """
    element.find(f".//{qn('p:cNvPr')}").set("descr", words)
