"""The meeting as a slide deck: the slides of the screen, made of PowerPoint's own text, tables,
charts and shapes.
"""

import io
from typing import Any

from pptx.util import Pt

from aaa.exports import master, native, shapes
from aaa.exports.shapes import Place
from aaa.exports.takeaway import Takeaway
from aaa.slides import agenda, fit
from aaa.slides.slide import Slide
from aaa.words import wording
from aaa.words.texts import translate

_TITLE_TOP, _GAP, _APART = 2.4, 0.9, 3.5


def pptx(taken: Takeaway) -> bytes:
    """Return the deck: a cover, and the slides of the agenda in their order."""
    facts = taken.facts()
    made, cover, plain = master.deck(taken.name, facts)
    front = made.slides.add_slide(cover)
    front.shapes.title.text = taken.name
    as_of = wording.date(taken.shown.as_of, taken.lang)
    period = (
        [translate(taken.lang, "report.period", since=taken.since, as_of=as_of)]
        if taken.since
        else []
    )
    front.placeholders[1].text = "\n".join(
        line[:1].upper() + line[1:] for line in (*period, *facts)
    )
    for paragraph in front.placeholders[1].text_frame.paragraphs:
        paragraph.font.size = Pt(16)
    with fit.letters(master.POINTS / 12):
        for slide in agenda.slides(taken, taken.subjects):
            _slide(made.slides.add_slide(plain), slide, taken.lang)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def _slide(empty: Any, slide: Slide, lang: str) -> None:
    name = slide.name if slide.of == 1 else f"{slide.name} {slide.place}/{slide.of}"
    page = shapes.Page(empty, name, slide.title)
    height = fit.title_lines(slide.title) * 2.3
    title = empty.shapes.title
    title.left, title.top, title.width, title.height = (
        master.lines(n) for n in (2, _TITLE_TOP, 76, height)
    )
    top = _TITLE_TOP + height + _GAP
    for part in slide.above:
        top += native.draw(page, part, Place(2, top, 76), slide.title, lang)
    for number, column in enumerate(slide.columns):
        beside = top
        for part in column:
            place = Place(2 + number * (fit.HALF + _APART), beside, fit.HALF)
            beside += native.draw(page, part, place, slide.title, lang)
    page.finish()
