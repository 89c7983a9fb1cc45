"""The filter widgets: they show the choices in the address and write new choices back to it."""

import datetime as dt
from collections.abc import Callable, Sequence

import streamlit as st

from aaa.html.tags import tag
from aaa.ui import address, asking, choices, session, tiles
from aaa.ui.choices import Choice
from aaa.ui.session import text

OPEN = "filters_open"  # the widget key that tells whether the popover is open


def head(
    name: str, finding: str, with_partner: bool = True, beside: Callable[[], None] | None = None
) -> None:
    """Show the page's name and title, a button that opens the filters, and below it which filters
    are on.

    Args:
        name: of the page.
        finding: its title.
        with_partner: the partner is one of the filters.
        beside: shows another button beside that of the filters.
    """
    offered = choices.of_activities(with_partner)
    _head(name, finding, text("filter.button"), offered, beside)
    _said(offered)


def head_of_partner(name: str, finding: str) -> None:
    """Show the head of a partner's page, on which only the date can be chosen."""
    _head(name, finding, text("filter.date_button"), [])


def nothing() -> str:
    """Return a message when the filters leave no activity; empty when some are left, or when the
    workbook has none.
    """
    left_out = asking.shown().activities.empty and not session.whole().activities.empty
    return text("filter.nothing") if left_out else ""


def _head(
    name: str,
    finding: str,
    button: str,
    offered: Sequence[Choice],
    beside: Callable[[], None] | None = None,
) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="head"):
        tiles.title(name, finding)
        popover = st.popover(button, on_change="rerun", key=OPEN)
        if popover.open:
            with popover:
                for parameter, words in offered:
                    _choose(parameter, words)
                _date()
        if beside is not None:
            beside()


def _choose(name: str, words: dict[str, str]) -> None:
    key = f"filter_{name}"
    _show(key, list(address.values(name, list(words))))
    st.multiselect(
        text(f"filter.{name}"),
        list(words),
        format_func=lambda code: words.get(code, code),
        key=key,
        on_change=_publish(name, key),
        placeholder=text("filter.all"),
    )


def _show(key: str, value: object) -> None:
    """Set a widget to the value in the address, unless it has that value already: setting it would
    erase what the reader is typing.
    """
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def _publish(name: str, key: str) -> Callable[[], None]:
    return lambda: address.put(name, st.session_state[key])


def _date() -> None:
    """Choose the date to judge by: the workbook's, today, or another."""
    words = {
        "": text("filter.per_workbook"),
        address.TODAY: text("filter.per_today"),
        "other": text("filter.per_other"),
    }
    asked = st.query_params.get(address.AS_OF, "")
    chosen = address.date(dt.date.today())
    _show(
        "filter_per", "" if chosen is None else address.TODAY if asked == address.TODAY else "other"
    )
    st.radio(
        text("filter.per"),
        list(words),
        format_func=words.__getitem__,
        key="filter_per",
        on_change=_publish_date,
    )
    if st.session_state["filter_per"] == "other" and chosen is not None:
        _show("filter_day", chosen)
        st.date_input(
            text("filter.day"), key="filter_day", format="DD-MM-YYYY", on_change=_publish_day
        )


def _publish_date() -> None:
    chosen = st.session_state["filter_per"]
    start = session.whole().as_of or dt.date.today()
    address.put(
        address.AS_OF,
        {"": [], address.TODAY: [address.TODAY], "other": [start.isoformat()]}[chosen],
    )


def _publish_day() -> None:
    day = st.session_state["filter_day"]
    address.put(address.AS_OF, [day.isoformat()] if day else [])


def _said(offered: Sequence[Choice]) -> None:
    """Show which filters are on, how many activities they leave, and a button to clear them."""
    said = choices.words(offered)
    if not said:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="filters"):
        shown, of = len(asking.shown().activities), len(session.whole().activities)
        words = text("filter.said", filters=said, shown=shown, of=of)
        st.html(tag("span", words, class_="a-filter-said"), width="content")
        st.button(
            text("filter.clear"),
            on_click=address.clear_filters,
            type="tertiary",
            key="filter_clear",
        )
