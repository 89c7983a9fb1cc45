"""The style sheets, for every place that shows figures: the dashboard, its published copy, slides
and paper.
"""

from functools import cache
from importlib.resources import files

from aaa.figures import palette

_LATIN = (
    "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,"
    "U+2191,U+2193,U+2212,U+2215"
)
_LATIN_EXTENDED = "U+0100-02BA,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20CF"


def of_fonts(folder: str) -> str:
    """Return the `@font-face` rules; a browser fetches the extended subset only for a page with its
    letters.

    Args:
        folder: of the font files, as seen from the style sheet; empty or ending in `/`.
    """
    rules = ""
    for weight in (400, 600):
        for subset, letters in (("latin", _LATIN), ("latin-ext", _LATIN_EXTENDED)):
            source = f"url({folder}ibm-plex-sans-{subset}-{weight}-normal.woff2) format('woff2')"
            rules += (
                f"@font-face{{font-family:'IBM Plex Sans';font-weight:{weight};font-display:swap;"
                f"src:{source};unicode-range:{letters}}}"
            )
    return rules


@cache
def of_figures() -> str:
    """Return the colours by name and the style of the figures themselves."""
    return palette.variables() + _file("figures.css")


@cache
def of_pages() -> str:
    """Return the same with the style of what stands around them on a page: menu, titles, lists,
    tables.
    """
    return of_figures() + _file("page.css")


def _file(name: str) -> str:
    return files("aaa.html").joinpath(name).read_text("utf-8")
