"""What a page of the copy is, and what all pages are made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
from markupsafe import Markup

from aaa import metrics
from aaa.exports import calendar
from aaa.exports.calendar import Feed
from aaa.exports.takeaway import Takeaway
from aaa.figures.chart import Chart
from aaa.html.reader import Reader
from aaa.html.tags import tag
from aaa.store.source import Version
from aaa.values import names
from aaa.values.links import Kind, Link
from aaa.words.texts import DEFAULT

# The pages in the menu: file, and the message that names them. The meeting and what a lead does
# need a server, so that they are not copied.
MENU = (
    ("index", "page.overview"),
    ("tijdlijn", "page.timeline"),
    ("themas", "page.themes"),
    ("partners", "page.partners"),
    ("begroting", "page.budget"),
    ("ambities", "page.ambitions"),
    ("programma", "page.programme"),
    ("wijzigingen", "page.changes"),
    ("controle", "page.check"),
)
# folders
PARTNERS, ACTIVITIES, CALENDARS, TABLES, FILES = (
    "partners",
    "activiteiten",
    "agenda",
    "tabellen",
    "bestanden",
)


@dataclass(frozen=True)
class Copied:
    """One programme in one language, as it is copied.

    Attributes:
        taken: the programme, judged.
        version: of the workbook.
    """

    taken: Takeaway
    version: Version

    @property
    def lang(self) -> str:
        """Return the language of the pages."""
        return self.taken.lang

    @property
    def folder(self) -> str:
        """Return the folder of the language, ending in `/`; empty for the default one."""
        return "" if self.lang == DEFAULT else f"{self.lang}/"

    def text(self, key: str, n: int | None = None, **values: object) -> str:
        """Return a message in the language of the pages."""
        return self.taken.text(key, n, **values)

    def reader(self, path: str) -> "CopyReader":
        """Return the reader of a page, by its path below the folder of its language."""
        return CopyReader(self.lang, self.folder, "../" * f"{self.folder}{path}".count("/"))

    def of_partner(self, name: str) -> pd.DataFrame:
        """Return the activities of a partner with its role in each, in the order of the
        workbook.
        """
        return self._of_each.get(names.key(name), self._of_nobody)

    @cached_property
    def _of_each(self) -> Mapping[str, pd.DataFrame]:
        return metrics.partners.of_each(self.taken.whole.activities)

    @cached_property
    def _of_nobody(self) -> pd.DataFrame:
        return self.taken.whole.activities.head(0).assign(role="")

    @cached_property
    def feeds(self) -> Mapping[str, Feed]:
        """Return every calendar by its code."""
        return calendar.feeds(self.taken)


@dataclass(frozen=True)
class CopyReader(Reader):
    """The reader of a page of the copy. Every address is relative, so that the copy works from any
    folder, a file share or another site.

    Attributes:
        folder: of the language, ending in `/`; empty for the default one.
        up: the way from the page to the top of the copy.
    """

    folder: str
    up: str

    def to(self, path: str) -> str:
        """Return the way to a file in the folder of the language."""
        return f"{self.up}{self.folder}{path}"

    def opened(self, link: Link, inside: object) -> Markup:
        """Return words as a link to the page of what they open."""
        pages = {
            Kind.ACTIVITY: f"{ACTIVITIES}/{link.code}.html",
            Kind.PARTNER: f"{PARTNERS}/{link.code}.html",
            Kind.THEME: f"themas.html#thema-{link.code}",
        }
        return tag("a", inside, class_="a-open", href=self.to(pages[link.kind]))

    def calendar(self, code: str) -> Markup:
        """Return a link to a calendar."""
        words, href = self.text("calendar.download"), self.to(f"{CALENDARS}/{code}.ics")
        return tag("p", tag("a", words, href=href, download=True), class_="a-links")

    def table(self, chart: Chart) -> str:
        """Return the way to the table of a chart as a file."""
        return self.to(f"{TABLES}/{chart.name}.csv")


@dataclass(frozen=True)
class Page:
    """One page: its path below the folder of its language, without extension; the name of its
    kind, its title, and its HTML.
    """

    path: str
    name: str
    title: str
    body: Markup
