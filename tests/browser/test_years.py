"""A lead goes from 2025 to 2027 in the browser, with LibreOffice saves between."""

import datetime as dt
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from aaa import metrics
from aaa.store import source
from aaa.store.origin import File
from aaa.store.source import Version
from aaa.values.finding import Severity
from aaa.writing.editing import Editor
from tests.browser.test_publishing import choose, publishing, sign_in
from tests.support import libreoffice
from tests.support.books import SHIPPED
from tests.support.browsers import SOON, pages
from tests.support.servers import Asked

pytestmark = pytest.mark.office
NOW = dt.datetime(2025, 12, 1, 10, 0, tzinfo=dt.UTC)


def version(path: Path, state: Path) -> Version:
    """Return a workbook as the server knows it."""
    origin = File(path)
    return source.load(origin, source.archive(origin, {source.STATE: str(state)}))


def typed(data: bytes, folder: Path, cells: dict[tuple[str, str], object], known: Version) -> bytes:
    """Return a workbook in which a lead typed values, saved by LibreOffice.

    Args:
        data: the workbook.
        folder: for LibreOffice.
        cells: by the number of an activity and the English name of a column.
        known: the same workbook, read.
    """
    editor, place = Editor(data), known.programme.places["activities"]
    rows = dict(
        zip(known.programme.activities["nr"], known.programme.activities["row"], strict=True)
    )
    for (nr, column), value in cells.items():
        editor.put(place.title, place.cell(rows[nr], column), value)  # type: ignore[arg-type]
    return libreoffice.saved(editor.content(NOW), folder)


def slips(found: Version) -> dict[str, int]:
    """Return the slip in quarters of the activities that have one, by their code."""
    programme = found.programme
    judged = metrics.activities.judged(programme.activities, programme.as_of)
    late = judged.dropna(subset="slip")
    return dict(zip(late["ref"], late["slip"].astype(int), strict=True))


def new_year(lead: Page, path: Path, state: Path) -> Version:
    """Put the workbook of a new year beside the present one, which has no warning."""
    year = path.stem.removeprefix("aaa_")
    lead.get_by_role("button", name=f"Zet de werkmap van {year} ernaast").first.click()
    expect(lead.get_by_text(f"{path.name} staat nu naast")).to_be_visible(timeout=SOON)
    found = version(path, state)
    assert [one for one in found.programme.findings if one.severity > Severity.INFO] == []
    return found


def test_two_years_go_by_and_nothing_is_lost(profile: BrowserContext, tmp_path: Path) -> None:
    profile.clear_cookies()
    state = tmp_path / "state"
    with publishing(tmp_path, state) as (path, served), pages(profile, served.address) as start:
        scratch = tmp_path / "office"
        scratch.mkdir()
        path.write_bytes(SHIPPED.read_bytes())
        first = version(path, state)
        numbers = first.programme.activities["nr"].tolist()
        done, dropped, late, other = numbers[:4]
        refs = dict(zip(numbers, first.programme.activities["ref"], strict=True))

        # 2025 in use: a save by LibreOffice, published in the browser
        lead = start("/bijwerken")
        sign_in(lead)
        cells = {
            (done, "status"): "Afgerond", (done, "finished_on"): dt.date(2025, 6, 12),
            (dropped, "status"): "Vervallen",
            (late, "period"): "Q2", (late, "forecast"): "Q1 2026", (late, "status"): "Loopt",
            (other, "period"): "Q3", (other, "status"): "Loopt",
        }  # fmt: skip
        choose(lead, typed(path.read_bytes(), scratch, cells, first))
        lead.get_by_role("button", name="Publiceren").click()
        expect(lead.get_by_text("Iedereen ziet deze versie nu")).to_be_visible(timeout=SOON)
        of_2025 = path.read_bytes()
        before = slips(version(path, state))
        assert before[refs[late]] == 3

        # the first new year
        next_path = tmp_path / "aaa_2026.xlsx"
        following = new_year(lead, next_path, state)
        assert slips(following)[refs[late]] == 3
        assert refs[done] not in set(following.programme.activities["ref"])

        # 2026 in use: two numbers are swapped and an end moves again
        moved = {
            (late, "nr"): other, (other, "nr"): late,
            (late, "period"): "Q1 2026", (late, "forecast"): "Q2 2027", (late, "status"): "Loopt",
            (other, "period"): "Q4",
        }  # fmt: skip
        lead.goto(f"{served.address}/controle?jaar=2026")  # the server knows the fresh year now
        expect(lead.get_by_text("Asser Ambitie Agenda 2026").first).to_be_visible(timeout=SOON)
        next_path.write_bytes(typed(next_path.read_bytes(), scratch, moved, following))
        expect(lead.get_by_text("bijgewerkt").first).to_be_visible(timeout=SOON)
        swapped = version(next_path, state)
        of_2026 = next_path.read_bytes()
        names = dict(
            zip(
                swapped.programme.activities["nr"], swapped.programme.activities["ref"], strict=True
            )
        )
        assert (names[other], names[late]) == (refs[late], refs[other])
        assert slips(swapped)[refs[late]] == 8

        # the second new year
        lead.goto(f"{served.address}/bijwerken?jaar=2026")
        last = new_year(lead, tmp_path / "aaa_2027.xlsx", state)
        assert slips(last)[refs[late]] == 8
        assert last.programme.since[refs[late]] == 2025
        assert set(last.programme.activities["ref"]) <= set(refs.values())

        # no year is lost; old links and calendars answer
        assert (path.read_bytes(), next_path.read_bytes()) == (of_2025, of_2026)
        reader = start(f"/tijdlijn?activiteit={refs[done]}")
        expect(reader.get_by_role("dialog")).to_contain_text(f"Activiteit {done}", timeout=SOON)
        expect(reader.get_by_role("dialog")).to_contain_text("plan 2025")
        assert "jaar=2025" in reader.url
        for year in ("", "?jaar=2025", "?jaar=2026", "?jaar=2027"):
            answer = Asked(served.port, f"/agenda/programma.ics{year}")
            assert answer.status == 200
            if year != "?jaar=2025":
                assert f"aaa-2025-activiteit-{refs[late]}@" in answer.text
