"""A file by its name: `report.pdf`, `deck.pptx`, `figures.xlsx`, or one chart as `timeline.png` or
`timeline.csv`.
"""

from collections.abc import Callable
from pathlib import PurePath

from aaa.exports import deck, figures_workbook, image, report
from aaa.exports.takeaway import Takeaway

REPORT, DECK, FIGURES = "report.pdf", "deck.pptx", "figures.xlsx"
MIME = {
    ".pdf": "application/pdf",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".png": "image/png",
    ".csv": "text/csv",
}
_WHOLE: dict[str, Callable[[Takeaway], bytes]] = {
    ".pdf": report.pdf,
    ".pptx": deck.pptx,
    ".xlsx": figures_workbook.workbook,
}


class UnknownFileError(ValueError):
    """Nothing of that name can be made; the message names what can."""


def file(name: str, taken: Takeaway) -> bytes:
    """Return a file.

    Args:
        name: its ending says what it is; of an image or a CSV the name before it says which chart.
        taken: what is taken home.

    Raises:
        UnknownFileError: nothing of that name can be made.
        NoBrowserError: a PDF or PNG without a browser on this machine.
    """
    path = PurePath(name)
    ending = path.suffix.lower()
    if ending in _WHOLE:
        return _WHOLE[ending](taken)
    if ending not in (".png", ".csv"):
        raise UnknownFileError(f"{name}: choose a name that ends in {', '.join(MIME)}")
    known = taken.charts
    chart = known.get(path.stem)
    if chart is None:
        raise UnknownFileError(
            f"{name}: there is no chart of that name; there are"
            f" {', '.join(f'{one}{ending}' for one in known)}"
        )
    return (
        chart.table.csv()
        if ending == ".csv"
        else image.png(chart, [taken.name, *taken.facts(), taken.source(chart.source)], taken.lang)
    )


def suggested(name: str, taken: Takeaway) -> str:
    """Return a name to save a file under: `aaa_2025_report_2025-09-30.pdf`."""
    path = PurePath(name)
    day = f"_{taken.shown.as_of.isoformat()}" if taken.shown.as_of else ""
    return f"aaa_{taken.shown.year}_{path.stem}{day}{path.suffix}"
