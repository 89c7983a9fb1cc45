"""The style of the pages, and whether a page comes with it."""

import threading
from importlib.resources import files

from aaa.html import style

# set in a process whose server puts the style into the page itself
comes_with_the_page = threading.Event()


def of_pages(fonts: str = "./app/static/") -> str:
    """Return the style of every page, for its head.

    Args:
        fonts: where the font files are, as seen from the page.
    """
    own = files("aaa.ui")
    sheets = ("style.css", "prerendered.css")
    return (
        style.of_fonts(fonts)
        + style.of_pages()
        + "".join(own.joinpath(name).read_text("utf-8") for name in sheets)
    )
