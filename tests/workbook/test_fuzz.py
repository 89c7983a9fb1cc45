"""A short walk through the random workbooks of tests/fuzz.py; `python -m tests.fuzz` makes the long
one.
"""

import contextlib
import datetime as dt
import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aaa.workbook import schema
from tests import fuzz
from tests.support.effort import COSTLY, effort, in_ci

_EACH = effort(dev=8, ci=12, long=400)

columns = schema.sheet("activities").columns
words = st.text(
    st.characters(codec="utf-8", exclude_characters="\ufffe\uffff", exclude_categories=["Cs"]),
    max_size=20,
)
# Of the control characters XML knows three; `_x0041_` is how Excel writes the others, and is left
# alone here.
texts = words.map(lambda word: re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]|_x", "", word))
cells = st.one_of(
    st.none(),
    texts,
    st.sampled_from(fuzz.ODD),
    st.sampled_from([word for word in fuzz.WORDS if "_x" not in word]),
    st.integers(),
    st.integers(-(10**400), 10**400),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(dt.date(1900, 3, 1)),
)
rows = st.lists(st.lists(cells, min_size=len(columns), max_size=len(columns)), max_size=4)


@pytest.mark.parametrize("family", ["values", "surgery", "bytes", "packages", "spread"])
def test_random_workbooks_are_read_or_refused(family: str) -> None:
    outcomes = [fuzz.tried(family, seed) for seed in range(_EACH)]
    wrong = {
        seed: outcome.error or outcome.took
        for seed, outcome in enumerate(outcomes)
        if outcome.error or outcome.took > fuzz.MOST_SECONDS * fuzz.slowness()
    }
    assert not wrong, "\n".join(f"{family} {seed}: {error}" for seed, error in wrong.items())
    assert any(outcome.code == "read" for outcome in outcomes)
    assert any(outcome.code != "read" for outcome in outcomes)


def test_a_case_is_always_the_same() -> None:
    for family in ("values", "surgery", "bytes", "packages", "spread"):
        assert [fuzz.make(family, seed).data for seed in range(20)] == [
            fuzz.make(family, seed).data for seed in range(20)
        ]


@COSTLY
@given(rows, st.booleans())
def test_no_cell_value_loses_a_row(typed: list[list[Any]], shared: bool) -> None:
    headings = [column.heading for column in columns]
    filled = [row for row in typed if not all(fuzz.is_blank(value) for value in row)]
    sheets = fuzz.SMALL_ROWS | {"Activiteiten": [headings, *typed]}
    fuzz.check(
        fuzz.Case(
            fuzz.workbook(sheets, shared=shared),
            "hypothesis",
            {"activities": len(filled), "costs": 1, "ambitions": 1},
        ),
        summed=False,
    )


@pytest.fixture(scope="module")
def apart() -> Iterator[fuzz.Apart]:
    with contextlib.closing(fuzz.Apart()) as process:
        yield process


@pytest.mark.server
@pytest.mark.parametrize("name", fuzz.HEAVY)
def test_a_heavy_file_costs_little(apart: fuzz.Apart, name: str) -> None:
    case = fuzz.heavy_case(name, random.Random(name))
    outcome = apart.run(case, seconds=8 * fuzz.MOST_SECONDS)
    # of all cases before it too: what is its own, a fresh process tells
    if outcome.peak > fuzz.MOST_MEGABYTES:
        outcome = fuzz.run_alone(case, seconds=8 * fuzz.MOST_SECONDS)
    # a second and a half for what does not grow with the size: reading, marking, next year's
    # workbook and the differences each have their own
    most = 1.5 + fuzz.MOST_SECONDS / fuzz.PARTS
    if outcome.took > most:  # the machine may have been busy
        outcome = fuzz.run_alone(case, seconds=8 * fuzz.MOST_SECONDS)
    too_much = fuzz.too_much(outcome, most)
    assert not too_much, too_much


@pytest.mark.server
@pytest.mark.parametrize("name", ["all cells wrong", *in_ci("many findings of many kinds")])
def test_the_pages_of_a_heavy_file_cost_little(name: str) -> None:
    case = fuzz.heavy_case(name, random.Random(name))
    outcome = fuzz.run_alone(case, seconds=8 * fuzz.MOST_SECONDS, family="pages")
    too_much = fuzz.too_much(outcome, 1 + fuzz.MOST_SECONDS / fuzz.PARTS)
    assert not too_much, too_much
