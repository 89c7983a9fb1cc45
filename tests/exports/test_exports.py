"""What is taken home says the same as `python -m aaa show --json`."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pypdf import PdfReader

from aaa import cli
from aaa.exports import browser, deck, figures_workbook, image, making, report
from aaa.exports.summary import summarise
from aaa.exports.takeaway import Takeaway, since_of, takeaway
from aaa.figures.chart import Chart
from aaa.history import meetings
from aaa.history.meetings import Since
from aaa.metrics.selection import Selection
from aaa.store import source
from aaa.store.origin import File
from aaa.words import formatting
from aaa.words.texts import LANGUAGES, translate
from tests.support import libreoffice, needs
from tests.support.books import ACTIVITY, SHIPPED, example, small
from tests.support.copies import taken, taken_of, version, version_of
from tests.support.effort import in_ci


def numbers(text: str) -> str:
    """Return a text with its spaces plain, so that amounts can be found in it."""
    return " ".join(text.replace("\u00a0", " ").split())


def euros(amount: float, lang: str) -> str:
    whole = f"{amount:,.2f}".removesuffix(".00")
    return f"€{whole}" if lang == "en" else "€ " + whole.translate(str.maketrans(",.", ".,"))


@cache
def pdf_text(book: str, lang: str, before: str | None) -> tuple[int, str]:
    needs.program("chromium")
    pages = PdfReader(io.BytesIO(report.pdf(taken(book, lang, before)))).pages
    return len(pages), numbers(" ".join(page.extract_text() for page in pages))


@pytest.mark.browser
@pytest.mark.parametrize(
    ("book", "lang", "before"),
    [
        ("shipped", "nl", None),
        ("example", "en", "shipped"),
        ("crowded", "nl", "example"),
        ("crowded", "en", "example"),
    ],
)
def test_the_report_is_one_sheet_with_the_figures_of_show(
    book: str, before: str | None, lang: str
) -> None:
    shown = taken(book, lang, before)
    pages, text = pdf_text(book, lang, before)
    figures = summarise(shown.whole)
    assert pages == 1 or book == "crowded"  # what is asked is never cut
    assert text.count("Asser Ambitie Agenda 2025") >= 2
    for key in ("total", "gemeente", "partners"):
        assert euros(figures["budget"][key], lang) in text
    by_status = {
        word: sum(theme["by_status"][word] for theme in figures["themes"])
        for word in figures["themes"][0]["by_status"]
    }
    then = summarise(taken(before, lang).whole) if before else None
    for word, count in by_status.items():
        name = {
            "Niet gestart": "not started",
            "Loopt": "running",
            "Afgerond": "finished",
            "Vervallen": "dropped",
            "Niet gerapporteerd": "not reported",
        }[word]
        was = f" (was {sum(theme['by_status'][word] for theme in then['themes'])})" if then else ""
        assert f"{count} {name if lang == 'en' else word.lower()}{was}" in text, word
    for ambition in figures["ambitions"]:
        for rung in ambition["ladder"]:
            if rung["value"] is not None:
                assert f"{int(rung['value']):,}".replace(",", "," if lang == "en" else ".") in text
    assert (shown.text("frame.example") in text) == (book != "shipped")


@pytest.mark.browser
def test_a_report_that_is_too_full_counts_what_it_leaves_out() -> None:
    _, text = pdf_text("crowded", "nl", "example")
    assert re.search(r"en nog \d+", text)


@cache
def slides(book: str, lang: str = "nl", before: str | None = None) -> Any:
    return Presentation(io.BytesIO(deck.pptx(taken(book, lang, before))))


def chart_data(presentation: Any) -> dict[str, dict[str, dict[str, float | None]]]:
    """Return the embedded data of every chart: by the heading above it, series, category."""
    found: dict[str, dict[str, dict[str, float | None]]] = {}
    for slide in presentation.slides:
        for shape in slide.shapes:
            if shape.has_chart:
                plot = shape.chart.plots[0]
                if not len(plot.categories):
                    continue  # a line in time
                book = load_workbook(
                    io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob)
                ).active
                embedded = [[cell.value for cell in row] for row in book.iter_rows()]
                for place, series in enumerate(plot.series, start=1):
                    values = dict(zip(plot.categories, series.values, strict=True))
                    # what PowerPoint edits is what it draws
                    assert list(values.values()) == [row[place] for row in embedded[1:]]
                    found.setdefault(
                        shape._element.nvGraphicFramePr.cNvPr.get("descr"), {}
                    ).setdefault(series.name, {}).update(values)
    return found


DECKS = [
    ("shipped", "nl", None),
    ("example", "nl", "shipped"),
    *in_ci(("example", "en", None), ("crowded", "nl", "example")),
]


@pytest.mark.parametrize(("book", "lang", "before"), DECKS)
def test_the_deck_holds_the_figures_of_show(book: str, lang: str, before: str | None) -> None:
    shown = slides(book, lang, before)
    figures = summarise(taken(book, lang).whole)
    tables = [
        [[cell.text for cell in row.cells] for row in shape.table.rows]
        for slide in shown.slides
        for shape in slide.shapes
        if shape.has_table
    ]
    head = translate(lang, "money.heading")
    money = [rows for rows in tables if rows[0][0] == head]
    total = formatting.euros(figures["budget"]["total"], lang)
    assert money
    assert {rows[-1][1] for rows in money} == {total}
    estimates = {
        formatting.euros(line[name], lang)
        for line in figures["budget"]["lines"]
        for name in ("gemeente", "partners")
        if line[name]
    }
    assert estimates == {row[1] for rows in money for row in rows[1:-1]}
    rungs = {
        r["value"]
        for a in figures["ambitions"]
        for r in a["ladder"]
        if r["value"] is not None and a["target"]
    }
    ambitions = [
        series for series in chart_data(shown).values() if len(next(iter(series.values()))) == 1
    ]
    drawn = {
        value
        for series in ambitions
        for name, values in series.items()
        for value in values.values()
        if value is not None
        and not name.startswith(translate(lang, "ambitions.open"))
        and name not in values  # the target itself, of an ambition that was never measured
    }
    assert drawn == rungs


@pytest.mark.parametrize(("book", "lang", "before"), DECKS)
def test_the_axes_of_the_deck_end_at_what_is_aimed_at(
    book: str, lang: str, before: str | None
) -> None:
    figures = summarise(taken(book, lang).whole)
    aims = {one["target"] for one in figures["ambitions"] if one["target"]}
    ends = {
        shape.chart.value_axis.maximum_scale
        for slide in slides(book, lang, before).slides
        for shape in slide.shapes
        if shape.has_chart
    }
    assert ends <= aims | {figures["budget"]["total"]}
    assert book != "example" or ends == aims | {figures["budget"]["total"]}


def sizes(presentation: Any) -> Iterator[tuple[str, float]]:
    """Yield every text of the slides with its size in points, with that of its layout where it has
    none of its own.
    """
    for slide in presentation.slides:
        for shape in slide.shapes:
            cells = [c for row in shape.table.rows for c in row.cells] if shape.has_table else []
            own = [shape.text_frame] if shape.has_text_frame else []
            for frame in (*own, *(cell.text_frame for cell in cells)):
                for paragraph in frame.paragraphs:
                    for run in paragraph.runs:
                        if run.font.size is not None:
                            yield run.text, run.font.size.pt
                        elif shape.placeholder_format.type != PP_PLACEHOLDER.TITLE:
                            level = layout_level(slide, shape, paragraph.level)
                            yield run.text, int(level) / 100


def layout_level(slide: Any, shape: Any, level: int) -> str:
    (own,) = [
        one
        for one in slide.slide_layout.placeholders
        if one.placeholder_format.idx == shape.placeholder_format.idx
    ]
    found = own._element.find(f".//{{*}}lvl{level + 1}pPr/{{*}}defRPr")
    size = None if found is None else found.get("sz")
    return size or "1600"  # of the master, for the cover


@pytest.mark.parametrize(("book", "lang", "before"), DECKS)
def test_texts_of_the_deck_stand_in_its_layout_and_are_large(
    book: str, lang: str, before: str | None
) -> None:
    presentation = slides(book, lang, before)
    free = [
        (slide.shapes.title.text_frame.text, shape.name)
        for slide in presentation.slides
        for shape in slide.shapes
        if shape.has_text_frame and not shape.is_placeholder
    ]
    assert free == []
    said = list(sizes(presentation))
    assert len(said) > 30
    assert [one for one in said if one[1] < 14] == []
    empty = [
        shape.name
        for slide in presentation.slides
        for shape in slide.placeholders
        if not shape.text_frame.text
    ]
    assert empty == []


def test_a_money_line_of_the_deck_rises_with_each_payment() -> None:
    (chart,) = [
        shape.chart
        for slide in slides("example").slides
        for shape in slide.shapes
        if shape.has_chart and len(shape.chart.plots[0].categories) == 0
    ]
    paid, whole, _ = chart.plots[0].series
    figures = summarise(taken("example").whole)
    assert list(whole.values) == [figures["budget"]["total"]] * 2
    values = list(paid.values)
    assert values == sorted(values)
    assert values[-1] == sum(line["paid"] or 0 for line in figures["budget"]["lines"])


@pytest.mark.parametrize(("book", "lang", "before"), DECKS)
def test_every_slide_has_a_title_and_every_drawing_a_text_alternative(
    book: str, lang: str, before: str | None
) -> None:
    presentation = slides(book, lang, before)
    titles = [slide.shapes.title.text_frame.text for slide in presentation.slides]
    assert all(titles)
    for slide in presentation.slides:
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table or shape.shape_type == 6:  # a group: the timeline
                described = shape._element.find(".//{*}cNvPr").get("descr")
                assert len(described) > 20, (slide.shapes.title.text_frame.text, shape.name)
            assert shape.left >= 0
            assert shape.left + shape.width <= presentation.slide_width + 20_000
            if not shape.has_table:  # a table grows with its text
                assert shape.top + shape.height <= presentation.slide_height, (
                    slide.shapes.title.text_frame.text,
                    shape.name,
                )
    master = " ".join(
        shape.text_frame.text for shape in presentation.slide_master.shapes if shape.has_text_frame
    )
    facts = taken(book, lang, before).facts()
    assert "AAA · Asser Ambitie Agenda 2025" in master
    assert len(facts) == (3 if book == "shipped" else 4)  # with the banner of invented figures
    assert all(fact in master for fact in facts)


def test_the_timeline_of_the_deck_names_every_activity() -> None:
    presentation = slides("example", "nl", "shipped")
    said = " ".join(
        shape._element.find(".//{*}cNvPr").get("descr")
        for slide in presentation.slides
        for shape in slide.shapes
        if shape.shape_type == 6
    )
    for activity in summarise(taken("example").whole)["activities"]:
        assert f"{activity['nr']} {activity['title']}" in said


@pytest.mark.office
def test_another_program_opens_the_deck(tmp_path: Path) -> None:
    path = tmp_path / "deck.pptx"
    path.write_bytes(deck.pptx(taken("example", "nl", "shipped")))
    pages = PdfReader(libreoffice.converted(path, "pdf", tmp_path)).pages
    assert len(pages) == len(Presentation(str(path)).slides)
    assert "€ 680.000" in numbers(" ".join(page.extract_text() for page in pages))


def sheet_rows(book: Any, name: str) -> list[dict[str, Any]]:
    rows = [
        [cell.value for cell in row]
        for row in book[name].iter_rows(min_row=figures_workbook.HEADINGS + 1)
    ]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


@pytest.mark.parametrize("book", ["shipped", "example", *in_ci("crowded")])
def test_the_workbook_of_figures_holds_the_figures_of_show(book: str) -> None:
    data = figures_workbook.workbook(taken(book))
    opened = load_workbook(io.BytesIO(data), data_only=True)
    figures = summarise(taken(book).whole)
    assert [row["Nr"] for row in sheet_rows(opened, "Activiteiten")] == [
        activity["nr"] for activity in figures["activities"]
    ]
    *estimate, total = sheet_rows(opened, "Raming")
    for heading, name in (("Totaal", "total"), ("Gemeente", "gemeente")):
        assert sum(row[heading] for row in estimate) == figures["budget"][name] == total[heading]
    formulas = load_workbook(io.BytesIO(data))["Raming"]
    assert str(formulas.cell(formulas.max_row, 2).value).startswith("=SUBTOTAL(109,B5:B")
    for sheet in opened.worksheets[1:]:
        assert sheet.auto_filter.ref
        assert sheet.freeze_panes == "B5"
        assert not [
            cell.number_format
            for row in sheet
            for cell in row
            if "€ #,##0.##" in cell.number_format
        ]
    shown = sheet_rows(opened, "Activiteiten")
    notes = [activity["note"] for activity in figures["activities"]]
    assert [row["Stand van zaken"] for row in shown] == [note or "geen" for note in notes]
    progress = [activity["progress"] for activity in figures["activities"]]
    assert [row["Voortgang"] for row in shown] == ["geen" if p is None else p for p in progress]
    *by_theme, _ = sheet_rows(opened, "Status per thema")
    assert [(row["Thema"], row["Activiteiten"]) for row in by_theme] == [
        (theme["theme"], theme["activities"]) for theme in figures["themes"]
    ]
    partners = {row["Partner"]: row["Totaal"] for row in sheet_rows(opened, "Partners")}
    assert partners == {
        one["partner"]: one["activities"] for one in figures["partners"] if one["activities"]
    }
    for ambition in figures["ambitions"]:
        measured = [row["Waarde"] for row in sheet_rows(opened, ambition["ambition"])]
        assert measured == [
            "nog niet gemeten" if rung["value"] is None else rung["value"]
            for rung in ambition["ladder"]
        ]


def test_a_text_like_a_formula_stays_text() -> None:
    titles = ["=1+1", "+31 592", "-punt", "@naam"]
    data = small(
        Activiteiten=[
            ACTIVITY | {"Nr": f"1.{n}", "Activiteit": "x", "Omschrijving": "x"}
            for n in range(len(titles))
        ]
    )
    shown = taken_of(data)
    shown.shown.activities["title"] = titles
    sheet = load_workbook(io.BytesIO(figures_workbook.workbook(shown)))["Activiteiten"]
    cells = [sheet.cell(figures_workbook.HEADINGS + 2 + n, 3) for n in range(len(titles))]
    assert [(cell.value, cell.data_type) for cell in cells] == [(title, "s") for title in titles]
    rows = list(
        csv.reader(
            io.StringIO(making.file("timeline.csv", shown).decode("utf-8-sig")), delimiter=";"
        )
    )
    assert [row[2] for row in rows[1:]] == [f"'{title}" for title in titles]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_chart_of_the_pages_is_there(lang: str) -> None:
    names = list(taken("example", lang, "shipped").charts)
    assert names[:8] == [
        "timeline",
        "status_by_theme",
        "theme_quarters",
        "partner_load",
        "cost_by_line",
        "spending",
        "certainty",
        "per_ambition",
    ]
    assert names[-3:] == ["changes", "slip", "decisions"]
    assert sum(name.startswith("ladder_") for name in names) == 3


@pytest.mark.browser
@pytest.mark.parametrize("name", ["timeline", "status_by_theme"])
def test_a_chart_as_an_image(name: str) -> None:
    drawn: Chart = taken("example").charts[name]
    made = Image.open(io.BytesIO(image.png(drawn, ["Asser Ambitie Agenda 2025"], "nl"))).convert(
        "RGB"
    )
    assert made.format is None
    assert made.width == 2560
    assert 500 < made.height < 5000
    bottom = made.crop((0, made.height - 12, made.width, made.height))
    assert len(bottom.getcolors() or []) == 1  # nothing is cut off at its end
    assert len(made.resize((200, 200)).getcolors(40_000) or []) > 20  # and something is drawn


def test_filters_and_the_date_go_along() -> None:
    narrowed = takeaway(
        version("example"),
        None,
        "nl",
        Selection(themes=("veiligheid",), as_of=dt.date(2025, 6, 1)),
        "Veiligheid",
    )
    assert len(narrowed.shown.activities) == 6
    assert narrowed.facts() == [
        "Voorbeeld: fictieve cijfers",
        "stand per 1 juni 2025",
        f"werkmap opgeslagen {formatting.moment(narrowed.stamp.moment, 'nl')}",
        narrowed.facts()[3],
        "alleen Veiligheid",
    ]
    html = report.html(narrowed)
    assert "alleen Veiligheid" in html
    assert "stand per 1 juni 2025" in html
    assert making.suggested("report.pdf", narrowed) == "aaa_2025_report_2025-06-01.pdf"


def odd(**sheets: Any) -> Takeaway:
    return taken_of(small(**sheets))


def test_odd_names_and_ambitions_make_files_too() -> None:
    names = ["Inhoud", "Bruisende studentenstad Assen 😀😀😀", "History", "a" * 40, "a" * 41]
    shown = odd(
        Ambities=[
            {"Nr": str(n), "Ambitie": name, "Eenheid": "bomen", "Doel": 1000}
            for n, name in enumerate(names)
        ],
        Programma=[
            {"Gegeven": "Naam", "Waarde": "Naam van het programma " * 20},
            {"Gegeven": "Jaar", "Waarde": 2025},
        ],
    )
    assert len(load_workbook(io.BytesIO(figures_workbook.workbook(shown))).sheetnames) > len(names)
    assert Presentation(io.BytesIO(deck.pptx(shown))).core_properties.title.startswith(
        "Naam van het programma"
    )
    assert report.html(takeaway(version("shipped"), None, "nl", Selection(as_of=dt.date.max)))


@pytest.mark.browser
def test_a_report_with_a_very_long_note_keeps_its_money() -> None:
    long = ACTIVITY | {"Status": "Loopt", "Oordeel": "Rood", "Stand van zaken": "woord " * 900}
    pages = PdfReader(io.BytesIO(report.pdf(odd(Activiteiten=[long])))).pages
    text = numbers(pages[0].extract_text())
    assert len(pages) == 1
    assert "Kostenpost en financier" in text
    assert "werkmap opgeslagen" in text


def test_the_last_meeting_is_counted_with_the_same_filter() -> None:
    before = small(
        Activiteiten=[ACTIVITY, ACTIVITY | {"Nr": "1.2", "Thema": "Groen", "Activiteit": "Planten"}]
    )
    since = Since(version_of(before), "toen", None, as_asked=True)
    now = version_of(small())
    shown = takeaway(now, since, "nl", Selection(themes=("veiligheid",)), "Veiligheid")
    assert shown.before is not None
    assert shown.before.activities["nr"].tolist() == ["1.1"]


def test_words_from_the_workbook_are_no_markup() -> None:
    data = small(
        Activiteiten=[
            ACTIVITY
            | {
                "Activiteit": "<script>alert(1)</script>",
                "Status": "Loopt",
                "Oordeel": "Rood",
                "Stand van zaken": "<b>vet</b>",
            }
        ]
    )
    html = report.html(taken_of(data))
    assert "<script>alert" not in html
    assert "<b>vet" not in html


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a workbook of which an earlier version is kept."""
    monkeypatch.setenv("AAA_STATE", str(tmp_path / "state"))
    file = tmp_path / "aaa_2025.xlsx"
    file.write_bytes(example())
    archive = source.archive(File(file), {"AAA_STATE": str(tmp_path / "state")})
    archive.keep(
        SHIPPED.read_bytes(),
        source.digest(SHIPPED.read_bytes()),
        dt.datetime(2025, 6, 1),
        dt.datetime(2025, 6, 1),
    )
    return file


def export(path: Path, name: str, *more: str) -> int:
    return cli.main(["export", str(path.parent / name), str(path), *more])


def test_files_by_command(
    path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert export(path, "deck.pptx", "--since", "2025-06-19") == cli.OK
    slides = Presentation(str(path.parent / "deck.pptx")).slides
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert any(title.startswith("Sinds Regiegroep juni (19 juni 2025): ") for title in titles)
    assert export(path, "figures.xlsx", "--lang", "en", "--since", "Regiegroep juni") == cli.OK
    assert "Changes" in load_workbook(path.parent / "figures.xlsx").sheetnames
    assert export(path, "certainty.csv") == cli.OK
    assert export(path, "changes.csv", "--since", str(SHIPPED)) == cli.OK
    assert "is afgerond" in (path.parent / "changes.csv").read_text("utf-8-sig")
    capsys.readouterr()
    assert export(path, "figures.xlsx") == cli.ERRORS
    assert "exists already" in capsys.readouterr().err
    assert export(path, "aaa_2025.xlsx", "--overwrite") == cli.ERRORS  # the workbook itself
    monkeypatch.setenv("AAA_WORKBOOK", str(path))
    # also when it is read without being named
    assert cli.main(["export", str(path), "--overwrite"]) == cli.ERRORS
    older = path.parent / "older.xlsx"
    older.write_bytes(SHIPPED.read_bytes())
    assert export(path, "older.xlsx", "--since", str(older), "--overwrite") == cli.ERRORS
    assert older.read_bytes() == SHIPPED.read_bytes()
    assert path.read_bytes() == example()


def test_what_cannot_be_made_is_said(
    path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert export(path, "deck.pptx", "--since", "2019-01-01") == cli.ERRORS
    assert (
        "Van ‘2019-01-01’ is geen versie bewaard. Wel bewaard: Regiegroep oktober"
        in capsys.readouterr().err
    )
    assert export(path, "nothing.png") == cli.ERRORS
    assert "timeline.png" in capsys.readouterr().err
    assert export(path, "letter.doc") == cli.ERRORS
    monkeypatch.setenv(browser.ENVIRONMENT, str(path.parent / "no-browser"))
    assert export(path, "report.pdf") == cli.ERRORS
    said = capsys.readouterr().err
    assert "apt install chromium" in said
    assert browser.ENVIRONMENT in said
    assert not (path.parent / "report.pdf").exists()


def test_the_version_to_compare_with_is_found_for_a_command(path: Path) -> None:
    archive = source.archive(File(path), {"AAA_STATE": str(path.parent / "state")})
    found = since_of(version("example"), None, archive, dt.date(2025, 7, 1), "en")
    assert found is not None
    assert found.words == "Steering group June (19 June 2025)"
    assert (
        meetings.meetings(
            version("example").programme, archive.usable(), dt.date(2025, 7, 1), "nl"
        )[0].code
        == "2025-06-19"
    )
