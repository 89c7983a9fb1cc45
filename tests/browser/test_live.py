"""The lead saves, and every open page follows."""

import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import BrowserContext, Page, expect

from tests.support.books import example, named, read
from tests.support.browsers import SOON, pages, until
from tests.support.servers import Changing


def save(path: Path, data: bytes) -> None:
    beside = path.with_suffix(".tmp")
    beside.write_bytes(data)
    os.replace(beside, path)


@pytest.fixture
def path(changing: Changing) -> Path:
    """Return the workbook that the server shows: the example."""
    changing.save(example())
    return changing.path


@pytest.fixture
def open_at(
    profile: BrowserContext, changing: Changing, path: Path
) -> Iterator[Callable[[str], Page]]:
    with pages(profile, changing.served.address) as start:
        yield start


def test_a_save_reaches_every_open_page_and_a_broken_one_none(
    open_at: Callable[[str], Page], path: Path
) -> None:
    timeline, check = open_at("/tijdlijn"), open_at("/themas?thema=veiligheid")
    both = (timeline, check)
    save(path, named("Een heel nieuwe naam"))
    for page in both:
        expect(page.get_by_text("Een heel nieuwe naam").first).to_be_visible(timeout=SOON)
        expect(page.get_by_text("bijgewerkt")).to_be_visible()
    assert check.url.endswith("/themas?thema=veiligheid")

    save(path, b"Nr;Thema;Activiteit")
    for page in both:
        expect(page.get_by_role("alert")).to_contain_text("Excel-werkmap (.xlsx)", timeout=SOON)
        expect(page.get_by_text("Een heel nieuwe naam").first).to_be_visible()

    save(path, named("Weer een andere naam"))
    for page in both:
        expect(page.get_by_text("Weer een andere naam").first).to_be_visible(timeout=SOON)
        expect(page.get_by_role("alert")).to_have_count(0)


def test_a_save_takes_nothing_from_the_reader(open_at: Callable[[str], Page], path: Path) -> None:
    """Typed text, an open filter, the place on the page and an opened activity stay."""
    page = open_at("/tijdlijn")
    page.get_by_role("button", name="Filter en datum").click()
    box = page.get_by_role("combobox", name="Thema")
    box.click()
    box.fill("Veil")
    save(path, named("Een heel nieuwe naam"))
    expect(page.get_by_text("bijgewerkt")).to_be_visible(timeout=SOON)
    assert box.input_value() == "Veil"
    expect(page.get_by_role("option", name="Veiligheid")).to_be_visible()

    below = open_at("/tijdlijn")
    place = "document.querySelector('[data-testid=stMain]').scrollTop"
    until(below, f"() => {{ {place} = 60; return {place} === 60 }}")  # once the page is long enough
    save(path, named("Een tweede naam"))
    expect(below.get_by_text("bijgewerkt")).to_be_visible(timeout=SOON)
    assert below.evaluate(place) == 60

    opened = open_at("/tijdlijn?activiteit=1-1")
    expect(opened.get_by_role("dialog")).to_be_visible()
    save(path, named("Nog een andere naam"))
    expect(opened.get_by_role("dialog")).to_contain_text("Nog een andere naam", timeout=SOON)


def test_a_touch_and_a_lock_file_change_nothing(open_at: Callable[[str], Page], path: Path) -> None:
    page = open_at("/")
    os.utime(path)
    path.with_name(f"~${path.name}").write_bytes(b"lock")
    path.with_name(f".~lock.{path.name}#").write_bytes(b"lock")
    # two ticks: nothing is waited for, so that there is nothing to wait on
    page.wait_for_timeout(4_000)
    expect(page.get_by_text("bijgewerkt")).to_have_count(0)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_downloads_are_what_they_say(open_at: Callable[[str], Page], path: Path) -> None:
    page = open_at("/controle")
    got = {}
    for label in ("Werkmap ophalen", "Gemarkeerde werkmap ophalen", "Werkmap voor 2026 maken"):
        with page.expect_download() as started:
            page.get_by_role("button", name=label, exact=True).click()
        got[started.value.suggested_filename] = Path(started.value.path()).read_bytes()
    assert list(got) == ["aaa_2025.xlsx", "aaa_2025-controle.xlsx", "aaa_2026.xlsx"]
    assert got["aaa_2025.xlsx"] == path.read_bytes()
    assert load_workbook(io.BytesIO(got["aaa_2025-controle.xlsx"])).sheetnames[0] == "Controle"
    assert read(got["aaa_2026.xlsx"]).year == 2026
