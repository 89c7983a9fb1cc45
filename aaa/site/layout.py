"""A page of the copy as a whole HTML file."""

from aaa.figures import navigation
from aaa.figures.html import escape
from aaa.figures.navigation import Entry
from aaa.site import links
from aaa.site.copied import FILES, MENU, Copied, Page
from aaa.words import formatting
from aaa.words.texts import LANGUAGES

# what a phone shows beside the button that opens the rest
_WANTED = ("index", "tijdlijn", "partners")
# The pages load nothing from elsewhere. Inline styles are allowed, because they
# hold the lengths of bars.
_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; img-src 'self' data:;"
    " font-src 'self'; base-uri 'none'; form-action 'none'"
)


def html(page: Page, copied: Copied, files: dict[str, str]) -> bytes:
    """Return a page.

    Args:
        page: its contents.
        copied: the programme in the language of the page.
        files: the name of the style sheet (`css`), the script (`js`) and the index of the search
            field (`search`) in the folder of files.
    """
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"><title>'
        f"{escape(page.title)} · {escape(copied.taken.name)}</title>"
        f'<meta name="description" content="{escape(copied.text("frame.about"))}">'
        f'<link rel="icon" href="@/{FILES}/icon.svg">'
        f'<link rel="stylesheet" href="@/{FILES}/{files["css"]}">'
        f'<script src="@/{FILES}/{files["js"]}"></script>'
    )
    saved = formatting.moment(copied.taken.saved, copied.lang)
    body = (
        f'<a class="a-skip" href="#inhoud">{escape(copied.text("frame.skip"))}</a>'
        f'{_menu(page, copied)}<header class="w-bar">{facts(copied)}{_search(copied, files)}'
        '</header><p class="w-whole a-embedded">'
        f'<a data-whole href="@/{copied.folder}index.html" target="_blank" rel="noopener">'
        f"{escape(copied.text('share.whole'))}</a></p>"
        f'<main id="inhoud" tabindex="-1"><header class="a-title"><p>{escape(page.name)}</p><h1>'
        f"{escape(page.title)}</h1></header>{page.body}</main>"
        f"<footer>{escape(copied.text('site.made', moment=saved))}</footer>"
    )
    whole = (
        f'<!doctype html><html lang="{copied.lang}"><head>{head}</head><body>{body}</body></html>'
    )
    return links.resolve(whole, copied, page).encode("utf-8")


def _menu(page: Page, copied: Copied) -> str:
    return navigation.menu(
        entries(page, copied, f"@/{copied.folder}", ".html"), copied.lang, _language(page, copied)
    )


def entries(page: Page, copied: Copied, top: str, ending: str) -> list[Entry]:
    """Return the pages of the menu, the one on screen marked.

    Args:
        page: the one on screen; a partner's page belongs to Partners.
        copied: the programme in the language of the page.
        top: what stands before the name of a page in its address.
        ending: what stands behind it.
    """
    here = page.path.split("/")[0]
    return [
        Entry(copied.text(words), f"{top}{file}{ending}", file == here, file in _WANTED)
        for file, words in MENU
    ]


def _language(page: Page, copied: Copied) -> str:
    other = next(lang for lang in LANGUAGES if lang != copied.lang)
    folder = "" if copied.folder else f"{other}/"
    return (
        f'<a href="@/{folder}{page.path}.html" lang="{other}" hreflang="{other}">'
        f"{escape(copied.text('frame.other_language'))}</a>"
    )


def facts(copied: Copied) -> str:
    """Return the line with the name of the programme, the date it stands for, when it was saved,
    how complete it is, and whether it has errors.
    """
    return navigation.facts(
        [(fact.name, fact.text, fact.strong) for fact in copied.taken.all_facts]
    )


def _search(copied: Copied, files: dict[str, str]) -> str:
    return (
        f'<form class="w-search" role="search" hidden data-index="@/{FILES}/{files["search"]}" '
        f'data-top="@/{copied.folder}" data-found="{escape(copied.text("search.found"))}'
        f'" data-nothing="{escape(copied.text("search.nothing"))}"><label for="zoek">'
        f"{escape(copied.text('search.label'))}</label>"
        '<input id="zoek" type="search" autocomplete="off"><span role="status"></span><ul hidden>'
        "</ul></form>"
    )
