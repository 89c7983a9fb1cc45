"""The error pages that Streamlit does not have: for a path without a page, and for a fault."""

from urllib.parse import urlencode

from markupsafe import Markup

from aaa.html import lists
from aaa.html.tags import tag, verbatim
from aaa.ui import address, style
from aaa.words.texts import translate


def page(lang: str, title: str, body: Markup) -> str:
    """Return a whole page in the style of the others, without any script.

    Args:
        lang: of the page.
        title: its heading.
        body: what stands below it.
    """
    name, static = translate(lang, "frame.name"), f"{address.base()}/app/static/"
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width,initial-scale=1"),
        tag("title", f"{title} · {name}"),
        tag("link", rel="icon", href=f"{static}icon.svg"),
        tag("style", verbatim(style.of_pages(static))),
    )
    main = tag("main", lists.title(name, title), body, class_="f-plain")
    return verbatim("<!DOCTYPE html>") + tag("html", head, tag("body", main), lang=lang)


def missing(lang: str, there: dict[str, str], params: dict[str, list[str]]) -> str:
    """Return the error page for a path without a page.

    Args:
        lang: of the page.
        there: the title of every existing page, by its path.
        params: the query parameters for the links to them.
    """
    query = f"?{urlencode(params, doseq=True)}" if params else ""
    links = (
        tag("a", title, href=f"{address.base()}/{path}{query}")
        for path, title in there.items()
        if path != address.UPDATE  # it is for leads, who know its address
    )
    words = tag("p", translate(lang, "missing.words"))
    return page(lang, translate(lang, "missing.title"), words + lists.items(links, "f-pages"))
