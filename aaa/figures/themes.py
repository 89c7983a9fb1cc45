"""How each theme is doing: its activities by status."""

import pandas as pd

from aaa.figures.bars import Bars, Row, stack
from aaa.figures.chart import Cells, Chart, Column, Table
from aaa.figures.palette import Meaning
from aaa.words import wording
from aaa.words.texts import translate
from aaa.workbook.schema import StatusCode


def status_by_theme(counts: pd.DataFrame, lang: str) -> Chart:
    """Draw the activities of each theme by status.

    Args:
        counts: as `metrics.activities.by_theme` returns it.
        lang: the reader's language.
    """
    names = [
        theme if isinstance(theme, str) else translate(lang, "theme.unknown")
        for theme in counts["theme"]
    ]
    stacks = []
    for code in StatusCode:
        word, values = wording.status(code, lang), counts[code.value].tolist()
        words = [f"{word}: {n}" for n in values]
        total = (str(sum(values)),) if sum(values) else ()
        stacks.append(
            stack(word, values, list(map(str, values)), words, Meaning[code.name], total=total)
        )
    bars = Bars(tuple(map(Row, names)), tuple(stacks), whole=True)
    said = "; ".join(
        f"{name}: "
        + ", ".join(
            f"{wording.status(c, lang).lower()} {row[c.value]}" for c in StatusCode if row[c.value]
        )
        for name, row in zip(names, counts.to_dict("records"), strict=True)
    )
    frame = counts[["activities", *[c.value for c in StatusCode], "late"]].copy()
    frame.insert(0, "theme", names)
    heads = [
        translate(lang, "column.theme"),
        translate(lang, "column.activities"),
        *[wording.status(c, lang) for c in StatusCode],
        translate(lang, "late"),
    ]
    table = Table(
        frame.reset_index(drop=True),
        (Column(heads[0]), *(Column(h, Cells.NUMBER) for h in heads[1:])),
    )
    return Chart(
        "status_by_theme",
        translate(lang, "themes.chart_title"),
        bars,
        f"{title(counts, lang)}. {said}.",
        table,
        "Activiteiten",
    )


def title(counts: pd.DataFrame, lang: str) -> str:
    """Return the title of the page: how much is finished, or that nothing is known."""
    total, finished = int(counts["activities"].sum()), int(counts[StatusCode.FINISHED.value].sum())
    unreported = int(counts[StatusCode.UNREPORTED.value].sum())
    if total and unreported > total / 2:
        return translate(lang, "themes.title_unreported", n=unreported, total=total)
    return translate(lang, "themes.title", n=finished, total=total)
