"""Decisions asked and agreements, as a slide shows them: large, with how many days are left."""

from markupsafe import Markup

from aaa.figures import decisions as figures
from aaa.figures.decisions import Row
from aaa.html.reader import Reader
from aaa.html.tags import NOTHING, badge, tag
from aaa.stories.parts import Decisions

ICONS = {"overdue": "late", "open": "not_started", "done": "finished"}


def listed(part: Decisions, reader: Reader) -> Markup:
    """Return decisions asked by date, or agreements by how they stand.

    Args:
        part: the rows.
        reader: for whom.
    """
    rows = []
    before: Row | None = None
    for one in part.rows:
        row = figures.row(one, part.as_of, reader.lang)
        cells = _asked(row) if part.asked else _agreed(row, reader)
        if part.as_of is not None and not part.asked:
            cells.append(tag("td", row.left, class_=_look(row)))
        first = before is not None and before.state != row.state
        rows.append(tag("tr", *cells, class_="a-first" if first else None))
        before = row
    heads = figures.heads(part.asked, part.as_of, reader.lang)
    head = tag("thead", tag("tr", *(tag("th", words, scope="col") for words in heads)))
    look = "a-agreements a-asked" if part.asked else "a-agreements"
    return tag("table", head, tag("tbody", *rows), class_=look, style=f"--rows:{len(rows)}")


def _asked(row: Row) -> list[Markup]:
    left = tag("small", row.left, class_=_look(row)) if row.left else NOTHING
    when = tag("td", tag("b", row.day), left)
    return [when, tag("th", row.text, scope="row"), tag("td", row.who)]


def _agreed(row: Row, reader: Reader) -> list[Markup]:
    state = badge(ICONS[row.state], reader.text(f"slide.{row.state}"))
    what = tag("th", row.text, scope="row")
    return [tag("td", state), what, tag("td", row.who), tag("td", row.day)]


def _look(row: Row) -> str | None:
    return "a-wrong" if row.state == "overdue" else None
