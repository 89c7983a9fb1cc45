"""The style of the pages, and whether a page comes with it."""

import threading
from importlib.resources import files

from markupsafe import Markup

from aaa.html import style
from aaa.html.tags import tag, verbatim
from aaa.ui import session

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


def scheme() -> Markup:
    """Return the reader's color scheme as a style. Streamlit renders drawers and popovers outside
    the element that has it; they inherit it from the root.
    """
    return tag("style", verbatim(f":root{{color-scheme:{'dark' if session.dark() else 'light'}}}"))
