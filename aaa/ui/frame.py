"""The frame of every page: style, navigation, facts about the version on screen, and problems with
the workbook.
"""

import datetime as dt
import functools
from copy import copy
from functools import partial

import streamlit as st

from aaa.figures import navigation as drawn
from aaa.figures.html import escape
from aaa.stories import facts as told
from aaa.ui import address, menu, session, signing, style
from aaa.ui.once import once
from aaa.ui.session import text
from aaa.ui.streamlit_private import Page
from aaa.values import shipped
from aaa.values.finding import Finding
from aaa.words import formatting, wording
from aaa.words.texts import translate
from aaa.workbook.programme import Programme
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
    own = "" if with_page else style.of_pages()
    # Streamlit renders drawers and popovers outside the element that has the color scheme. They
    # inherit it from the root.
    scheme = "dark" if session.dark() else "light"
    st.html(f"<style>{own}:root{{color-scheme:{scheme}}}</style>")


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


def navigation(all_pages: dict[str, Page], current: Page) -> None:
    """Show the menu; on an embedded page, only a link to the whole dashboard."""
    if st.context.is_embedded:
        menu.embedded(current)
    else:
        menu.show({name: page for name, page in all_pages.items() if name != UPDATE[0]}, current)


def facts() -> None:
    """Show the name of the programme, the date its contents stand for, when it was saved, how
    complete it is, and whether it has errors.
    """
    st.html(
        once(
            _facts,
            session.programme(),
            session.whole(),
            session.version().saved,
            session.updated(),
            session.language(),
        )
    )


def _facts(
    shown: Programme, whole: Programme, saved: dt.datetime, updated: dt.datetime | None, lang: str
) -> str:
    found = told.facts(shown, whole, saved, lang, updated=updated)
    return drawn.facts([(fact.name, fact.text, fact.strong) for fact in found])


@st.fragment(run_every=2)
def rerun_on_change() -> None:
    """Rerun the page when the workbook has changed; typed text, choices and opened parts stay."""
    if session.has_changed():
        st.rerun()


def notices() -> None:
    """Say why the newest file cannot be shown."""
    if (asked := session.missing_year()) is not None:
        _notice(text("frame.no_year", year=asked))
    state = session.state()
    if state.problems and state.version is not None:
        moment = formatting.moment(state.version.saved, session.language())
        _notice(f"{text('frame.last_good', moment=moment)} {_sentences(state.problems)}")


def nothing_to_show() -> None:
    """Show what is wrong when there never was a usable workbook, and how to start."""
    origin = session.store().origin
    steps = (
        text(f"frame.nothing_step_{step}", name=origin.name)
        for step in (1, 2 if origin.path else "elsewhere", 3)
    )
    items = "".join(f"<li>{escape(step)}</li>" for step in steps)
    st.html(
        f'<header class="a-title"><p>{escape(text("frame.name"))}</p>'
        f"<h1>{escape(text('frame.nothing'))}</h1></header>"
        '<p class="a-banner a-problem" role="alert">'
        f'{escape(_sentences(session.state().problems))}</p><h2 class="a-heading">'
        f'{escape(text("frame.nothing_how"))}</h2><ol class="a-plain">{items}</ol>'
    )
    year = session.today().year
    st.download_button(
        text("frame.empty_workbook", year=year),
        partial(_empty_workbook, year),
        f"aaa_{year}.xlsx",
        on_click="ignore",
    )


def _empty_workbook(year: int) -> bytes:
    return writer.write(contents.empty(year), contents.guide())


def _sentences(problems: tuple[Finding, ...]) -> str:
    lang = session.language()
    return " ".join(
        f"{f.place}: {wording.message(f, lang)}" if f.place else wording.message(f, lang)
        for f in problems
    )


def _notice(words: str) -> None:
    st.html(f'<p class="a-banner a-problem" role="alert">{escape(words)}</p>')
