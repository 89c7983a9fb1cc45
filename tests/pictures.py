"""Photograph the dashboard: `python -m tests.pictures [FOLDER]`, or `make pictures`. Open
index.html in the folder and look.

Every page, and every popover, drawer, list and dialog of it opened, at three sizes, in light and
dark; printed and in forced colours once. Tests say whether a page is whole; only a person sees
whether it is good.
"""

import argparse
import html
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from aaa.store import gate
from aaa.ui.frame import PAGES
from aaa.words.texts import LANGUAGES
from tests.support import needs, servers
from tests.support.books import BOOKS
from tests.support.browsers import FLAGS, LAPTOP, NARROW, PHONE, SCREEN, Visit, until

SIZES = {"screen": SCREEN, "laptop": LAPTOP, "phone": PHONE}
SCHEMES = ("light", "dark")
MORE = {
    "partner": "partners?partner=dc-terra",
    "activity": "tijdlijn?activiteit=2-6",
    "embedded": "tijdlijn?embed=true",
    "nowhere": "bestaat-niet",
}
PASSWORD = "kijken"
# What a press opens: Streamlit's popovers and lists, our own panels and folded parts, the drawer of
# an activity.
OPENERS = {
    "popover": "[data-testid=stPopover] button",
    "panel": "button[data-opens]",
    "fold": "details:not([open]) > summary",
    "list": "[data-testid=stMain] [role=combobox]",
    "drawer": "[data-choose^='activiteit=']",
}
KEYS = {"?": "keys", "n": "note"}  # of the meeting
_LONGEST = 8000  # pixels of a page in one picture
_MOST = {"drawer": 1}  # of one kind of opener on a page, where they are alike; else four


@dataclass
class Album:
    """Where the pictures go, and what each shows."""

    folder: Path
    shown: list[tuple[str, str]] = field(default_factory=list)  # file and page

    def take(self, page: Page, name: str, *what: str) -> None:
        """Photograph what is on screen."""
        file = "_".join((name or "overzicht", *what)).replace("?", "-").replace("=", "-") + ".png"
        page.screenshot(path=self.folder / file, animations="disabled")
        self.shown.append((file, name or "overzicht"))

    def index(self) -> Path:
        """Write the page that shows all of them, and return it."""
        parts = []
        for name in dict.fromkeys(name for _, name in self.shown):
            figures = "".join(
                f'<figure><a href="{html.escape(file)}">'
                f'<img loading="lazy" src="{html.escape(file)}" alt=""></a>'
                f"<figcaption>{html.escape(file.removesuffix('.png'))}</figcaption></figure>"
                for file, of in self.shown
                if of == name
            )
            parts.append(
                "<section>"
                f'<h2 id="{html.escape(name)}">{html.escape(name)}</h2>'
                f"<div>{figures}</div></section>"
            )
        style = (
            "body{font:14px system-ui;margin:1rem}div{display:flex;flex-wrap:wrap;gap:1rem}"
            "figure{margin:0}img{height:22rem;border:1px solid #999}"
        )
        path = self.folder / "index.html"
        path.write_text(
            f"<!doctype html><meta charset=utf-8><title>Pictures</title><style>{style}</style>"
            f"{''.join(parts)}",
            "utf-8",
        )
        return path


def main() -> int:
    """Take the pictures, and say where they are."""
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="default: a new one")
    parser.add_argument("--book", choices=[*BOOKS], default="example")
    parser.add_argument(
        "--lang", choices=LANGUAGES, action="append", help="default: Dutch; may be said twice"
    )
    parser.add_argument(
        "--page",
        action="append",
        help="a part of an address, such as begroting; default: every page",
    )
    parser.add_argument("--size", choices=[*SIZES], action="append", help="default: all three")
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="pictures-"))
    folder.mkdir(parents=True, exist_ok=True)
    album = Album(folder)
    sizes = {name: SIZES[name] for name in options.size or SIZES}
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        book, secrets = Path(temporary) / "aaa_2025.xlsx", Path(temporary) / "secrets.toml"
        book.write_bytes(BOOKS[options.book]())
        secrets.write_text(f'[publish]\npassword = "{gate.hashed(PASSWORD)}"\n')
        with servers.serving(book, variables={"STREAMLIT_SECRETS_FILES": str(secrets)}) as served:
            browser = playwright.chromium.launch(
                executable_path=needs.program("chromium"), args=FLAGS
            )
            addresses = (
                {path or "overzicht": path for _, path, _ in PAGES}
                | {"bijwerken": "bijwerken"}
                | MORE
            )
            chosen = {
                name: path
                for name, path in addresses.items()
                if not options.page or any(part in name for part in options.page)
            }
            for lang in options.lang or ["nl"]:
                for name, path in chosen.items():
                    _page(album, browser, served.address, name, path, lang, sizes)
    print(f"{len(album.shown)} pictures: {album.index()}")
    return 0


def _page(
    album: Album,
    browser: Browser,
    address: str,
    name: str,
    path: str,
    lang: str,
    sizes: dict[str, tuple[int, int]],
) -> None:
    asked = f"/{path}" + ("" if lang == "nl" else f"{'&' if '?' in path else '?'}taal={lang}")
    for size, (width, height) in sizes.items():
        for scheme in SCHEMES:
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=scheme,  # type: ignore[arg-type]
                has_touch=width < NARROW,
            )
            page = context.new_page()
            looks = (size, scheme, lang)
            if name == "nowhere":
                page.goto(address + asked)
            else:
                Visit(page, address).go(asked)
            if name == "bijwerken":
                page.locator("input[type=password]").fill(PASSWORD)
                page.locator(
                    "[data-testid=stFormSubmitButton] button, [data-testid=stMain] button"
                ).last.click()
                page.locator("input[type=file]").wait_for(state="attached")
            page.evaluate("document.fonts.ready")
            album.take(page, name, *looks)
            for what in _opened(page, meeting=path == "vergadering"):
                album.take(page, name, *looks, what)
            _whole(album, page, name, looks, (width, height))
            if size == "laptop" and scheme == "light":
                page.emulate_media(forced_colors="active")
                album.take(page, name, *looks, "forced-colours")
                page.emulate_media(forced_colors="none", media="print")
                album.take(page, name, *looks, "print")
            context.close()


def _opened(page: Page, *, meeting: bool) -> Iterator[str]:
    """Open one thing after another, and yield what it is while it is open."""
    if meeting:
        for key, what in KEYS.items():
            page.keyboard.press(key)
            page.wait_for_timeout(300)
            yield what
            page.keyboard.press("Escape")
        for place in range(2, int(page.inner_text(".v-number").split("/")[1]) + 1):
            page.keyboard.press("ArrowRight")
            page.wait_for_timeout(100)
            yield f"slide-{place}"
        return
    if page.get_by_role("dialog").is_visible():  # what is behind it cannot be pressed
        page.keyboard.press("Escape")
        page.get_by_role("dialog").wait_for(state="detached")
    for kind, selector in OPENERS.items():
        for place in range(min(page.locator(selector).count(), _MOST.get(kind, 4))):
            opener = page.locator(selector).nth(place)
            if not opener.is_visible() or not opener.is_enabled():
                continue
            said = (opener.inner_text() or opener.get_attribute("aria-label") or "").splitlines()
            what = f"{kind}-{place + 1}-{'-'.join(said[0].split())[:30] if said else ''}".rstrip(
                "-"
            ).replace("/", "-")
            opener.click()
            page.wait_for_timeout(700)  # nothing announces that an opened part is drawn
            until(page, "!document.querySelector('[data-testid=stSkeleton]')")
            yield what
            for box in page.locator("[data-testid=stPopoverBody] [role=combobox]").all():
                box.click()
                page.wait_for_timeout(300)
                yield f"{what}-{(box.get_attribute('aria-label') or 'list').split()[0]}"
                page.keyboard.press("Escape")
            page.keyboard.press("Escape")
            page.wait_for_timeout(300)


def _whole(
    album: Album, page: Page, name: str, looks: tuple[str, ...], size: tuple[int, int]
) -> None:
    """Photograph a page that is longer than the window in one picture."""
    long = page.evaluate(
        "Math.max(...[...document.querySelectorAll('[data-testid=stMain], html')].map(e =>"
        " e.scrollHeight))"
    )
    if long > size[1] + 1:
        page.set_viewport_size({"width": size[0], "height": min(long + 20, _LONGEST)})
        page.wait_for_timeout(300)
        album.take(page, name, *looks, "whole")
        page.set_viewport_size({"width": size[0], "height": size[1]})


if __name__ == "__main__":
    sys.exit(main())
