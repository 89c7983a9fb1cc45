"""Where names and links on a page lead: every address is relative, so that the copy works from any
folder, a file share or another site.
"""

import re
from collections.abc import Callable

from aaa.site.copied import ACTIVITIES, PARTNERS, Copied, Page

_CHOOSING = re.compile(
    r'<(button|a) [^>]*?data-choose="(?P<what>\w+)=(?P<code>[^"]*)"[^>]*>(?P<inside>.*?)</\1>',
    re.DOTALL,
)
_FOLDERS = {"activiteit": ACTIVITIES, "partner": PARTNERS}
_FROM_TOP = re.compile(r'(?P<attribute>href|src|data-index|data-top)="@/(?P<path>[^"]*)"')


def resolve(html: str, copied: Copied, page: Page) -> str:
    """Return HTML in which every name that the dashboard opens is a link to a page of the copy, and
    every link is relative to this page.

    Args:
        html: as the figures make it, `data-choose="activiteit=…"`, `partner=…` or `thema=…` where a
            name can be opened; an address that starts with `@/` counts from the top of the copy.
        copied: the language of the page.
        page: the page that it stands on.
    """
    pages = {what: f"@/{copied.folder}{folder}/{{}}.html" for what, folder in _FOLDERS.items()} | {
        "thema": f"@/{copied.folder}themas.html#thema-{{}}"
    }
    linked = opened(html, lambda what, code: pages[what].format(code))
    up = "../" * f"{copied.folder}{page.path}".count("/")
    return _FROM_TOP.sub(lambda found: f'{found["attribute"]}="{up}{found["path"]}"', linked)


def opened(html: str, where: Callable[[str, str], str]) -> str:
    """Return HTML in which every name that can be opened is an ordinary link.

    Args:
        html: as the figures make it.
        where: the address, HTML already, of what is opened: `activiteit`, `partner` or `thema`, and
            its code.
    """
    return _CHOOSING.sub(
        lambda found: (
            f'<a class="a-open" href="{where(found["what"], found["code"])}">{found["inside"]}</a>'
        ),
        html,
    )
