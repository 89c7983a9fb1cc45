"""The details of one activity, in a drawer beside the page. The address says which one is open."""

import streamlit as st

from aaa.html import details
from aaa.metrics import rows
from aaa.metrics.rows import Activity
from aaa.ui import address, asking, clickable, session
from aaa.ui.session import text
from aaa.workbook import identity


def show_opened() -> None:
    """Open the drawer when the address names an activity that exists. An address by its number
    becomes that by its code; one of an earlier year leads to that year; an unknown one is taken out
    of the address.
    """
    asked = st.query_params.get(address.ACTIVITY)
    if asked is None:
        return
    whole = asking.whole().activities
    ref = identity.by_address(whole, asked)
    if ref is None:
        session.go_to_earlier(lambda of: identity.by_address(of.activities, asked) is not None)
        _close()
        return
    if ref != asked:
        st.query_params[address.ACTIVITY] = ref
    (activity,) = rows.activities(asking.whole(), whole[whole["ref"] == ref])
    st.dialog(_title(activity), width="medium", position="right", on_dismiss=_close)(
        lambda: _body(activity)
    )()


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


def _body(activity: Activity) -> None:
    clickable.show(details.activity(activity, session.language()), key="details")
