"""The style sheets, for every place that shows figures: the dashboard, its published copy, slides and paper."""

from functools import cache
from importlib.resources import files

from aaa.figures import palette


@cache
def of_figures() -> str:
    """Return the colours by name and the style of the figures themselves."""
    return palette.variables() + _file("figures.css")


@cache
def of_pages() -> str:
    """Return the same with the style of what stands around them on a page: menu, titles, lists, tables."""
    return of_figures() + _file("page.css")


def _file(name: str) -> str:
    return files("aaa.figures").joinpath(name).read_text("utf-8")
