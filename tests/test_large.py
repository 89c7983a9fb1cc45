"""A programme of forty times the plan, and one of hundreds of times: every page answers, and
nothing of it is out of reach.
"""

import asyncio
import re
from pathlib import Path

import pytest

from aaa import metrics
from aaa.exports import browser, image
from aaa.figures import timeline
from aaa.html import charts, lists
from aaa.metrics import rows, selection
from aaa.metrics.selection import Selection
from aaa.slides import agenda
from aaa.stories.every import Telling
from aaa.ui.frame import PAGES
from aaa.ui.reader import PageReader
from aaa.workbook import programme
from aaa.workbook.programme import Programme
from aaa.workbook.schema import Subject
from tests.support import large as sizes
from tests.support.books import example, judged
from tests.support.effort import effort
from tests.support.servers import serving, viewing

REF = re.compile(r'data-choose="activiteit=([^"]+)"')


@pytest.fixture(scope="module")
def thousand() -> Programme:
    return programme.from_bytes(sizes.workbook(1000), 2025)


def timeline_of(shown: Programme, page: int | None = None) -> str:
    return charts.drawing(timeline.chart(shown, "nl", page), PageReader("nl"))


def of_theme(whole: Programme, code: str) -> Programme:
    return judged(selection.apply(whole, Selection(themes=(code,))))


def test_the_large_programme_is_one(thousand: Programme) -> None:
    assert (len(thousand.activities), len(thousand.partners)) == (1000, 60)
    assert thousand.activities["ref"].is_unique
    assert thousand.activities["theme_code"].notna().all()
    assert sizes.workbook(26) == example()


def test_a_programme_that_fits_one_list_is_drawn_whole() -> None:
    whole = programme.from_bytes(example(), 2025)
    assert len(set(REF.findall(timeline_of(judged(whole))))) == len(whole.activities)


def test_a_large_timeline_names_every_theme_and_leads_to_every_activity(
    thousand: Programme,
) -> None:
    first = timeline_of(judged(thousand))
    assert re.findall(r'data-choose="thema=([^"]+)"', first) == list(thousand.themes["code"])
    assert not REF.findall(first)
    seen = []
    for code in thousand.themes["code"]:
        mine = of_theme(thousand, code)
        of = len(mine.activities)
        pages = [timeline_of(mine, page) for page in (1, 2, 3)]
        assert all(len(REF.findall(page)) <= timeline.A_PAGE for page in pages)
        assert f"101 tot en met 200 van {of}" in pages[1]
        assert timeline_of(mine, 4) == pages[2]
        # of a file that nobody can press
        whole = timeline_of(mine)
        assert len(REF.findall(whole)) == of
        assert 'data-choose="blad' not in whole
        seen += [ref for page in pages for ref in REF.findall(page)]
    assert sorted(seen) == sorted(thousand.activities["ref"])


def test_a_theme_of_a_large_programme_starts_with_what_comes_first_and_leads_to_the_rest(
    thousand: Programme,
) -> None:
    groups, reader = rows.grouped(judged(thousand)), PageReader("nl")
    short, one, whole = (
        lists.by_theme(groups, reader, 10),
        lists.by_theme(groups[:1], reader, 10),
        lists.by_theme(groups, reader),
    )
    assert len(REF.findall(short)) == 10 * len(groups)
    for group in groups:
        of = len(group.activities)
        assert f'data-choose="thema={group.code}">Toon alle {of} activiteiten' in short
    assert len(REF.findall(one)) == len(groups[0].activities)
    assert len(REF.findall(whole)) == 1000


def test_a_meeting_about_a_large_programme_has_slides_that_can_be_shown(
    thousand: Programme,
) -> None:
    shown = judged(thousand)
    slides = agenda.slides(Telling(shown, shown, None, "", None, "nl"), tuple(Subject))
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
    for shown in (judged(thousand), of_theme(thousand, "veiligheid")):
        image.png(timeline.chart(shown, "nl"), [], "nl")
    assert asked[0] < 2_500
    assert 20_000 < asked[1] <= 30_000


def test_every_partner_is_told_apart_in_one_pass(thousand: Programme) -> None:
    activities = judged(thousand).activities
    each = metrics.partners.of_each(activities)
    assert len(each) == 60
    for name in thousand.partners["partner"][:10]:
        one = metrics.partners.of_partner(activities, name)
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
