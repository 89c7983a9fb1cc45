"""The reader of a page of the dashboard, who can press names."""

from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup

from aaa.html.reader import Reader
from aaa.html.tags import tag
from aaa.ui import address, session
from aaa.values.links import Kind, Link
from aaa.words.texts import DEFAULT


@dataclass(frozen=True)
class PageReader(Reader):
    """The reader of one page.

    Attributes:
        chosen: what the address says, as far as a calendar depends on it.
    """

    chosen: tuple[tuple[str, str], ...] = ()

    def opened(self, link: Link, inside: object) -> Markup:
        """Return words as a button that changes the address; a partner, who has a page of its own,
        as a link that can also be opened in a new tab.
        """
        choose = f"{link.kind}={link.code}"
        if link.kind is not Kind.PARTNER:
            return tag("button", inside, type="button", class_="a-open", data_choose=choose)
        language = "" if self.lang == DEFAULT else f"&{address.LANGUAGE}={self.lang}"
        return tag("a", inside, class_="a-open", href=f"?{choose}{language}", data_choose=choose)

    def calendar(self, code: str) -> Markup:
        """Return the links of a calendar: subscribe, download, copy its address."""
        path = f"agenda/{code}.ics" + (f"?{urlencode(self.chosen)}" if self.chosen else "")
        return tag(
            "p",
            tag("a", self.text("calendar.subscribe"), href=path, data_subscribe=path),
            tag("a", self.text("calendar.download"), href=path, download=True),
            copying("calendar", self.text("calendar.copy"), self, calendar=path),
            class_="a-links",
        )


def now() -> PageReader:
    """Return the reader of this run."""
    params = address.link_params()
    names = (address.LANGUAGE, address.YEAR)
    return PageReader(session.language(), tuple((n, params[n][0]) for n in names if n in params))


def copying(what: str, words: str, reader: Reader, **data: str) -> Markup:
    """Return a button that copies, and the element that confirms it.

    Args:
        what: `page`, `embed`, or the text to copy.
        words: the label of the button.
        reader: for whom.
        data: more `data-` attributes of the button.
    """
    more = {f"data_{name}": value for name, value in data.items()}
    done = reader.text("share.copied")
    button = tag(
        "button", words, type="button", class_="a-button", data_copy=what, data_done=done, **more
    )
    return tag("span", button, tag("span", role="status"), class_="a-copy")
