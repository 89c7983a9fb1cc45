"""What docs/security.md promises, tried: words from the workbook stay words, addresses lead nowhere
else, and nobody does what is not theirs.
"""

import ast
import asyncio
import csv
import datetime as dt
import functools
import http.client
import io
import json
import re
import subprocess
import time
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import websockets
from icalendar import Calendar
from lxml import html as lxml_html
from openpyxl import load_workbook
from pptx import Presentation
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.typing import Origin, Subprotocol

from aaa.exports import calendar, deck, making, report
from aaa.exports.takeaway import Takeaway, takeaway
from aaa.figures import plot
from aaa.figures.bars import Bars
from aaa.history.meetings import Since
from aaa.html import bars as html_bars
from aaa.html import charts as html_charts
from aaa.server import connections
from aaa.site import building
from aaa.store import gate
from aaa.ui.frame import PAGES
from aaa.ui.reader import PageReader
from aaa.values.links import PROGRAMME
from aaa.words.texts import DEFAULT, LANGUAGES
from aaa.workbook import package
from tests.support import code, poison, servers
from tests.support.books import ROOT, example
from tests.support.copies import version
from tests.support.effort import effort, in_ci
from tests.support.servers import STREAMLIT, Asked, Served, viewing

NOON = dt.datetime(2025, 10, 1, 12)
TRACKED = subprocess.run(
    ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
).stdout.split("\0")[:-1]


@functools.cache
def taken(lang: str) -> Takeaway:
    return takeaway(
        version("poisoned"),
        Since(version("example"), f"juni {poison.IN_NAME}", None, as_asked=True),
        lang,
    )


def test_the_poisoned_year_can_be_used() -> None:
    """Else nothing below would be tried."""
    programme = taken("nl").whole
    assert len(programme.activities) == 26 + 1  # the row of which nothing can be made
    assert programme.activities["title"].str.contains("<script>", regex=False).all()
    assert programme.partners["partner"].str.contains("onerror", regex=False).all()
    assert (programme.activities["leads"].map(len) > 0).any()
    assert poison.IN_NAME in programme.name
    assert programme.partners["website"].str.contains("javascript:").sum() > 5
    assert "\n" in " ".join(programme.activities["note"].dropna())
    assert programme.activities["theme_code"].iloc[:26].notna().all()


# ---- words stay words

_RUNS = ("script", "iframe", "object", "embed", "base", "form")
_PAYLOAD = re.compile(rf"window\.{poison.MARK}")


def harmless(html: str, own_scripts: tuple[str, ...] = ()) -> None:
    """Check that no element or attribute of some HTML came from the workbook, nor a link that
    leaves.
    """
    tree = lxml_html.fromstring(f"<div>{html}</div>")
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        text = element.text or ""
        if element.tag in _RUNS:
            assert not _PAYLOAD.search(text) or text in own_scripts, text[:200]
        for name, value in element.attrib.items():
            assert not name.startswith("on"), (element.tag, name, value[:100])
            if name in (
                "href",
                "src",
                "action",
                "formaction",
                "xlink:href",
                "srcset",
                "data-subscribe",
            ):
                assert not re.match(r"\s*(javascript|vbscript|data:text)", value, re.IGNORECASE), (
                    value[:100]
                )
                assert "boef.example" not in value or element.get("rel") == "noopener", (
                    element.tag,
                    value[:100],
                )
        if element.tag == "img":
            assert element.get("src") != "x"


@pytest.mark.parametrize("lang", [DEFAULT, *in_ci("en")])
def test_the_copy_holds_nothing_that_runs(lang: str) -> None:
    built = building.build(version("poisoned"), [taken(lang)])
    pages = [data.decode() for path, data in built.items() if path.endswith(".html")]
    assert len(pages) > 60
    for page in pages:
        harmless(page)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_report_holds_nothing_that_runs(lang: str) -> None:
    harmless(report.html(taken(lang)))


@pytest.mark.parametrize("dark", [False, True])
def test_every_chart_holds_nothing_that_runs(dark: bool) -> None:
    """Plotly reads a few tags in its texts
    (https://plotly.com/chart-studio-help/adding-HTML-and-links-to-charts): none may come from the
    workbook.
    """
    for name, chart in taken("nl").charts.items():
        harmless(html_charts.drawing(chart, PageReader("nl")))
        if isinstance(chart.body, Bars):
            harmless(html_bars.key(chart.bars))
            sent = plot.figure(chart.bars, "nl", dark).to_json().replace("\\u003c", "<")
            for tag in ("<img", "<script", "<a "):
                assert tag not in sent, (name, tag)


def test_no_cell_of_a_file_taken_home_is_a_formula() -> None:
    book = load_workbook(io.BytesIO(making.file("figures.xlsx", taken("nl"))))
    cells = [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    ]
    assert sum("HYPERLINK" in cell.value for cell in cells) > 3
    # but the sums below tables, in which nothing comes from the workbook
    formulas = [str(cell.value) for cell in cells if cell.data_type == "f"]
    assert formulas
    ours = re.compile(r"=SUBTOTAL\(109,([A-Z]+)\d+:\1\d+\)")
    assert [formula for formula in formulas if not ours.fullmatch(formula)] == []
    assert not [
        cell.coordinate
        for cell in cells
        if cell.hyperlink is not None
        and not (cell.hyperlink.target or "https://").startswith("https://")
    ]
    for name, chart in taken("nl").charts.items():
        for row in csv.reader(io.StringIO(chart.table.csv().decode("utf-8-sig")), delimiter=";"):
            for cell in row:
                assert not cell.lstrip().startswith(("=", "+", "@")), (name, cell[:60])
                assert not re.match(r"\s*-[^\d]", cell), (name, cell[:60])


def test_slides_hold_words_and_no_links() -> None:
    data = deck.pptx(taken("nl"))
    shown = Presentation(io.BytesIO(data))
    texts = []
    for slide in shown.slides:
        for relation in slide.part.rels.values():
            assert not relation.is_external, relation.target_ref
        texts += [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert not [
            name for name in parts.namelist() if "vba" in name.lower() or "activex" in name.lower()
        ]
    assert any(poison.IN_NAME in text for text in texts)


def test_a_calendar_gets_no_lines_of_its_own() -> None:
    found = calendar.feeds(taken("nl"))
    for feed in (found[PROGRAMME], *list(found.values())[1:8]):
        made = Calendar.from_ical(calendar.ics(taken("nl"), feed))
        assert {part.name for part in made.walk()} <= {
            "VCALENDAR",
            "VEVENT",
            "VTIMEZONE",
            "STANDARD",
            "DAYLIGHT",
        }
        assert not [part for part in made.walk("VEVENT") if "ATTACH" in part or "VALARM" in part]


# ---- the server


@pytest.fixture(scope="module")
def poisoned(serve: Callable[[str], Served]) -> Served:
    return serve("poisoned")


def _shown(messages: list[ForwardMsg]) -> Iterator[tuple[str, str]]:
    """Yield what a page puts on screen: the kind of element, and its HTML or words."""
    for message in messages:
        if message.WhichOneof("type") != "delta":
            continue
        element = message.delta.new_element
        kind = (
            element.WhichOneof("type")
            if message.delta.WhichOneof("type") == "new_element"
            else message.delta.add_block.WhichOneof("type")
        )
        if kind == "html":
            yield kind, element.html.body
        elif kind == "bidi_component":
            data = json.loads(element.bidi_component.json)
            yield from (
                (kind, part)
                for part in ([data["html"]] if "html" in data else [*data["slides"], data["facts"]])
            )
        elif kind == "markdown":
            yield kind, element.markdown.body
        elif kind in ("popover", "dialog"):
            block = getattr(message.delta.add_block, kind)
            yield kind, block.label if kind == "popover" else block.title


@pytest.mark.server
@pytest.mark.parametrize("query", ["", "taal=en"])
def test_every_page_holds_nothing_that_runs_and_no_markdown_of_the_workbook(
    poisoned: Served, query: str
) -> None:
    async def look() -> list[tuple[str, list[ForwardMsg]]]:
        async with viewing(poisoned.port) as viewer:
            found = []
            for _, path, _ in PAGES:
                await viewer.visit(path, query)
                found.append((path, viewer.seen))
            for path, more in (
                ("tijdlijn", "activiteit=1-1"),
                ("partners", "partner=dc-terra-img-src-x-onerror-window-pwned-1"),
                ("", f"jaar={poison.IN_NAME}"),
            ):
                await viewer.visit(path, f"{query}&{more}" if query else more)
                found.append((f"{path}?{more}", viewer.seen))
            return found

    poisoned_words = 0
    for path, messages in asyncio.run(look()):
        for kind, words in _shown(messages):
            if kind in ("html", "bidi_component"):
                harmless(words)
                poisoned_words += "onerror" in words
            else:  # read as markdown, with links, colours and formulas
                assert poison.MARK not in words, (path, kind, words[:200])
    assert poisoned_words > 20
    assert not [event for event in poisoned.events() if event["level"] == "error"]


@pytest.mark.server
def test_the_first_contents_hold_nothing_that_runs(poisoned: Served) -> None:
    for path in ("/", "/?taal=en", "/partners?partner=dc-terra-img-src-x-onerror-window-pwned-1"):
        page = Asked(poisoned.port, path)
        assert "onerror" in page.text, path
        harmless(page.text)


ODD = (
    "../../../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/passwd", "file:///etc/passwd",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "a\x00b", "\u0660\u0661\u0662",
    "\u00b2", "9" * 5000, "-1", "0", "1e9", "nan", "' OR 1=1 --", "{{7*7}}", "${7*7}",
    "<script>alert(1)</script>", "\ud7ff", "a" * 20_000,
    "\r\nSet-Cookie: a=b", "",
)  # fmt: skip
PARAMETERS = (
    "taal",
    "thema",
    "partner",
    "status",
    "kwartaal",
    "per",
    "activiteit",
    "jaar",
    "blad",
    "sinds",
    "tot",
    "dia",
    "dias",
    "wissel",
    "embed",
    "onzin",
)


@pytest.mark.server
def test_no_parameter_leads_anywhere_else_or_makes_a_page_fail(poisoned: Served) -> None:
    async def look() -> None:
        async with viewing(poisoned.port) as viewer:
            for name in PARAMETERS:
                for odd in ODD:
                    await viewer.visit(
                        (
                            "vergadering"
                            if name.startswith(("dia", "wissel"))
                            else "wijzigingen"
                            if name in ("sinds", "tot")
                            else "tijdlijn"
                        ),
                        f"{name}={quote(odd)}",
                    )
                    assert "a-fault" not in viewer.shown(), (name, odd[:40])
                    assert "root:" not in viewer.shown()

    asyncio.run(look())
    for name in PARAMETERS:
        for odd in ODD:
            answer = Asked(poisoned.port, f"/?{name}={quote(odd)[:8000]}")
            assert answer.status == 200, (name, odd[:40])
            assert "set-cookie" not in {key.lower() for key in answer.headers} or "a=b" not in str(
                answer.headers
            )
            harmless(answer.text)
    assert not [event for event in poisoned.events() if event["level"] == "error"]


PATHS = (
    "/agenda/{odd}.ics", "/app/static/{odd}", "/app/{odd}", "/media/{odd}", "/component/{odd}",
    "/_stcore/bidi-components/{odd}", "/static/{odd}", "/{odd}",
    "/_stcore/upload_file/{odd}/{odd}", "/api/{odd}",
)  # fmt: skip
FILES = (
    "../dashboard.py", "../script.py", "..%2fdashboard.py", "%2e%2e/%2e%2e/etc/passwd",
    "..%2f..%2f..%2f..%2f..%2fetc%2fpasswd", "....//dashboard.py", "..%5c..%5cdashboard.py",
    "/etc/passwd", "%00", ".streamlit/secrets.toml", "..%2f.streamlit%2fconfig.toml",
    "..%2fdata%2faaa_2025.xlsx", "..;/dashboard.py",
)  # fmt: skip


@pytest.mark.server
@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_to_a_file_of_the_server(poisoned: Served, path: str) -> None:
    for odd in FILES:
        answer = Asked(poisoned.port, path.format(odd=odd))
        assert answer.status < 500, (path, odd)
        for secret in (
            "root:x:",
            "frame.begin()",
            "application.options()",
            "enableStaticServing",
            "[publish]",
        ):
            assert secret not in answer.text, (path, odd)
        assert not answer.body.startswith(b"PK"), (path, odd)


@pytest.mark.server
def test_a_file_is_not_sent_by_a_stranger_nor_one_that_is_too_large(poisoned: Served) -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert settings["server"]["maxUploadSize"] * 2**20 == package.MAX_BYTES
    for method in ("PUT", "POST"):
        connection = http.client.HTTPConnection("127.0.0.1", poisoned.port, timeout=10)
        connection.request(method, "/_stcore/upload_file/some-session/some-file", body=bytes(2000))
        assert connection.getresponse().status in (403, 405)
        connection.close()


@pytest.mark.server
def test_another_site_opens_no_websocket(poisoned: Served) -> None:
    async def connect(origin: str) -> int:
        address = f"ws://127.0.0.1:{poisoned.port}/_stcore/stream"
        try:
            async with websockets.connect(address, subprotocols=[STREAMLIT], origin=Origin(origin)):
                return 101
        except websockets.InvalidStatus as refused:
            return refused.response.status_code

    here = f"http://127.0.0.1:{poisoned.port}"
    assert asyncio.run(connect(here)) == 101
    for foreign in (
        "https://boef.example",
        "null",
        "http://127.0.0.1.boef.example",
        "http://boef.example/http://127.0.0.1",
    ):
        assert asyncio.run(connect(foreign)) == 403, foreign


def test_no_page_makes_the_server_ask_another_one_for_its_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def asked(*_: object, **__: object) -> None:
        pytest.fail("asked outside")

    monkeypatch.setattr("streamlit.net_util._make_blocking_http_get", asked)
    options = {
        "server.enableCORS": True,
        "server.corsAllowedOrigins": [],
        "browser.serverAddress": "localhost",
    }
    monkeypatch.setattr("streamlit.get_option", lambda name: options[name])
    assert connections.origin_allowed(None, "dashboard.example.org")
    assert connections.origin_allowed("https://dashboard.example.org", "dashboard.example.org")
    for foreign in (
        "https://boef.example",
        "null",
        "",
        "https://dashboard.example.org.boef.example",
        "https://dashboard.example.org:444",
        "http://[",
        "http://[::1",
    ):
        assert not connections.origin_allowed(foreign, "dashboard.example.org"), foreign
    options["server.corsAllowedOrigins"] = ["https://dashboard.example.org"]
    assert connections.origin_allowed("https://dashboard.example.org", "10.0.0.4:8501")
    assert not connections.origin_allowed("https://boef.example", "10.0.0.4:8501")
    options["server.enableCORS"] = False
    assert connections.origin_allowed("https://boef.example", "10.0.0.4:8501")


@pytest.mark.server
def test_a_page_sends_no_more_than_a_page_does(poisoned: Served) -> None:
    """Else a stranger fills the memory, a message at a time."""

    async def send(length: int) -> int | None:
        async with viewing(poisoned.port) as viewer:
            await viewer.visit("")
            ask = servers.BackMsg()
            ask.rerun_script.query_string = "x" * length
            try:
                await viewer.send(ask)
            except websockets.ConnectionClosed as closed:
                return closed.rcvd.code if closed.rcvd else None
            return 0

    before = poisoned.memory()
    assert asyncio.run(send(connections.LARGEST // 2)) == 0
    for _ in range(10):
        assert asyncio.run(send(20 * 2**20)) == 1009
    assert poisoned.memory() - before < 150
    assert Asked(poisoned.port, "/api/health").status == 200


@pytest.mark.server
def test_nobody_chooses_the_name_of_a_session(poisoned: Served) -> None:
    async def connect(*wanted: str) -> str:
        address = f"ws://127.0.0.1:{poisoned.port}/_stcore/stream"
        async with websockets.connect(
            address,
            subprotocols=[STREAMLIT, *map(Subprotocol, wanted)],
            origin=Origin(poisoned.address),
            max_size=None,
        ) as connection:
            viewer = servers.Viewer(connection)
            await viewer.visit("")
            return next(
                message.new_session.initialize.session_id
                for message in viewer.seen
                if message.WhichOneof("type") == "new_session"
            )

    first, second = (
        asyncio.run(connect()),
        asyncio.run(connect("no-token", "11111111-2222-3333-4444-555555555555")),
    )
    assert len({first, second, "11111111-2222-3333-4444-555555555555"}) == 3
    assert first not in str(Asked(poisoned.port, "/").headers)


@pytest.mark.server
def test_nobody_publishes_by_asking_for_what_is_not_on_the_page(tmp_path: Path) -> None:
    """A press that no page offered is not done, whatever a program sends; wrong passwords do not
    add up to more tries.
    """
    book, secrets = tmp_path / "aaa_2025.xlsx", tmp_path / "secrets.toml"
    book.write_bytes(example())
    secrets.write_text(f'[publish]\npassword = "{gate.hashed("een lang wachtwoord")}"\n')

    async def press(port: int) -> str:
        async with viewing(port) as viewer:
            await viewer.visit("bijwerken")
            offered = viewer.shown()
            ask = servers.BackMsg()
            ask.rerun_script.page_name = "bijwerken"
            for key in ("publish", "sign_out", "lead", "upload_0"):
                state = ask.rerun_script.widget_states.widgets.add()
                state.id, state.trigger_value = f"$$ID-0123456789abcdef-{key}", True
            await viewer.send(ask)
            return offered + viewer.shown()

    with servers.serving(book, variables={"STREAMLIT_SECRETS_FILES": str(secrets)}) as served:
        shown = asyncio.run(press(served.port))
        assert "Wachtwoord" in shown
        assert "file_uploader" not in shown
        assert "scrypt" not in shown
        assert book.read_bytes() == example()
        assert not [event for event in served.events() if event["event"] == "workbook published"]


# ---- regular expressions


@pytest.fixture(scope="module")
def patterns() -> list[tuple[str, str | bytes, int]]:
    """Return every regular expression that stands in the program: where, what, and its flags."""
    found: list[tuple[str, Any, int]] = []
    for path in code.MODULES:
        for node in code.nodes(path):
            if not (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and ast.unparse(node.func.value) == "re"
                and node.args
            ):
                continue
            if node.func.attr in (
                "compile",
                "sub",
                "search",
                "match",
                "fullmatch",
                "findall",
                "split",
                "finditer",
            ) and isinstance(node.args[0], ast.Constant):
                flags = " ".join(
                    ast.unparse(argument)
                    for argument in (*node.args[1:], *(keyword.value for keyword in node.keywords))
                )
                value = sum(
                    getattr(re, name)
                    for name in ("DOTALL", "IGNORECASE", "VERBOSE", "MULTILINE")
                    if f"re.{name}" in flags
                )
                found.append((code.place(path, node), node.args[0].value, value))
    return found


def test_every_regular_expression_is_found(patterns: list[tuple[str, str | bytes, int]]) -> None:
    mentions = sum(
        len(
            re.findall(
                r"\bre\.(?:compile|sub|search|match|fullmatch|findall|split|finditer)\(",
                path.read_text("utf-8"),
            )
        )
        for path in (ROOT / "aaa").rglob("*.py")
    )
    assert len(patterns) > 40
    assert mentions - len(patterns) <= 6  # those put together out of parts, which are named below


def test_no_text_makes_a_regular_expression_slow(
    patterns: list[tuple[str, str | bytes, int]],
) -> None:
    assert [
        slow for where, pattern, flags in patterns if (slow := _slow(where, pattern, flags))
    ] == []


# letters of an expression of which every two are repeated
PAIRED = effort(dev=6, ci=8, long=14)


def _slow(where: str, pattern: str | bytes, flags: int) -> str | None:
    """Return what makes an expression slow, or None.

    Of many texts that repeat what the expression looks for and then fail, none may take more than
    in proportion to its length.
    """
    plain = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
    signs = sorted(set(re.sub(r"\\[a-zA-Z]", "", plain)) - set("()[]{}?*+|^$\\")) or ["a"]
    pieces = {
        *signs,
        *(a + b for a in signs[:PAIRED] for b in signs[:PAIRED]),
        *" a1Q-/.<&;=\t\n\"'é",
        *(f"{a}{b}{c}" for a in "<Q1" for b in " a1" for c in "=->"),
    }
    words = set(re.findall(r"[\w<=\"':-]{2,}", plain))
    compiled: re.Pattern[Any] = re.compile(pattern, flags)

    def seconds(text: str) -> float:
        subject = text.encode("utf-8") if isinstance(pattern, bytes) else text
        start = time.process_time()
        for match in (compiled.search, compiled.fullmatch):
            match(subject)
        return time.process_time() - start

    def quickest(text: str) -> float:
        return min(seconds(text) for _ in range(3))

    for piece in sorted(pieces | words):
        for before in ("", *sorted(words)[:3]):
            short = before + piece * (2000 // len(piece)) + "\x01"
            longer = before + piece * (4000 // len(piece)) + "\x01"
            if (took := seconds(short)) > 0.005 and seconds(longer) > 0.02:
                longest = before + piece * (16_000 // len(piece)) + "\x01"
                if (times := quickest(longest) / quickest(longer)) >= 8:
                    return (
                        f"{where}: four times as long takes {times:.0f} times as long: {before!r}"
                        f" and {piece!r} again and again"
                    )
            if took >= 0.5:
                return (
                    f"{where}: {took:.1f} s for 2,000 letters: {before!r} and {piece!r} again and"
                    " again"
                )
    return None


# ---- the repository


def test_nothing_secret_is_in_the_repository() -> None:
    secret = re.compile(
        r"-----BEGIN (?:RSA |EC |OPENSSH )?PRIVATE"
        r" KEY-----\s+[A-Za-z0-9+/]{20}|AKIA[0-9A-Z]{16}|ghp_[A-Za-z0-9]{30}|xox[bp]-[0-9]"
        r"|scrypt\$\d+\$\d+\$\d+\$[\w=-]{20,}\$[\w=-]{30,}"
    )
    for name in TRACKED:
        path = ROOT / name
        if path.is_file() and path.suffix not in (".png", ".woff2", ".xlsx"):
            assert not secret.search(path.read_text("utf-8", "replace")), name
    assert ".streamlit/secrets.toml" not in TRACKED
    assert not [name for name in TRACKED if name.endswith((".pem", ".key", ".p12", ".pfx"))]
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert ".streamlit/secrets.toml" in ignored
