"""Contrast by the formula of WCAG 2.2, in grey and as colour-blind readers see it."""

import itertools

import pytest

from aaa.figures import palette
from aaa.figures.palette import Pair
from aaa.workbook.schema import Funder, StatusCode

# Machado, Oliveira and Fernandes (2009), severity 1.0.
BLIND = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}
SCHEMES = ("light", "dark")


def linear(colour: str) -> list[float]:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def luminance(rgb: list[float]) -> float:
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]


def contrast(one: str, other: str, sight: str | None = None) -> float:
    def seen(colour: str) -> float:
        rgb = linear(colour)
        if sight:
            rgb = [
                min(max(sum(m * c for m, c in zip(row, rgb, strict=True)), 0), 1)
                for row in BLIND[sight]
            ]
        return luminance(rgb)

    low, high = sorted((seen(one), seen(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    "pair", [palette.INK, palette.QUIET, palette.ACCENT, palette.LATE, *palette.JUDGEMENT.values()]
)
def test_words_can_be_read(pair: Pair, scheme: str) -> None:
    for ground in (palette.GROUND, palette.PANEL):
        assert contrast(getattr(pair, scheme), getattr(ground, scheme)) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("sight", [None, *BLIND])
def test_bars_stand_out_from_their_ground(scheme: str, sight: str | None) -> None:
    solid = [
        palette.STATUS[StatusCode.FINISHED],
        palette.STATUS[StatusCode.RUNNING],
        palette.EDGE,
        *palette.FUNDER.values(),
    ]
    for pair in solid:
        assert contrast(getattr(pair, scheme), getattr(palette.GROUND, scheme), sight) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("sight", [None, *BLIND])
def test_funders_differ_in_grey_too(scheme: str, sight: str | None) -> None:
    one, other = (getattr(palette.FUNDER[f], scheme) for f in Funder)
    assert contrast(one, other, sight) >= 1.8


@pytest.mark.parametrize("scheme", SCHEMES)
def test_numbers_inside_a_funders_bar_can_be_read(scheme: str) -> None:
    for funder in Funder:
        assert (
            contrast(
                getattr(palette.FUNDER_INK[funder], scheme), getattr(palette.FUNDER[funder], scheme)
            )
            >= 4.5
        )


def test_no_two_states_share_a_colour() -> None:
    for one, other in itertools.combinations(palette.STATUS.values(), 2):
        assert one != other
