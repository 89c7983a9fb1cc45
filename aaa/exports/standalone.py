"""A self-contained page of HTML: style, fonts and everything else are inline, and nothing is
fetched.
"""

import base64
from functools import cache

from markupsafe import Markup

from aaa.html.style import of_figures
from aaa.html.tags import NOTHING, tag, verbatim
from aaa.values import shipped

# One page may run the script in it, and load nothing.
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
    " blob:; font-src data:"
)


def document(
    title: str,
    body: Markup,
    style: str,
    lang: str,
    *,
    dark: bool = False,
    script: str = "",
) -> str:
    """Return a whole page.

    Args:
        title: of the page.
        body: its HTML.
        style: what it adds to the style of the figures.
        lang: its language.
        dark: whether its ground is dark.
        script: what runs in its head.
    """
    scheme = "dark" if dark else "light"
    ground = (
        f":root{{color-scheme:{scheme}}}html{{font-family:'IBM Plex"
        " Sans',sans-serif}body{margin:0;background:var(--ground);color:var(--ink)}"
    )
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("title", title),
        tag("style", verbatim(_fonts() + of_figures() + ground + style)),
        tag("script", verbatim(script)) if script else NOTHING,
    )
    return verbatim("<!doctype html>") + tag("html", head, tag("body", body), lang=lang)


@cache
def _fonts() -> str:
    """Return the fonts in the page itself; without them it is set in the machine's own."""
    rules = ""
    for path in sorted(shipped.STATIC.glob("ibm-plex-sans-latin-???-normal.woff2")):
        weight = path.stem.split("-")[-2]
        data = base64.b64encode(path.read_bytes()).decode()
        rules += (
            "@font-face{font-family:'IBM Plex"
            f" Sans';font-weight:{weight};src:url(data:font/woff2;base64,{data})}}"
        )
    return rules
