"""Every file of the copy, by its path."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files as resources

from aaa.exports import calendar
from aaa.exports.takeaway import Takeaway
from aaa.html import style
from aaa.html.tags import tag, verbatim
from aaa.site import layout, pages, search
from aaa.site.copied import CALENDARS, FILES, PARTNERS, TABLES, Copied
from aaa.store.source import Version
from aaa.values import names, shipped

PATHS = "paths"  # in the marker: everything that was published with it
MARKER = "aaa-kopie.json"  # tells a folder that was published from one that holds somebody's work


def build(version: Version, takens: Sequence[Takeaway]) -> dict[str, bytes]:
    """Return every file of the copy: the same version, compared with the same earlier one, gives
    the same bytes.

    Args:
        version: of the workbook.
        takens: what it says, once for each language.

    Returns:
        Contents by path, with `/` between folders. Files that browsers may cache have a
        content hash in their name.
    """
    built = {f"{FILES}/{path.name}": path.read_bytes() for path in sorted(shipped.STATIC.iterdir())}
    css = _named(
        "aaa", "css", (style.of_fonts("") + style.of_pages() + _own("site.css")).encode(), built
    )
    js = _named("aaa", "js", _own("site.js").encode(), built)
    for taken in takens:
        copied = Copied(taken, version)
        found = _named(f"zoek-{copied.lang}", "js", search.script(copied).encode(), built)
        parts = {"css": css, "js": js, "search": found}
        for page in pages.pages(copied):
            built[f"{copied.folder}{page.path}.html"] = layout.html(page, copied, parts)
        built |= dict(_beside(copied))
        for path, page_of in _former_names(copied).items():
            built.setdefault(path, page_of)
    facts: dict[str, object] = {
        "workbook": version.name,
        "sha256": version.sha256,
        "saved": version.stamp.moment.isoformat(timespec="seconds"),
    }
    facts[PATHS] = sorted(built)
    return built | {MARKER: json.dumps(facts, indent=2).encode()}


def _own(name: str) -> str:
    return resources("aaa.site").joinpath(name).read_text("utf-8")


def _named(name: str, ending: str, data: bytes, built: dict[str, bytes]) -> str:
    """Add a file with a content hash in its name (cache busting), and return that name."""
    path = f"{name}.{hashlib.sha256(data).hexdigest()[:10]}.{ending}"
    built[f"{FILES}/{path}"] = data
    return path


def _beside(copied: Copied) -> Iterator[tuple[str, bytes]]:
    """Return the calendars, and the table of every chart."""
    for code, feed in copied.feeds.items():
        yield f"{copied.folder}{CALENDARS}/{code}.ics", calendar.ics(copied.taken, feed)
    for name, chart in copied.taken.charts.items():
        yield f"{copied.folder}{TABLES}/{name}.csv", chart.table.csv()


def _former_names(copied: Copied) -> Mapping[str, bytes]:
    """Return a page for every other spelling of a partner's name, which leads on to the partner's
    own.
    """
    programme, found = copied.taken.whole, {}
    codes = dict(
        zip(programme.partners["partner"].map(names.key), programme.partners["code"], strict=True)
    )
    for spelling, shown in programme.spellings.items():
        code = codes.get(names.key(shown))
        if code is not None and names.code(spelling) != code:
            path = f"{copied.folder}{PARTNERS}/{names.code(spelling)}.html"
            found[path] = _leading_on(f"{code}.html", shown, copied.lang).encode()
    return found


def _leading_on(href: str, name: str, lang: str) -> str:
    """Return a page that leads on to another one."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("title", name),
        tag("meta", http_equiv="refresh", content=f"0; url={href}"),
    )
    link = tag("main", tag("h1", name), tag("p", tag("a", name, href=href)))
    return verbatim("<!doctype html>") + tag("html", head, tag("body", link), lang=lang)
