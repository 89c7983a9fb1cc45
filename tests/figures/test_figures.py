"""Charts by their facts: names, order, labels, and the words beside them."""

import datetime as dt
import math
import re
from dataclasses import replace

import pandas as pd
import pytest

from aaa import metrics
from aaa.figures import budget, heat, ladder, money, overview, plot, themes, timeline
from aaa.figures.bars import Bars, Row, stack
from aaa.figures.chart import Cells, Chart, Column, Table
from aaa.figures.palette import LOOKS, Meaning
from aaa.html import bars as html_bars
from aaa.html import charts as html_charts
from aaa.html import lists
from aaa.html.reader import Reader
from aaa.metrics import rows
from aaa.words.texts import LANGUAGES
from aaa.workbook import programme as programmes
from aaa.workbook.programme import Programme
from tests.support.books import SHIPPED, activities, empty, example, judged, read

BOOKS = {"example": example(), "shipped": SHIPPED.read_bytes()}


def charts(programme: Programme, lang: str) -> list[Chart]:
    shown = programmes.in_language(programme, lang)
    told = judged(shown)
    mine = told.activities
    counts = metrics.activities.by_theme(mine, shown.themes)
    load = metrics.partners.load(mine, shown.partners, shown.year)
    drawn = [
        timeline.chart(told, lang),
        themes.status_by_theme(counts, lang),
        heat.theme_quarters(
            metrics.activities.by_theme_and_quarter(mine, shown.themes, shown.year), lang
        ),
        heat.partner_load(load, metrics.activities.running(mine, shown.year), lang),
        budget.cost_by_line(shown.costs, metrics.budget.by_funder(shown.costs), lang),
        budget.certainty(metrics.budget.certainty(shown.costs, shown.commitments), lang),
        budget.spending(metrics.budget.variance(shown.costs, shown.spending), lang),
        money.variance(metrics.budget.variance(shown.costs, shown.spending), lang),
        *filter(None, [money.pace(shown, lang)]),
        budget.per_ambition(metrics.budget.per_ambition(shown.costs, shown.ambitions), lang),
    ]
    for one in rows.ambitions(shown.ambitions):
        rungs = metrics.ambitions.of_ambition(
            metrics.ambitions.ladders(shown.ambitions, shown.measurements), one.ambition
        )
        drawn.append(ladder.chart(one, rungs, shown.measurements, lang))
    return drawn


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("book", BOOKS)
def test_every_chart_has_words_with_its_numbers(book: str, lang: str) -> None:
    for chart in charts(read(BOOKS[book]), lang):
        assert re.search(r"\d|nog niet gemeten|not measured yet", chart.alt), chart.name
        assert not re.search(r"\bnan\b", chart.alt.lower()), chart.alt
        assert len(chart.table.frame), chart.name
        assert chart.table.csv().startswith(b"\xef\xbb\xbf"), chart.name
        assert not re.search(r"\bnan\b", lists.table(chart.table, chart.title, lang).lower()), (
            chart.name
        )


def test_cost_lines_stand_in_the_order_of_the_sheet_with_the_euros_on_them() -> None:
    programme = read(BOOKS["shipped"])
    bars = budget.cost_by_line(
        programme.costs, metrics.budget.by_funder(programme.costs), "nl"
    ).bars
    assert [part.name for part in bars.stacks] == ["Gemeente", "Partners"]
    assert [part.amounts for part in bars.stacks] == [(330000, 45000, 75000), (200000, 30000, 0)]
    assert [row.label for row in bars.rows] == ["Capaciteit", "Middelen", "Procesmiddelen"]
    assert bars.stacks[0].texts[0].replace("\u00a0", " ") == "€ 330.000"


def test_funders_differ_by_more_than_colour() -> None:
    bars = budget.cost_by_line(
        read(BOOKS["shipped"]).costs, metrics.budget.by_funder(read(BOOKS["shipped"]).costs), "nl"
    ).bars
    assert [part.said[0].split(":")[0] for part in bars.stacks] == ["Gemeente", "Partners"]
    assert "Gemeente <b>€\u00a0450.000</b> <small>66%</small>" in html_bars.key(bars)


def test_states_have_a_pattern_each() -> None:
    programme = read(BOOKS["example"])
    counts = metrics.activities.by_theme(judged(programme).activities, programme.themes)
    bars = themes.status_by_theme(counts, "nl").bars
    looks = {LOOKS[meaning] for part in bars.stacks for meaning in part.meanings}
    assert len({(look.fill, look.shape) for look in looks}) == len(bars.stacks) == 5


SOME = Bars(
    (Row("Een <post>", "€ 5"), Row("Twee"), Row("Drie")),
    (
        stack(
            "A", [3.0, math.nan, 0.0], ["drie", "?", "0"], ["A 3", "A ?", "A 0"], Meaning.PARTNERS
        ),
        stack(
            "B",
            [1.0, 90.0, math.nan],
            ["een", "negentig", "?"],
            ["B 1", "B 90", "B ?"],
            [Meaning.EXPECTED, Meaning.RUNNING, Meaning.OPEN],
        ),
    ),
)


@pytest.mark.parametrize("dark", [False, True])
def test_every_painter_draws_the_amounts_of_the_bars(dark: bool) -> None:
    figure = plot.figure(SOME, "nl", dark)
    assert [list(trace.x) for trace in figure.data] == [[3, None, 0], [1, 90, None]]
    fills = [LOOKS[one].fill for one in (Meaning.PARTNERS, Meaning.EXPECTED)]
    partners, expected = [pair.dark if dark else pair.light for pair in fills]
    assert figure.data[0].marker.color == partners
    assert figure.data[1].marker.color[0] == expected
    assert "Een &lt;post&gt;" in figure.layout.yaxis.ticktext[0]
    html = html_bars.strips(SOME)
    assert re.findall(r"width:([\d.]+)%", html) == ["3.333", "1.111", "100.000"]
    assert "A drie · B een" in html  # neither fits in its part
    assert html.count("<li>") == 3
    assert html_bars.strips(SOME, [1]).count("<li>") == 1


def bars(chart: Chart) -> list[tuple[str, float, float]]:
    found = re.findall(
        r'<span class="([^"]+)" style="left:([\d.]+)%;width:([\d.]+)%"></span>', html(chart)
    )
    return [(look, float(left), float(width)) for look, left, width in found]


def drawn(*rows: dict[str, object], as_of: dt.date | None = None) -> Chart:
    programme = activities(*({"Nr": str(n)} | row for n, row in enumerate(rows, 1)))
    return timeline.chart(judged(replace(programme, as_of=as_of)), "nl")


def html(chart: Chart) -> str:
    return html_charts.drawing(chart, Reader("nl"))


def test_a_bar_lies_where_its_months_are() -> None:
    (look, left, width), *_ = bars(drawn({"Periode": "Q2", "Status": "Loopt"}))
    assert (left, width) == (25, 25)
    assert "s-running" in look
    assert "a-soft-start a-soft-end" in look


def test_a_named_month_has_straight_ends() -> None:
    look, left, width = bars(drawn({"Periode": "Maart", "Status": "Loopt"}))[0]
    assert "soft" not in look
    assert (round(left, 2), round(width, 2)) == (16.67, 8.33)


def test_the_forecast_stands_over_a_ghost_and_stretches_the_axis() -> None:
    ghost, bar = bars(drawn({"Periode": "Q4", "Prognose": "Q1 2026", "Status": "Loopt"}))[:2]
    assert "a-ghost" in ghost[0]
    assert (ghost[1], ghost[2], bar[1], bar[2]) == (60, 20, 80, 20)


def test_the_today_line_lies_on_its_day() -> None:
    body = html(drawn({"Periode": "Q2"}, as_of=dt.date(2025, 7, 1)))
    assert "--today:50.000%" in body
    assert "--today" not in html(drawn({"Periode": "Q2"}, as_of=dt.date(2031, 1, 1)))


def test_late_and_undated_are_told() -> None:
    chart = drawn(
        {"Periode": "Q1", "Status": "Loopt"}, {"Periode": "ntb"}, as_of=dt.date(2025, 7, 1)
    )
    assert "te laat" in html(chart)
    assert "Nog geen periode" in html(chart)
    assert "1 zonder periode." in chart.alt
    assert "1 te laat." in chart.alt


def test_the_busiest_quarter_is_the_title() -> None:
    assert (
        drawn({"Periode": "Q2"}, {"Periode": "Q2/Q3"}).title
        == "Q2 is het drukst: 2 activiteiten lopen"
    )
    assert drawn({"Periode": "Q4"}).title == "Q4 is het drukst: 1 activiteit loopt"
    assert drawn({"Periode": "ntb"}).title == "Er is nog geen activiteit met een periode"


def test_an_unmeasured_rung_is_drawn_and_says_so() -> None:
    programme = read(BOOKS["shipped"])
    row = rows.ambitions(programme.ambitions)[0]
    rungs = metrics.ambitions.of_ambition(
        metrics.ambitions.ladders(programme.ambitions, programme.measurements), row.ambition
    )
    chart = ladder.chart(row, rungs, programme.measurements, "nl")
    assert html(chart).count("nog niet gemeten") == 5
    assert chart.title == "10.000 woningen: nog niet gemeten"


def test_a_table_says_what_is_unknown() -> None:
    table = Table(
        pd.DataFrame({"a": ["x", None], "b": [1.5, float("nan")]}),
        (Column("A"), Column("B", Cells.EUROS, "not_recorded")),
    )
    html = lists.table(table, "T", "nl")
    assert "nog niet vastgelegd" in html
    assert "onbekend" in html
    assert table.csv().decode("utf-8-sig").splitlines() == ["A;B", "x;1,5", ";"]


def test_a_formula_in_a_csv_is_text() -> None:
    table = Table(pd.DataFrame({"a": ["=1+1", "@x", "-y", "gewoon"]}), (Column("A"),))
    assert table.csv().decode("utf-8-sig").splitlines()[1:] == ["'=1+1", "'@x", "'-y", "gewoon"]


@pytest.mark.parametrize("part", ["title", "alt", "source"])
def test_a_chart_cannot_be_made_without_its_words(part: str) -> None:
    words = {"title": "t", "alt": "a 1", "source": "s"} | {part: " "}
    with pytest.raises(ValueError, match=part):
        Chart("c", body=SOME, table=Table(pd.DataFrame({"a": [1]}), (Column("A"),)), **words)


def test_the_first_sentence_says_what_is_not_reported() -> None:
    programme = read(BOOKS["shipped"])
    counts = metrics.activities.by_status(judged(programme).activities)
    assert (
        overview.title(counts, "nl")
        == "1 van de 26 activiteiten afgerond, van 25 is de status nog niet gerapporteerd"
    )
    bare = metrics.activities.by_status(judged(read(empty())).activities)
    assert "straks" in overview.title(bare, "nl")
