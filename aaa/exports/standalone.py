"""A self-contained page of HTML: style, fonts and everything else are inline, and nothing is
fetched.
"""

import base64
from functools import cache

from aaa.figures.html import escape
from aaa.figures.style import of_figures
from aaa.values import shipped

# One page may run the script in it, and load nothing.
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
    " blob:; font-src data:"
)


def document(
    title: str, body: str, style: str, lang: str, *, dark: bool = False, head: str = ""
) -> str:
    """Return a whole page.

    Args:
        title: of the page.
        body: its HTML, every word from the workbook escaped.
        style: what it adds to the style of the figures.
        lang: its language.
        dark: whether its ground is dark.
        head: HTML for its head, such as a script.
    """
    scheme = "dark" if dark else "light"
    ground = (
        f":root{{color-scheme:{scheme}}}html{{font-family:'IBM Plex"
        " Sans',sans-serif}body{margin:0;background:var(--ground);color:var(--ink)}"
    )
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>{escape(title)}</title><style>{_fonts()}{of_figures()}{ground}{style}</style>"
        f"{head}</head><body>{body}</body></html>"
    )


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
