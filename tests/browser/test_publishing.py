"""A lead without access to the server's folder publishes through the browser."""

import contextlib
import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from aaa.store import gate
from aaa.writing import next_year
from tests.support import identity, servers
from tests.support.books import codes, example, named, read, seeded, small
from tests.support.browsers import SOON, Visit, pages, violations
from tests.support.servers import Changing, Served

PASSWORD = "een lang wachtwoord"


@contextlib.contextmanager
def publishing(folder: Path, state: Path | None = None) -> Iterator[tuple[Path, Served]]:
    """Serve a workbook that whoever knows the password may replace."""
    path, secrets = folder / "aaa_2025.xlsx", folder / "secrets.toml"
    path.write_bytes(example())
    secrets.write_text(f'[publish]\npassword = "{gate.hashed(PASSWORD)}"\n')
    with servers.serving(
        path, state, variables={"STREAMLIT_SECRETS_FILES": str(secrets)}
    ) as served:
        yield path, served


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Served]]:
    with publishing(tmp_path_factory.mktemp("publishing")) as found:
        yield found


@pytest.fixture
def path(shared: tuple[Path, Served]) -> Path:
    """Return the workbook, as it was before anybody published."""
    Changing(shared[1], shared[0]).save(example())
    return shared[0]


@pytest.fixture
def open_at(
    profile: BrowserContext, shared: tuple[Path, Served], path: Path
) -> Iterator[Callable[[str], Page]]:
    profile.clear_cookies()  # nobody is signed in
    with pages(profile, shared[1].address) as start:
        yield start


def sign_in(page: Page) -> None:
    """Sign in, unless this browser did already."""
    if page.locator(".a-door input[type=password]").count() == 0:
        return
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_text("Een werkmap van uw computer")).to_be_visible()


def choose(page: Page, data: bytes) -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": "mijn.xlsx", "mimeType": "application/octet-stream", "buffer": data}
    )


def test_publish_see_it_everywhere_and_bring_the_old_one_back(
    open_at: Callable[[str], Page], path: Path
) -> None:
    lead, other, reader = open_at("/bijwerken"), open_at("/bijwerken"), open_at("/tijdlijn")
    sign_in(lead)
    other.reload()  # signed in as well: it is the same browser
    expect(other.get_by_text("Een werkmap van uw computer")).to_be_visible()
    choose(lead, named("Een heel nieuwe naam"))
    expect(lead.get_by_text("Een heel nieuwe naam heette")).to_be_visible()
    choose(other, named("De naam van een ander"))
    expect(other.get_by_role("button", name="Publiceren")).to_be_visible()

    lead.get_by_role("button", name="Publiceren").click()
    expect(lead.get_by_text("Iedereen ziet deze versie nu")).to_be_visible()
    expect(reader.get_by_text("Een heel nieuwe naam").first).to_be_visible(timeout=SOON)
    assert path.read_bytes() == named("Een heel nieuwe naam")

    other.get_by_role("button", name="Publiceren").click()
    expect(other.get_by_text("intussen door iemand anders gewijzigd")).to_be_visible()
    assert path.read_bytes() == named("Een heel nieuwe naam")

    lead.get_by_role("combobox").click()
    lead.get_by_role("option").first.click()
    expect(lead.get_by_text("heette Een heel nieuwe naam")).to_be_visible()
    lead.get_by_role("button", name="Terugzetten").click()
    expect(lead.get_by_text("Iedereen ziet deze versie nu")).to_be_visible()
    assert path.read_bytes() == example()


def test_what_is_ticked_is_in_the_workbook_that_comes_back(
    open_at: Callable[[str], Page], shared: tuple[Path, Served], path: Path
) -> None:
    wrong = seeded(example(), Activiteiten_I3="Gereed", Programma_B4="2024-09-30")
    Changing(shared[1], path).save(wrong)
    page = open_at("/controle")
    expect(page.get_by_role("checkbox")).to_have_count(2)
    assert violations(page) == []
    page.get_by_role("button", name="Werkmap met wat is aangevinkt").click()
    expect(page.get_by_text("Er was niets aangevinkt")).to_be_visible()
    page.get_by_label("Neem over: Afgerond").check()
    # a save in the meantime takes away no tick, as long as what was ticked is still right
    wrong = seeded(wrong, Activiteiten_I4="Gereed")
    Changing(shared[1], path).save(wrong)
    expect(page.get_by_role("checkbox")).to_have_count(3, timeout=SOON)
    assert page.locator("input:checked").count() == 1
    expect(page.get_by_label("Neem over: Afgerond").first).to_be_checked()
    expect(page.get_by_role("button", name="Publiceer")).to_have_count(0)  # not signed in
    with page.expect_download() as started:
        page.get_by_role("button", name="Werkmap met wat is aangevinkt").click()
    assert started.value.suggested_filename == "aaa_2025.xlsx"
    given = Path(started.value.path()).read_bytes()
    assert codes(read(given)).count("choice_unknown") == 1
    assert "as_of_unlikely" in codes(read(given))
    assert path.read_bytes() == wrong


def test_a_lead_publishes_what_is_ticked(
    open_at: Callable[[str], Page], shared: tuple[Path, Served], path: Path
) -> None:
    """Also of a workbook that cannot be used, because a heading is missing."""
    lead = open_at("/bijwerken")
    sign_in(lead)
    path.write_bytes(seeded(example(), Activiteiten_F1="Planning"))
    lead.goto(f"{shared[1].address}/controle?taal=en")
    expect(lead.get_by_label("Accept: Periode")).to_be_visible(timeout=SOON)
    lead.get_by_label("Accept: Periode").check()
    lead.get_by_role("button", name="Publish what is ticked").click()
    expect(lead.get_by_text("1 cell was accepted and published")).to_be_visible()
    expect(lead.get_by_role("checkbox")).to_have_count(0)
    assert codes(read(path.read_bytes())) == codes(read(example()))
    # somebody saved in the meantime: nothing is written over it
    Changing(shared[1], path).save(seeded(example(), Activiteiten_I3="Gereed"))
    expect(lead.get_by_label("Accept: Afgerond")).to_be_visible(timeout=SOON)
    lead.get_by_label("Accept: Afgerond").check()
    path.write_bytes(named("Van een ander"))
    lead.get_by_role("button", name="Publish what is ticked").click()
    expect(lead.get_by_text("has changed in the meantime")).to_be_visible()
    assert path.read_bytes() == named("Van een ander")


def test_axe_finds_nothing_where_a_lead_publishes(open_at: Callable[[str], Page]) -> None:
    lead = open_at("/bijwerken")
    assert violations(lead) == []
    sign_in(lead)
    choose(lead, named("Een heel nieuwe naam"))
    expect(lead.get_by_text("Een heel nieuwe naam heette")).to_be_visible()
    assert violations(lead) == []


def test_what_cannot_be_used_has_no_button(open_at: Callable[[str], Page], path: Path) -> None:
    lead = open_at("/bijwerken")
    sign_in(lead)
    for data, said in (
        (b"Nr;Thema", "Dit is een tekstbestand"),
        (small(Ambities=None), "Het blad ‘Ambities’ ontbreekt"),
    ):
        choose(lead, data)
        expect(lead.get_by_role("alert")).to_contain_text(said)
        expect(lead.get_by_role("button", name="Publiceren")).to_have_count(0)
    choose(
        lead,
        small(
            Kostenraming=[
                {"Kostenpost": "A", "Totaal": "75k", "Dekking gemeente": 1, "Dekking partners": 1}
            ]
        ),
    )
    expect(lead.get_by_text("‘75k’ is geen bedrag")).to_be_visible()
    expect(lead.get_by_text(re.compile("straks onbekend"))).to_be_visible()
    assert path.read_bytes() == example()


def test_it_is_off_unless_configured(visit: Callable[..., Visit]) -> None:
    page = visit("/controle").page
    expect(page.get_by_role("link", name="Een andere versie")).to_have_count(0)
    page.goto(page.url.replace("controle", "bijwerken"))
    expect(page.get_by_role("heading", name="Deze pagina is er niet")).to_be_visible()
    expect(page.locator("input[type=file], input[type=password]")).to_have_count(0)


def test_a_lead_signs_in_with_an_account_and_a_stranger_does_not(
    browser: Browser, tmp_path: Path
) -> None:
    book, secrets = tmp_path / "aaa_2025.xlsx", tmp_path / "secrets.toml"
    book.write_bytes(example())
    with (
        identity.providing() as provider,
        servers.serving(book, variables={"STREAMLIT_SECRETS_FILES": str(secrets)}) as served,
    ):
        secrets.write_text(
            '[publish]\neditors = ["Lead@Example.org"]\n[auth]\nredirect_uri ='
            f' "{served.address}/oauth2callback"\ncookie_secret = "{"x" * 40}"\nclient_id ='
            ' "aaa"\nclient_secret = "y"\nserver_metadata_url ='
            f' "{provider.address}/.well-known/openid-configuration"\n'
        )
        for email, words in (
            ("vreemde@example.org", "vreemde@example.org mag hier niet publiceren"),
            ("lead@example.org", "Een werkmap van uw computer"),
        ):
            provider.email = email
            context = browser.new_context()
            page = context.new_page()
            page.goto(f"{served.address}/bijwerken")
            page.get_by_role("button", name="Inloggen met uw account").click()
            page.wait_for_url(f"{served.address}/", timeout=SOON)
            page.wait_for_selector(".a-title h1")
            page.goto(f"{served.address}/bijwerken")  # the provider's answer ends on the first page
            expect(page.get_by_text(words)).to_be_visible(timeout=SOON)
            is_lead = email == "lead@example.org"
            expect(page.locator("input[type=file]")).to_have_count(int(is_lead))
            # what is ticked is published by an account as well
            book.write_bytes(seeded(example(), Activiteiten_I3="Gereed"))
            page.goto(f"{served.address}/controle")
            page.get_by_label("Neem over: Afgerond").check()
            publish = page.get_by_role("button", name="Publiceer wat is aangevinkt")
            expect(publish).to_have_count(int(is_lead))
            if is_lead:
                publish.click()
                expect(page.get_by_text("1 cel is overgenomen")).to_be_visible(timeout=SOON)
                assert codes(read(book.read_bytes())) == codes(read(example()))
            context.close()


def test_a_sign_in_stays_after_a_reload_until_it_is_ended(
    open_at: Callable[[str], Page], profile: BrowserContext
) -> None:
    lead = open_at("/bijwerken?taal=nl")
    lead.get_by_label("Wachtwoord", exact=True).fill("fout")
    lead.get_by_role("button", name="Inloggen").click()
    expect(lead.get_by_role("alert")).to_contain_text("Dit wachtwoord klopt niet")
    expect(lead.locator("input[type=file]")).to_have_count(0)
    sign_in(lead)  # a second later: the request waits its turn
    assert "deur" not in lead.url
    assert "taal=nl" in lead.url
    lead.reload()
    expect(lead.get_by_text("Een werkmap van uw computer")).to_be_visible()
    kept = {one["name"]: one for one in profile.cookies() if str(one["name"]).startswith("aaa_")}
    assert set(kept) >= {"aaa_lead", "aaa_device"}
    for name in ("aaa_lead", "aaa_device"):
        assert kept[name]["httpOnly"]
        assert kept[name]["sameSite"] == "Strict"
    assert lead.evaluate("document.cookie").count("aaa_lead") == 0
    other = open_at("/bijwerken")
    expect(other.get_by_text("Een werkmap van uw computer")).to_be_visible()
    lead.get_by_role("button", name="Uitloggen").click()
    expect(lead.get_by_label("Wachtwoord", exact=True)).to_be_visible()
    # a page that is still open may not publish any more
    other.get_by_role("button", name="Zet de werkmap van 2026 ernaast").click()
    expect(other.get_by_label("Wachtwoord", exact=True)).to_be_visible()


def test_a_new_year_stands_beside_the_old_one(profile: BrowserContext, tmp_path: Path) -> None:
    with publishing(tmp_path) as (path, served), pages(profile, served.address) as start:
        lead = start("/bijwerken")
        sign_in(lead)
        # what happens to each activity is seen before anything is made
        lead.get_by_text("Wat met elke activiteit gebeurt in 2026").click()
        expect(lead.get_by_text("wordt een resultaat").first).to_be_visible()
        following = next_year.made(example(), read(example()), dt.datetime.now(dt.UTC))
        choose(lead, following)
        expect(lead.get_by_text("Een plan vervangt geen ander jaar")).to_be_visible()
        expect(lead.get_by_role("button", name="Publiceren")).to_have_count(0)
        lead.get_by_role("button", name="Zet de werkmap van 2026 ernaast").first.click()
        expect(lead.get_by_text("aaa_2026.xlsx staat nu naast aaa_2025.xlsx")).to_be_visible()
        assert path.read_bytes() == example()
        assert (tmp_path / "aaa_2026.xlsx").read_bytes() == following
        expect(lead.get_by_role("heading", name="Een nieuw jaar: 2027")).to_be_visible()
        # the clock of the server stands in 2026 or later: that plan has begun, last year's stays
        reader = start("/tijdlijn")
        expect(reader.get_by_text("Asser Ambitie Agenda 2026").first).to_be_visible()
        reader.get_by_role("link", name="2025", exact=True).click()
        expect(reader.get_by_text("Asser Ambitie Agenda 2025").first).to_be_visible()
