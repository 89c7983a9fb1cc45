"""The error pages that Streamlit does not have: for a path without a page, and for a fault."""

from urllib.parse import urlencode

from aaa.figures.html import escape
from aaa.ui import address, style
from aaa.words.texts import translate


def page(lang: str, title: str, body: str) -> str:
    """Return a whole page in the style of the others, without any script.

    Args:
        lang: of the page.
        title: its heading, as text.
        body: what stands below it, as HTML.
    """
    name, top = escape(translate(lang, "frame.name")), escape(address.base())
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<title>{escape(title)} · {name}</title><link rel="icon" href="{top}/app/static/icon.svg">'
        f"<style>{style.of_pages(f'{top}/app/static/')}</style>"
    )
    heading = f'<header class="a-title"><p>{name}</p><h1>{escape(title)}</h1></header>'
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head>{head}</head><body><main class="f-plain">'
        f"{heading}{body}</main></body></html>"
    )


def missing(lang: str, there: dict[str, str], params: dict[str, list[str]]) -> str:
    """Return the error page for a path without a page.

    Args:
        lang: of the page.
        there: the title of every existing page, by its path.
        params: the query parameters for the links to them.
    """
    query = f"?{urlencode(params, doseq=True)}" if params else ""
    # not listed: it is for leads, who know its address
    offered = {path: title for path, title in there.items() if path != address.UPDATE}
    links = "".join(
        f'<li><a href="{escape(f"{address.base()}/{path}{query}")}">{escape(title)}</a></li>'
        for path, title in offered.items()
    )
    words = f'<p>{escape(translate(lang, "missing.words"))}</p><ul class="f-pages">{links}</ul>'
    return page(lang, translate(lang, "missing.title"), words)
