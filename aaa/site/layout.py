"""A page of the copy as a whole HTML file."""

from collections.abc import Callable

from markupsafe import Markup

from aaa.html import lists, navigation
from aaa.html.navigation import Entry
from aaa.html.reader import Reader
from aaa.html.tags import tag, verbatim
from aaa.site.copied import FILES, MENU, Copied, CopyReader, Page
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
    reader = copied.reader(page.path)
    own = f"{reader.up}{FILES}/"
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name_="viewport", content="width=device-width,initial-scale=1"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("title", f"{page.title} · {copied.taken.name}"),
        tag("meta", name_="description", content=copied.text("frame.about")),
        tag("link", rel="icon", href=f"{own}icon.svg"),
        tag("link", rel="stylesheet", href=own + files["css"]),
        tag("script", src=own + files["js"]),
    )
    index, search = reader.to("index.html"), _search(reader, own + files["search"])
    whole = copied.text("share.whole")
    out = tag("a", whole, data_whole=True, href=index, target="_blank", rel="noopener")
    saved = formatting.moment(copied.taken.stamp.moment, copied.lang)
    body = tag(
        "body",
        tag("a", copied.text("frame.skip"), class_="a-skip", href="#inhoud"),
        _menu(page, copied, reader),
        tag("header", navigation.facts(copied.taken.all_facts), search, class_="w-bar"),
        tag("p", out, class_="w-whole a-embedded"),
        tag("main", lists.title(page.name, page.title), page.body, id="inhoud", tabindex="-1"),
        tag("footer", copied.text("site.made", moment=saved)),
    )
    document = verbatim("<!doctype html>") + tag("html", head, body, lang=copied.lang)
    return document.encode("utf-8")


def _menu(page: Page, copied: Copied, reader: CopyReader) -> Markup:
    links = entries(page.path, reader, lambda path: reader.to(f"{path or 'index'}.html"))
    return navigation.menu(links, copied.lang, _language(page, copied, reader))


def entries(path: str, reader: Reader, to: Callable[[str], str]) -> list[Entry]:
    """Return the pages of the menu, the one on screen marked.

    Args:
        path: of the page on screen; a partner's page belongs to Partners.
        reader: for whom.
        to: the address of a page by its path, which is empty for the landing page.
    """
    here, _, _ = path.partition("/")
    return [
        Entry(
            reader.text(words),
            to("" if file == "index" else file),
            file == here,
            file in _WANTED,
        )
        for file, words in MENU
    ]


def _language(page: Page, copied: Copied, reader: CopyReader) -> Markup:
    other = next(lang for lang in LANGUAGES if lang != copied.lang)
    folder = "" if copied.folder else f"{other}/"
    return tag(
        "a",
        copied.text("frame.other_language"),
        href=f"{reader.up}{folder}{page.path}.html",
        lang=other,
        hreflang=other,
    )


def _search(reader: CopyReader, index: str) -> Markup:
    return tag(
        "form",
        tag("label", reader.text("search.label"), for_="zoek"),
        tag("input", id="zoek", type="search", autocomplete="off"),
        tag("span", role="status"),
        tag("ul", hidden=True),
        class_="w-search",
        role="search",
        hidden=True,
        data_index=index,
        data_top=reader.to(""),
        data_found=reader.text("search.found"),
        data_nothing=reader.text("search.nothing"),
    )
