"""Names, the register, formatting, and work done once."""

import datetime as dt
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aaa.ui.once import once
from aaa.values import names
from aaa.words import formatting
from aaa.workbook import register


@pytest.mark.parametrize(
    ("one", "other"),
    [("DC Terra", " dc\u00a0 terra\u200b"), ("I&W", "i&w"), ("Zorg", "ＺＯＲＧ"), ("a\tb", "a b")],
)
def test_two_spellings_of_one_name(one: str, other: str) -> None:
    assert names.key(one) == names.key(other)


def test_an_amount_stays_on_one_line_with_its_sign() -> None:
    assert names.on_one_line("  over\n\t€\u00a012.000\u2028meer ") == "over €\u00a012.000 meer"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("DC Terra", "dc-terra"),
        ("ZO! Assen", "zo-assen"),
        ("Poznań", "poznan"),
        ("I&W", "i-w"),
        ("???", "x"),
    ],
)
def test_codes_for_addresses(name: str, code: str) -> None:
    assert names.code(name) == code


@given(st.text(max_size=50))
def test_tidy_is_final(text: str) -> None:
    assert names.tidy(names.tidy(text)) == names.tidy(text)


def test_a_name_goes_before_an_alias() -> None:
    book = register.build([(2, "A", None, "B"), (3, "B", None, None)])
    assert book.known["b"] == "B"
    assert [(c.row, c.spelling, c.first) for c in book.clashes] == [(2, "B", "B")]


def test_dutch_and_english_numbers() -> None:
    plain = {lang: formatting.euros(680000, lang).replace("\u00a0", " ") for lang in ("nl", "en")}
    assert plain == {"nl": "€ 680.000", "en": "€680,000"}
    assert formatting.euros(21340.5, "nl").replace("\u00a0", " ") == "€ 21.340,50"
    assert formatting.number(10000, "nl") == "10.000"
    assert formatting.date(dt.date(2025, 1, 1), "nl") == "1 januari 2025"
    assert formatting.months(2025 * 12 + 3, 2025 * 12 + 5, "nl") == "april–juni 2025"
    assert formatting.months(2025 * 12 + 9, 2026 * 12 + 2, "nl") == "oktober 2025–maart 2026"


@pytest.mark.parametrize(
    ("share", "said"),
    [(0, "0%"), (0.66176, "66%"), (1, "100%"), (0.001, "< 1%"), (0.9999, "> 99%"), (1.2, "120%")],
)
def test_a_little_is_not_nothing_and_nearly_is_not_all(share: float, said: str) -> None:
    assert formatting.percent(share, "nl") == said


def test_an_unknown_number_has_no_figures() -> None:
    with pytest.raises(ValueError, match="unknown"):
        formatting.number(float("nan"), "nl")


def test_work_that_many_ask_for_at_once_is_done_once() -> None:
    asked: list[int] = []

    def slow(number: int) -> int:
        asked.append(number)
        time.sleep(0.05)
        return number * 2

    with ThreadPoolExecutor(20) as readers:
        assert (
            list(readers.map(lambda _: once(("slow", 21), partial(slow, 21)), range(20)))
            == [42] * 20
        )
    assert asked == [21]


def test_of_heavy_work_less_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []

    def heavy(number: int) -> str:
        made.append(number)
        return "x" * 1_000_000

    monkeypatch.setattr("aaa.ui.once._MOST_BYTES", 10_000_000)
    for number in (*range(20), 19, 18, 0):
        once(("heavy", number), partial(heavy, number))
    assert made == [*range(20), 0]  # the last ones were there still, the first was not


def test_work_that_fails_is_tried_by_the_next() -> None:
    tries: list[int] = []

    def fails_once(number: int) -> int:
        tries.append(number)
        time.sleep(0.02)
        if len(tries) == 1:
            raise ValueError
        return number

    def ask(_: int) -> int | None:
        try:
            return once("fails", lambda: fails_once(7))
        except ValueError:
            return None

    with ThreadPoolExecutor(5) as readers:
        assert sorted(map(str, readers.map(ask, range(5)))) == ["7", "7", "7", "7", "None"]
    assert tries == [7, 7]
