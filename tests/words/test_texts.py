"""Both catalogues hold every message that is asked for, and no other."""

import ast
import string
from pathlib import Path

import pytest

from aaa.exports import making
from aaa.figures import decisions
from aaa.history.changes import AMOUNTS, Group, Kind
from aaa.metrics.activities import Reason
from aaa.metrics.completeness import TOPICS
from aaa.ui import meeting
from aaa.values import finding
from aaa.words import texts
from aaa.workbook import schema
from aaa.writing import next_year
from tests.support import code
from tests.support.code import MODULES, PAGES

SOURCES = [*MODULES, *PAGES]
COLUMNS = """
nr theme topic title period forecast state status judgement progress finished_on leads partners
partner lead takes_part total note ambitions international line municipality municipality_per_unit
partners_per_unit funder certainty estimate obliged paid share ambition target rung value date
baseline source slip moves kind text owner due overdue description full_name website aliases
target_year unit position meeting agenda year track area motive activity
"""
SHEETS = (
    "timeline status_by_theme theme_quarters partner_load cost_by_line certainty per_ambition"
    " spending slip changes decisions"
)
# What is asked for under a computed id, family by family.
COMPUTED = {
    *(f"finding.{code}" for code in finding.WEIGHTS
      if code not in ("fact_missing", "as_of_unlikely", "period_unreadable", "date_unreadable",
      "rows_lost", "nr_doubled", "name_doubled", "row_repeated", "alias_clash")),
    *(f"finding.alias_clash.{cause}" for cause in ("name", "alias")),
    *(f"means.programme.{fact}" for fact in ("as_of", "year", "sort")),
    *(f"finding.nr_doubled.{sheet}" for sheet in ("activities", "ambitions")),
    *(f"finding.name_doubled.{sheet}" for sheet in schema.DEFINES if sheet != "activities"),
    *(f"finding.row_repeated.{sheet}" for sheet in ("spending", "commitments", "measurements")),
    *(f"finding.rows_lost.{cause}" for cause in ("rows", "euros")),
    *(f"finding.period_unreadable.{column}" for column in ("period", "forecast", "original")),
    *(f"finding.date_unreadable.{cause}"
      for cause in ("no_year", "no_such_day", "no_date", "far_year")),
    "finding.address_insecure.redirect",
    "finding.file_missing.folder",
    *(f"means.{sheet.name}.{column.name}" for sheet in schema.SHEETS for column in sheet.columns
      if f"means.{sheet.name}.{column.name}" in texts.keys("nl")),
    *(f"finding.fact_missing.{fact.value.casefold()}" for fact in schema.Fact
      if fact is not schema.Fact.SORT),
    "finding.sheet_missing.misnamed",
    *(f"severity.{s.word}" for s in finding.Severity),
    *(f"status.{s.name.lower()}" for s in schema.StatusCode),
    *(f"judgement.{j.name.lower()}{tail}" for j in schema.Judgement for tail in ("", "_means")),
    *(f"funder.{f.name.lower()}" for f in schema.Funder),
    *(f"budget.title_{f.name.lower()}" for f in schema.Funder),
    *(f"certainty.{c.name.lower()}" for c in schema.Certainty),
    *(f"rung.{r.name.lower()}" for r in schema.Rung),
    *(f"rung_said.{r.name.lower()}" for r in schema.Rung),
    *(f"unit.{unit}" for unit in schema.LADDERS),
    *(f"unit_one.{unit}" for unit in schema.LADDERS),
    *(f"communication.{k.name.lower()}" for k in schema.CommunicationKind),
    *(f"decision.{k.name.lower()}" for k in schema.DecisionKind),
    *(f"completeness.{topic}" for topic in TOPICS),
    *(f"change.{kind}" for kind in Kind if kind is not Kind.MOVED),
    *(f"change.also_{tail}" for tail in ("period", "forecast", "note", "renamed", "renumbered")),
    *(f"change.{tail}" for tail in ("moved_period", "moved_forecast", "note_gone", "joined",
    "left")),
    *(f"change.{what}_{column}" for column in AMOUNTS for what in ("euros", "unknown")),
    *(f"change_group.{group}" for group in Group),
    *(f"mark.{name}" for name in ("place", "weight", "value", "message", "expected")),
    *(f"frame.nothing_step_{step}" for step in (1, 2, 3, "elsewhere")),
    *(f"column.{name}" for name in ("themes", "leads", "red", "late", "silent", "left")),
    "column.original",
    *(f"standing.{name}" for name in ("themes", "leads")),
    *(f"reason.{reason}" for reason in Reason),
    *(f"changes.{name}" for name in ("sinds", "tot")),
    *(f"export.{name.split('.')[0]}" for name in (making.REPORT, making.DECK, making.FIGURES)),
    *(f"sheet.{name}" for name in SHEETS.split()),
    *(f"fact.{fact.name.lower()}" for fact in schema.Fact),
    *(f"subject.{s.name.lower()}" for s in schema.Subject),
    *(f"meeting.{name}" for name in meeting._WORDS),
    *(f"meeting.{what}_{name}" for what in ("key", "does") for name in meeting._KEYS),
    *(f"filter.{name}" for name in ("thema", "partner", "status", "kwartaal")),
    *(f"column.{name}" for name in COLUMNS.split()),
    *(f"partner.{role}{tail}" for role in ("lead", "member") for tail in ("", "_empty")),
    *(f"role.{role}" for role in ("lead", "member")),
    *(f"finding.as_of_unlikely.{cause}" for cause in ("after_save", "outside_year", "old")),
    *(f"slide.{name}" for name in (*decisions.ASKED, *decisions.AGREED)),
    *(f"next.goes_{goes}" for goes in next_year.Goes),
    *(f"report.{head}" for head in ("state", "activity", "lead", "period_head", "over")),
    *(f"slide.{state}" for state in ("overdue", "open", "done")),
    *(f"decisions.{name}" for name in ("asked", "agreed")),
    *(f"show.{topic}" for topic in ("undated", "late", "passed_unreported")),
}  # fmt: skip
OPTIONAL = ("expected.", "kind.")  # said where there is something to say


def literals(path: Path) -> set[str]:
    """Return every text in a file that looks like the id of a message."""
    found = {
        node.value
        for node in code.nodes(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {text for text in found if text in texts.keys("nl")}


def asked(path: Path) -> set[str]:
    """Return the ids that a file asks for by name."""
    ids = set()
    for node in code.nodes(path):
        if isinstance(node, ast.Call):
            name = (
                node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            )
            place = {"text": 0, "translate": 1}.get(name)
            if (
                place is not None
                and len(node.args) > place
                and isinstance(node.args[place], ast.Constant)
            ):
                value = node.args[place].value  # type: ignore[attr-defined]
                if isinstance(value, str) and "." in value:
                    ids.add(value)
    return ids


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_no_message_is_missing(lang: str) -> None:
    wanted = set().union(*(asked(path) for path in SOURCES)) | COMPUTED
    assert wanted - texts.keys(lang) == set()


def test_no_message_is_left_over() -> None:
    used = set().union(*(literals(path) for path in SOURCES)) | COMPUTED
    assert {key for key in texts.keys("nl") if not key.startswith(OPTIONAL)} - used == set()


def test_both_languages_say_the_same_things() -> None:
    assert texts.keys("nl") == texts.keys("en")
    for key in texts.keys("nl"):
        shapes = []
        for lang in texts.LANGUAGES:
            message = next(
                m
                for m in texts.catalogue(lang)
                if key in (m.id, m.id[0] if isinstance(m.id, tuple) else None)
            )
            forms = (
                tuple(map(str, message.string))
                if isinstance(message.string, tuple | list)
                else (str(message.string or ""),)
            )
            assert all(form.strip() for form in forms), (lang, key)
            shapes.append(
                [
                    {name for _, name, _, _ in string.Formatter().parse(form) if name} - {"n"}
                    for form in forms
                ]
            )
        assert shapes[0] == shapes[1], key


def test_expected_and_kinds_belong_to_something() -> None:
    kinds = {f"kind.{kind.casefold()}" for kind in schema.PARTNER_KINDS}
    optional = {key for key in texts.keys("nl") if key.startswith(OPTIONAL)}
    assert optional <= {f"expected.{code}" for code in finding.WEIGHTS} | kinds
    assert kinds <= optional


def test_an_unknown_message_fails_loudly() -> None:
    with pytest.raises(KeyError, match=r"nl: no\.such"):
        texts.translate("nl", "no.such")


def test_plurals() -> None:
    assert [texts.translate("nl", "count.activities", n=n) for n in (0, 1, 2)] == [
        "0 activiteiten",
        "1 activiteit",
        "2 activiteiten",
    ]


def test_a_number_is_given_where_a_message_has_a_plural_and_nowhere_else() -> None:
    plural = {m.id[0] for m in texts.catalogue("nl") if m.id and not isinstance(m.id, str)}
    wrong = []
    for path in SOURCES:
        for node in code.nodes(path):
            if isinstance(node, ast.Call):
                name = (
                    node.func.id
                    if isinstance(node.func, ast.Name)
                    else getattr(node.func, "attr", "")
                )
                place = {"text": 0, "translate": 1}.get(name)
                if (
                    place is not None
                    and len(node.args) > place
                    and isinstance(node.args[place], ast.Constant)
                ):
                    given = any(keyword.arg == "n" for keyword in node.keywords)
                    if given != (node.args[place].value in plural):  # type: ignore[attr-defined]
                        wrong.append(code.place(path, node))
    assert wrong == []


def test_a_number_for_a_message_without_a_plural_is_an_error() -> None:
    with pytest.raises(KeyError):
        texts.translate("nl", "nobody", n=2)
