"""Small parts that more than one page shows."""

import streamlit as st
from markupsafe import Markup

from aaa.html import lists
from aaa.html.tags import tag


def html(markup: Markup) -> None:
    """Show HTML in which nothing can be pressed and no icon stands."""
    st.html(markup)


def title(name: str, finding: str) -> None:
    """Show the name of the page and its title."""
    html(lists.title(name, finding))


def empty(words: str) -> None:
    """Show an empty state: what belongs here and how to fill it."""
    html(lists.remark(words, missing=True))


def note(words: str) -> None:
    """Show a remark."""
    html(lists.remark(words))


def warning(words: str) -> None:
    """Show something about the numbers that the reader must know before using them."""
    html(lists.remark(words, warning=True))


def done(words: str) -> None:
    """Show that what the reader asked for was done."""
    html(tag("p", words, class_="a-banner", role="status"))


def alert(words: str) -> None:
    """Show what is wrong, at once and aloud."""
    html(lists.alert(words))
