"""The copy as plain pages: every link leads somewhere inside it, every number is that of `python -m
aaa show --json`, and it is replaced at once.
"""

import errno
import json
import os
import re
import subprocess
import sys
import threading
from functools import cache
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html as lxml_html

from aaa import cli
from aaa.exports.summary import summarise
from aaa.exports.takeaway import takeaway
from aaa.site import building, placing
from aaa.site.copied import MENU
from aaa.words import formatting, wording
from aaa.words.texts import LANGUAGES
from tests.support.books import ACTIVITY, ROOT, SHIPPED, small
from tests.support.copies import files, taken, version, version_of
from tests.support.effort import in_ci
from tests.support.servers import wait

FIRST_PAGE = 300_000  # bytes


class Seen:
    """The links, ids, table rows and words of a page."""

    def __init__(self, html: str) -> None:
        tree = lxml_html.document_fromstring(html)
        self.links = [
            value
            for element in tree.iter()
            for name, value in element.attrib.items()
            if name in ("href", "src", "data-index")
        ]
        self.ids = [str(value) for value in tree.xpath("//@id")]
        self.rows = [
            ["".join(cell.itertext()) for cell in row if cell.tag in ("td", "th")]
            for row in tree.iter("tr")
        ]
        self.words = "".join(tree.itertext())


@cache
def page(book: str, path: str) -> Seen:
    return Seen(files(book)[path].decode("utf-8"))


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


@pytest.mark.parametrize("book", ["example", "empty", "wrong", *in_ci("shipped", "busy")])
def test_every_link_leads_to_a_file_of_the_copy(book: str) -> None:
    reached = {"index.html"}
    left = ["index.html"]
    while left:
        path = left.pop()
        for link in page(book, path).links:
            parts = urlsplit(link)
            assert not parts.scheme, f"{path}: {link}"
            assert not parts.netloc, f"{path}: {link}"
            assert not parts.path.startswith("/"), f"{path}: {link}"
            if not parts.path:
                assert parts.fragment in page(book, path).ids, f"{path}: {link}"
                continue
            found = os.path.normpath(PurePosixPath(path).parent / unquote(parts.path)).replace(
                os.sep, "/"
            )
            assert found in files(book), f"{path}: {link}"
            if found.endswith(".html") and found not in reached:
                reached.add(found)
                left.append(found)
    pages = {
        path
        for path in files(book)
        if path.endswith(".html") and b'http-equiv="refresh"' not in files(book)[path]
    }
    assert pages - reached == {path for path in pages if _only_from_a_chart_of_its_own(book, path)}


def _only_from_a_chart_of_its_own(book: str, path: str) -> bool:
    """Tell whether a page of a partner is reached by nobody, because nobody carries anything and
    the page Partners has no chart.
    """
    return "/partners/" in f"/{path}" and "partner_load" not in {
        PurePosixPath(p).stem for p in files(book) if "tabellen/" in p
    }


@pytest.mark.parametrize("book", ["example", "empty", "wrong", *in_ci("shipped", "busy")])
def test_nothing_is_left_that_only_a_server_could_answer(book: str) -> None:
    for path, data in files(book).items():
        if path.endswith(".html"):
            html = data.decode("utf-8")
            assert "data-choose" not in html, path
            assert '"@/' not in html, path
            assert "?partner=" not in html, path
            for address in re.findall(r"https?://[^\s\"'<)]+", html):
                assert address == "http://www.w3.org/2000/svg", f"{path}: {address}"


@pytest.mark.parametrize("book", ["example", "empty", "wrong", *in_ci("shipped", "busy")])
def test_every_page_is_there_in_every_language(book: str) -> None:
    for name, _ in MENU:
        for folder, lang in (("", "nl"), ("en/", "en")):
            html = files(book)[f"{folder}{name}.html"].decode("utf-8")
            assert f'<html lang="{lang}">' in html
            assert html.count("<h1>") == 1
            assert html.count("<main ") == 1
    dutch = {path for path in files(book) if path.endswith(".html") and not path.startswith("en/")}
    assert {
        path.removeprefix("en/")
        for path in files(book)
        if path.startswith("en/") and path.endswith(".html")
    } == dutch


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("book", ["example", *in_ci("shipped", "busy")])
def test_the_numbers_are_those_of_show(book: str, lang: str) -> None:
    figures = summarise(taken(book, lang).whole)
    folder = "" if lang == "nl" else f"{lang}/"

    def words(path: str) -> str:
        return plain(page(book, f"{folder}{path}.html").words)

    def rows(path: str) -> list[list[str]]:
        return [[plain(cell) for cell in row] for row in page(book, f"{folder}{path}.html").rows]

    total = plain(wording.euros(figures["budget"]["total"], lang))
    assert total in words("index")
    for amount in ("total", "gemeente", "partners"):
        assert plain(wording.euros(figures["budget"][amount], lang)) in words("begroting")
    costs = {
        row[0]: row
        for row in rows("begroting")
        if len(row) == 4 and row[0] in {line["line"] for line in figures["budget"]["lines"]}
    }
    for line in figures["budget"]["lines"]:
        assert costs[line["line"]][1:4] == [
            plain(wording.euros(line[k], lang)) for k in ("gemeente", "partners", "total")
        ]
    themes = {row[0]: row for row in rows("themas") if len(row) == 8}
    for theme in figures["themes"]:
        counts = [theme["activities"], *theme["by_status"].values()]
        assert [int(cell) for cell in themes[theme["theme"]][1:7]] == counts
    for partner in figures["partners"]:
        if partner["activities"]:
            *_, cells = (
                row
                for row in rows("partners")
                if row and row[0] == partner["partner"] and len(row) == 8
            )
            assert [int(cell) for cell in cells[1:]] == [
                *partner["by_quarter"].values(),
                partner["lead"],
                partner["takes_part"],
                partner["activities"],
            ]
    assert f"{formatting.number(len(figures['activities']), lang)}" in words("index")
    busiest = max(figures["quarters"], key=lambda quarter: figures["quarters"][quarter])
    assert f"{busiest} " in words("tijdlijn")
    assert str(figures["quarters"][busiest]) in words("tijdlijn")
    for ambition in figures["ambitions"]:
        for rung in ambition["ladder"]:
            if rung["value"] is not None:
                assert formatting.number(rung["value"], lang) in words("ambities")
    for activity, (ref, cell) in zip(figures["activities"], _activities(book), strict=True):
        told = words(f"activiteiten/{ref}")
        assert cell in told
        if activity["period"]:
            assert activity["period"] in told
        if activity["progress"] is not None:
            assert plain(wording.share(activity["progress"], lang)) in told


def _activities(book: str) -> list[tuple[str, str]]:
    return [(row.ref, row.cell) for row in version(book).programme.activities.itertuples()]


@pytest.mark.parametrize("book", ["example", *in_ci("shipped")])
@pytest.mark.parametrize("first", ["index.html", "partners/dc-terra.html", "en/index.html"])
def test_a_first_page_is_small(book: str, first: str) -> None:
    needed = [
        link for link in page(book, first).links if "bestanden/" in link and "zoek-" not in link
    ]
    paths = {os.path.normpath(PurePosixPath(first).parent / link) for link in needed}
    fonts = {path for path in files(book) if path.endswith(".woff2")}
    assert sum(len(files(book)[path]) for path in (first, *paths, *fonts)) < FIRST_PAGE


def test_the_same_version_gives_the_same_bytes() -> None:
    again = building.build(version("empty"), [taken("empty", lang) for lang in LANGUAGES])
    assert again == files("empty")


def test_errors_in_the_workbook_are_told_on_every_page() -> None:
    for path in ("index.html", "begroting.html", "partners.html"):
        assert "fouten in de werkmap: zie Controle" in page("wrong", path).words
        assert "in de werkmap: zie Controle" not in page("example", path).words


def test_an_old_name_of_a_partner_leads_to_its_page() -> None:
    html = files("example")["partners/nhl-stenden.html"].decode()
    assert 'content="0; url=thorbecke-academie-nhl-stenden.html"' in html


def test_words_from_the_workbook_stay_words() -> None:
    evil = "<script>alert(1)</script>\"'</title>&amp;</script><img src=x onerror=alert(1)>"
    rows = [
        ACTIVITY | {"Activiteit": evil, "Stand van zaken": evil, "Thema": evil, "Partners": evil}
    ]
    found = version_of(small(Activiteiten=rows))
    made = building.build(found, [takeaway(found, None, "nl")])
    for path, data in made.items():
        if path.endswith(".html"):
            html = data.decode()
            assert "<img" not in html, path
            assert html.count("<script") <= 1, path
        assert not path.startswith(("/", "..")), path
    index = next(data.decode() for path, data in made.items() if "zoek-nl" in path)
    assert "alert(1)" in index


def test_names_without_end_have_files_all_the_same(tmp_path: Path) -> None:
    long = "Samenwerking " * 40
    rows = [ACTIVITY | {"Nr": long, "Thema": long, "Partners": f"{long}; {long}nog een"}]
    found = version_of(small(Activiteiten=rows))
    placing.place(tmp_path / "kopie", building.build(found, [takeaway(found, None, "nl")]))
    # two known and two long names, and one other spelling
    assert len(list((tmp_path / "kopie" / "partners").iterdir())) == 4 + 1


def test_the_folder_is_replaced_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "kopie"
    one = {
        "index.html": b"1",
        "x/y.html": b"1",
        building.MARKER: b'{"paths": ["index.html", "x/y.html"]}',
    }
    two = {
        "index.html": b"2",
        "z/y.html": b"2",
        building.MARKER: b'{"paths": ["index.html", "z/y.html"]}',
    }
    placing.place(folder, one)
    stop, torn = threading.Event(), []

    def look() -> None:
        while not stop.is_set():
            handle = os.open(folder, os.O_RDONLY)  # as a visit holds on to one copy
            try:
                names = sorted(os.listdir(handle))
                if names not in (
                    ["aaa-kopie.json", "index.html", "x"],
                    ["aaa-kopie.json", "index.html", "z"],
                ):
                    torn.append(names)
            except FileNotFoundError:
                pass
            finally:
                os.close(handle)

    watcher = threading.Thread(target=look)
    watcher.start()
    for turn in range(100):
        placing.place(folder, two if turn % 2 == 0 else one)
    stop.set()
    watcher.join()
    # The folder that was taken away is emptied only after nobody can open it by its name; one that
    # was opened before may be seen to empty.
    assert all(set(names) < {"aaa-kopie.json", "index.html", "x", "z"} for names in torn)
    assert sorted(path.name for path in folder.iterdir()) == ["aaa-kopie.json", "index.html", "x"]
    assert [path.name for path in tmp_path.iterdir()] == ["kopie"]


def test_a_page_that_is_open_keeps_its_style_and_script_for_one_more_version(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "kopie"

    def version_of(n: int) -> dict[str, bytes]:
        mine = [f"bestanden/aaa.{n}.css", "bestanden/icon.svg"]
        return dict.fromkeys(mine, b"x") | {
            "index.html": b"x",
            building.MARKER: json.dumps({"paths": mine}).encode(),
        }

    for n in range(3):
        placing.place(folder, version_of(n))
    assert sorted(path.name for path in (folder / "bestanden").iterdir()) == [
        "aaa.1.css",
        "aaa.2.css",
        "icon.svg",
    ]


@pytest.mark.parametrize("by_file", [False, True])
def test_what_somebody_added_to_a_copy_stays_with_its_rights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by_file: bool
) -> None:
    folder = tmp_path / "kopie"

    def version_of(*paths: str) -> dict[str, bytes]:
        return dict.fromkeys(paths, b"x") | {
            building.MARKER: json.dumps({"paths": [*paths]}).encode()
        }

    placing.place(folder, version_of("index.html", "weg.html"))
    folder.chmod(0o750)
    (folder / ".htaccess").write_text("Require all granted")
    (folder / "eigen").mkdir()
    (folder / "eigen" / "brief.docx").write_bytes(b"werk")
    if by_file:
        monkeypatch.chdir(folder)  # a folder that a process stands in cannot be taken away
    placing.place(folder, version_of("index.html", "nieuw.html"))
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert found == {".htaccess", "eigen/brief.docx", "index.html", "nieuw.html", building.MARKER}
    assert folder.stat().st_mode & 0o777 == 0o750


def test_a_folder_with_somebodys_work_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "brief.docx").write_bytes(b"werk")
    with pytest.raises(placing.NotOursError):
        placing.place(tmp_path, files("example"))
    assert [path.name for path in tmp_path.iterdir()] == ["brief.docx"]
    assert cli.main(["publish", str(tmp_path), str(SHIPPED)]) == 1


def test_a_disk_that_is_full_leaves_the_old_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kopie"
    placing.place(folder, {"index.html": b"oud", building.MARKER: b"{}"})
    written = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        if self.name == "index.html":
            raise OSError(errno.ENOSPC, "No space left on device")
        return written(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        placing.place(folder, {"a.html": b"nieuw", "index.html": b"nieuw", building.MARKER: b"{}"})
    assert (folder / "index.html").read_bytes() == b"oud"
    assert [path.name for path in tmp_path.iterdir()] == ["kopie"]


def test_where_folders_cannot_change_places_files_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kopie"
    placing.place(
        folder,
        {
            "index.html": b"oud",
            "weg/x.html": b"oud",
            building.MARKER: b'{"paths": ["index.html", "weg/x.html"]}',
        },
    )
    monkeypatch.setattr(placing, "_exchanged", lambda *_: False)
    placing.place(folder, {"index.html": b"nieuw", "a/b.html": b"nieuw", building.MARKER: b"{}"})
    assert {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    } == {"index.html", "a/b.html", building.MARKER}
    assert (folder / "index.html").read_bytes() == b"nieuw"
    assert not (folder / "weg").exists()


def test_the_command_publishes_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book, folder = tmp_path / "aaa_2025.xlsx", tmp_path / "map" / "kopie"
    book.write_bytes(small())
    assert cli.main(["publish", str(folder), str(book)]) == 0
    assert f"{folder} vervangen" in capsys.readouterr().out
    assert (folder / "en" / "index.html").is_file()


def test_a_workbook_that_cannot_be_used_publishes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kapot.xlsx").write_bytes(b"geen werkmap")
    assert cli.main(["publish", str(tmp_path / "kopie"), str(tmp_path / "kapot.xlsx")]) == 2
    assert capsys.readouterr().err
    assert not (tmp_path / "kopie").exists()


@pytest.mark.server
def test_a_watched_workbook_is_published_again_when_it_is_good(tmp_path: Path) -> None:
    book, folder, said = tmp_path / "aaa_2025.xlsx", tmp_path / "kopie", tmp_path / "said"
    book.write_bytes(small())
    command = [sys.executable, "-m", "aaa", "publish", str(folder), str(book), "--watch"]
    with said.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | {"AAA_STATE": str(tmp_path / "state")},
            stdout=output,
            stderr=output,
        )

    def published(words: str) -> bool:
        return (folder / "tijdlijn.html").is_file() and words in (
            folder / "tijdlijn.html"
        ).read_text("utf-8")

    try:
        wait(lambda: published("Bouwen"), 60)
        book.write_bytes(b"kapot")
        wait(lambda: "Dit is geen Excel-werkmap" in said.read_text("utf-8"), 60)
        assert published("Bouwen")
        book.write_bytes(small(Activiteiten=[ACTIVITY | {"Activiteit": "Verbouwen tot campus"}]))
        wait(lambda: published("Verbouwen tot campus"), 60)
    finally:
        process.terminate()
        process.wait(10)
