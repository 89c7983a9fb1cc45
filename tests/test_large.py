"""A programme of forty times the plan, and one of hundreds of times: every page answers, and
nothing of it is out of reach.
"""

import asyncio
import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from aaa import metrics
from aaa.exports import browser, image
from aaa.figures import large, lists
from aaa.slides import agenda
from aaa.slides.agenda import Meeting
from aaa.ui.frame import PAGES
from aaa.workbook import programme
from aaa.workbook.programme import Programme
from aaa.workbook.schema import Subject
from tests.support import large as sizes
from tests.support.books import example
from tests.support.effort import effort
from tests.support.servers import serving, viewing

REF = re.compile(r'data-choose="activiteit=([^"]+)"')


@pytest.fixture(scope="module")
def thousand() -> Programme:
    return programme.from_bytes(sizes.workbook(1000), 2025)


def judged(whole: Programme) -> pd.DataFrame:
    return metrics.activities.judged(whole.activities, whole.as_of)


def test_the_large_programme_is_one(thousand: Programme) -> None:
    assert (len(thousand.activities), len(thousand.partners)) == (1000, 60)
    assert thousand.activities["ref"].is_unique
    assert thousand.activities["theme_code"].notna().all()
    assert sizes.workbook(26) == example()


def test_a_programme_that_fits_one_list_is_drawn_whole() -> None:
    whole = programme.from_bytes(example(), 2025)
    drawn = large.timeline_of(judged(whole), whole.themes, 2025, whole.as_of, "nl")
    assert len(set(REF.findall(str(drawn.body)))) == len(whole.activities)


def test_a_large_timeline_names_every_theme_and_leads_to_every_activity(
    thousand: Programme,
) -> None:
    rows = judged(thousand)
    first = str(large.timeline_of(rows, thousand.themes, 2025, thousand.as_of, "nl").body)
    assert re.findall(r'data-choose="thema=([^"]+)"', first) == list(thousand.themes["code"])
    assert not REF.findall(first)
    seen = []
    for code in thousand.themes["code"]:
        mine = rows[rows["theme_code"] == code]
        pages = [
            str(large.timeline_of(mine, thousand.themes, 2025, thousand.as_of, "nl", page).body)
            for page in (1, 2, 3)
        ]
        assert all(len(REF.findall(page)) <= large.A_PAGE for page in pages)
        assert f"101 tot en met 200 van {len(mine)}" in pages[1]
        assert large.pages(mine, thousand.themes) == 3
        # of a file that nobody can press
        whole = str(large.timeline_of(mine, thousand.themes, 2025, thousand.as_of, "nl").body)
        assert len(REF.findall(whole)) == len(mine)
        assert 'data-choose="blad' not in whole
        seen += [ref for page in pages for ref in REF.findall(page)]
    assert sorted(seen) == sorted(rows["ref"])


def test_a_theme_of_a_large_programme_starts_with_what_comes_first_and_leads_to_the_rest(
    thousand: Programme,
) -> None:
    groups = metrics.activities.grouped(judged(thousand), thousand.themes)
    short, one, whole = (
        lists.by_theme(groups, "nl", 10),
        lists.by_theme(groups[:1], "nl", 10),
        lists.by_theme(groups, "nl"),
    )
    assert len(REF.findall(short)) == 10 * len(groups)
    for _, code, _, mine in groups:
        assert f'data-choose="thema={code}">Toon alle {len(mine)} activiteiten' in short
    assert len(REF.findall(one)) == len(groups[0][3])
    assert len(REF.findall(whole)) == 1000


def test_a_meeting_about_a_large_programme_has_slides_that_can_be_shown(
    thousand: Programme,
) -> None:
    shown = replace(thousand, activities=judged(thousand))
    slides = agenda.slides(Meeting(shown, None, "", "nl"), tuple(Subject))
    assert len(slides) < 30
    assert any(
        "En nog" in str(slide.above) for slide in slides if slide.subject is Subject.ATTENTION
    )


def test_an_image_of_a_large_programme_is_as_tall_as_what_it_shows(
    thousand: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def shot(html: str, width: int, height: int) -> bytes:
        asked.append(height)
        return b""

    monkeypatch.setattr(browser, "png", shot)
    rows = judged(thousand)
    for activities in (rows, rows[rows["theme_code"] == "veiligheid"]):
        image.png(
            large.timeline_of(activities, thousand.themes, 2025, thousand.as_of, "nl"), [], "nl"
        )
    assert asked[0] < 2_500
    assert 20_000 < asked[1] <= 30_000


def test_every_partner_is_told_apart_in_one_pass(thousand: Programme) -> None:
    rows = judged(thousand)
    each = metrics.partners.of_each(rows)
    assert len(each) == 60
    for name in thousand.partners["partner"][:10]:
        one = metrics.partners.of_partner(rows, name)
        assert (
            each[name.casefold()][["ref", "role"]].to_numpy().tolist()
            == one[["ref", "role"]].to_numpy().tolist()
        )


@pytest.mark.server
def test_every_page_of_thousands_of_activities_is_there(tmp_path: Path) -> None:
    async def visit_all(port: int) -> dict[str, str]:
        async with viewing(port) as viewer:
            said = {}
            for _, path, _ in PAGES:
                await viewer.visit(path)
                said[path] = viewer.shown()
            return said

    book = tmp_path / "aaa_2025.xlsx"
    book.write_bytes(sizes.workbook(effort(dev=4_000, ci=4_000, long=10_000)))
    with serving(book) as served:
        said = asyncio.run(visit_all(served.port))
    for path, shown in said.items():
        assert "a-fault" not in shown, path
        assert "a-title" in shown or path == "vergadering", path
    assert len(said["tijdlijn"]) < 100_000
