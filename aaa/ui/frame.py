"""The frame of every page: style, navigation, facts about the version on screen, and problems with
the workbook.
"""

import datetime as dt
import functools
from collections.abc import Iterator
from copy import copy
from functools import partial

import streamlit as st
from markupsafe import Markup

from aaa.exports.takeaway import Takeaway
from aaa.html import lists, navigation
from aaa.html.tags import join, tag, verbatim
from aaa.stories import facts as told
from aaa.ui import accepting, address, asking, checks, menu, session, signing, style, tiles
from aaa.ui.session import text
from aaa.ui.streamlit_private import Page
from aaa.values import shipped
from aaa.values.finding import Finding
from aaa.words import formatting, wording
from aaa.words.texts import translate
from aaa.writing import contents, writer

# One page per question: its file in pages/, its URL path, and the message with its title.
PAGES = (
    ("overview", "", "page.overview"),
    ("timeline", "tijdlijn", "page.timeline"),
    ("themes", "themas", "page.themes"),
    ("partner_load", "partners", "page.partners"),
    ("budget", "begroting", "page.budget"),
    ("ambitions", "ambities", "page.ambitions"),
    ("programme", "programma", "page.programme"),
    ("changes", "wijzigingen", "page.changes"),
    ("check", "controle", "page.check"),
    ("meeting", "vergadering", "page.meeting"),
)
MEETING = "meeting"  # fills the whole screen, without the frame
# for leads, where publishing is configured; reached from the page Controle
UPDATE = ("update", address.UPDATE, "page.update")


def begin() -> tuple[dict[str, Page], Page]:
    """Start the run: store what the reader looks at. Return every page by its name, and the
    requested page.
    """
    session.begin()
    if session.state().version is not None:
        asking.begin()
    there = pages()
    page = st.navigation(list(there.values()), position="hidden")
    _configure(page)
    rerun_on_change()
    return there, page


def _configure(page: Page) -> None:
    """Set the title and icon that the browser shows, and the style of the page."""
    # When another server serves the page, its HTML lacks our icon and style.
    with_page = style.comes_with_the_page.is_set()
    icon = None if with_page else str(shipped.STATIC / "icon.svg")
    st.set_page_config(
        page_title=f"{page.title} · {text('frame.name')}",
        page_icon=icon,
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    if not with_page:
        tiles.html(tag("style", verbatim(style.of_pages())))


def pages() -> dict[str, Page]:
    """Return every page by its name, titled in the reader's language."""
    made = _pages(
        session.language(), with_update=signing.configured() and not st.context.is_embedded
    )
    # Copies, because Streamlit stores on a page whether it may run, which differs per reader.
    return {name: copy(page) for name, page in made.items()}


@functools.cache
def _pages(lang: str, *, with_update: bool) -> dict[str, Page]:
    there = (*PAGES, UPDATE) if with_update else PAGES
    return {
        name: st.Page(
            shipped.PAGES / f"{name}.py",
            title=translate(lang, title),
            url_path=path,
            default=not path,
        )
        for name, path, title in there
    }


def titles(lang: str) -> dict[str, str]:
    """Return the title of every page that has an address, by its path."""
    there = (*PAGES, UPDATE) if signing.configured() else PAGES
    return {path: translate(lang, title) for _, path, title in there}


def link_to_update() -> None:
    """Offer the page on which a lead publishes, where that is configured."""
    if signing.configured():
        st.page_link(
            pages()[UPDATE[0]], label=text("frame.update"), query_params=address.link_params()
        )


def show(all_pages: dict[str, Page], current: Page) -> None:
    """Show what stands above every page, as one element: the menu, why the newest file cannot be
    shown, and the facts.
    """
    in_menu = {name: page for name, page in all_pages.items() if name != UPDATE[0]}
    menu.show(
        in_menu, current, join((style.scheme(), *map(lists.alert, _notices()), _facts(), _ahead()))
    )


def _facts() -> Markup:
    """Return the name of the programme, the date its contents stand for, when it was saved, how
    complete it is, and whether it has errors.
    """
    updated = session.updated()

    def drawn(taken: Takeaway) -> Markup:
        whole, lang = session.whole(), taken.lang
        found = told.facts(taken.shown, whole, taken.stamp, lang, updated=updated)
        return navigation.facts(found)

    return asking.now().once(("facts", updated), drawn)


def _ahead() -> Markup:
    """Return a link to a year whose workbook is there and whose plan has not begun; nothing where
    the address asks for a year.
    """
    ahead = session.years_ahead() if session.year() is None else ()
    return join(
        tag(
            "p",
            tag("a", text("frame.ahead", year=year), href=address.link(address.YEAR, f"{year}")),
            class_="a-note",
        )
        for year in ahead
    )


@st.fragment(run_every=2)
def rerun_on_change() -> None:
    """Rerun the page when the workbook has changed; typed text, choices and opened parts stay."""
    if session.has_changed():
        st.rerun()


def _notices() -> Iterator[str]:
    """Yield why the newest file cannot be shown."""
    if (asked := session.missing_year()) is not None:
        shown = session.state().version
        yield text("frame.no_year", year=asked, shown=shown.programme.year if shown else "–")
    state = session.state()
    if state.problems and state.version is not None:
        moment = formatting.moment(state.version.stamp.moment, session.language())
        yield f"{text('frame.last_good', moment=moment)} {_sentences(state.problems)}"


def nothing_to_show() -> None:
    """Show what is wrong when there never was a usable workbook, and how to start."""
    origin = session.store().origin
    steps = (
        text(f"frame.nothing_step_{step}", name=origin.name)
        for step in (1, 2 if origin.path else "elsewhere", 3)
    )
    tiles.html(style.scheme())
    state = session.state()
    if state.rejected is not None and any(found.sheet for found in state.problems):
        _unusable(origin.name)
        return
    tiles.title(text("frame.name"), text("frame.nothing"))
    tiles.alert(_sentences(session.state().problems))
    listed = tag("ol", *(tag("li", step) for step in steps), class_="a-plain")
    tiles.html(lists.section(text("frame.nothing_how"), listed))
    year = session.today().year
    st.download_button(
        text("frame.empty_workbook", year=year),
        partial(_empty_workbook, year),
        f"aaa_{year}.xlsx",
        on_click="ignore",
    )


def _unusable(name: str) -> None:
    """Show why the workbook that is there cannot be shown, and how to mend it."""
    accepting.said()
    tiles.title(text("frame.name"), text("frame.unusable", name=name))
    checks.rejected(session.state())
    if signing.configured():
        tiles.html(signing.link())


def _empty_workbook(year: int) -> bytes:
    now = session.now().astimezone(dt.UTC).replace(tzinfo=None)
    return writer.write(contents.empty(year), contents.guide(), now)


def _sentences(problems: tuple[Finding, ...]) -> str:
    lang = session.language()
    return " ".join(
        f"{f.place}: {wording.message(f, lang)}" if f.place else wording.message(f, lang)
        for f in problems
    )
