"""The details of one activity, in a drawer beside the page. The address says which one is open."""

from collections.abc import Callable

import streamlit as st

from aaa.html import details
from aaa.metrics import rows
from aaa.metrics.rows import Activity
from aaa.ui import address, asking, clickable, session, tiles
from aaa.ui.session import text
from aaa.workbook import identity

_LONGEST = 40  # characters of what was asked for that are shown


def show_opened() -> None:
    """Open the drawer when the address names an activity. An address by its number becomes that by
    its code; one of an earlier year leads to that year; of an unknown one the drawer says so.
    """
    asked = st.query_params.get(address.ACTIVITY)
    if asked is None:
        return
    whole = asking.whole().activities
    ref = identity.by_address(asking.whole(), asked)
    if ref is None:
        session.go_to_earlier(lambda of: identity.by_address(of, asked) is not None)
        words = text("details.unknown", asked=asked[:_LONGEST], year=session.whole().year)
        _drawer(text("details.unknown_title"), lambda: tiles.note(words))
        return
    if ref != asked:
        st.query_params[address.ACTIVITY] = ref
    (activity,) = rows.activities(asking.whole(), whole[whole["ref"] == ref])
    title = _title(activity)
    if session.year() is not None:  # not the year that is usually shown
        title = text("details.of_year", title=title, year=session.year())
    _drawer(
        title, lambda: clickable.show(details.activity(activity, session.language()), "details")
    )


def _drawer(title: str, body: Callable[[], object]) -> None:
    st.dialog(title, width="medium", position="right", on_dismiss=_close)(body)()


def _close() -> None:
    st.query_params.pop(address.ACTIVITY, None)


def _title(activity: Activity) -> str:
    """Return the number only: a dialog's title is rendered as Markdown, and text from the workbook
    must be shown literally.
    """
    return (
        text("details.title", nr="".join(c for c in activity.nr if c.isalnum() or c in " .-"))
        if activity.nr
        else text("details.title_unnumbered")
    )
