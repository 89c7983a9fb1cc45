"""Colours by meaning, for light and for dark mode. Colour alone never tells anything: each meaning
has a word and a pattern too.

tests/test_palette.py checks the contrasts, in grey and for colour-blind readers too.
"""

from dataclasses import dataclass
from enum import StrEnum, unique

from aaa.workbook.schema import Funder, Judgement, StatusCode


@dataclass(frozen=True)
class Pair:
    """One colour on light ground and on dark ground."""

    light: str
    dark: str

    @property
    def css(self) -> str:
        """Return the value for a style sheet: the browser picks by the ground."""
        return f"light-dark({self.light}, {self.dark})"


GROUND = Pair("#ffffff", "#0f161d")
PANEL = Pair("#f3f5f7", "#18222c")
INK = Pair("#0b1118", "#f2f5f7")
QUIET = Pair("#55626d", "#a9b5bf")
LINE = Pair("#d5dbe0", "#33414d")
EDGE = Pair("#7b8791", "#81909c")  # the edge of something unknown or empty: 3:1 against the ground
ACCENT = Pair("#17486b", "#8cc0e8")
HATCH = Pair("#c9d0d6", "#45535f")

STATUS: dict[StatusCode, Pair] = {
    StatusCode.FINISHED: Pair("#17486b", "#9ccbef"),
    StatusCode.RUNNING: Pair("#4583b0", "#4f8fbd"),
    StatusCode.NOT_STARTED: Pair("#ffffff", "#0f161d"),
    StatusCode.DROPPED: Pair("#7b8791", "#81909c"),
    StatusCode.UNREPORTED: Pair("#e4e8eb", "#26323c"),
}
JUDGEMENT: dict[Judgement, Pair] = {
    Judgement.GREEN: Pair("#1f7a43", "#6cc48d"),
    Judgement.ORANGE: Pair("#a85700", "#f0a44b"),
    Judgement.RED: Pair("#b3261e", "#ff8a80"),
}
LATE = JUDGEMENT[Judgement.RED]
FUNDER: dict[Funder, Pair] = {
    Funder.MUNICIPALITY: Pair("#17486b", "#3f86b8"),
    Funder.PARTNERS: Pair("#c07f1a", "#f0c06a"),
}
# The ink of the numbers inside a funder's bar.
FUNDER_INK: dict[Funder, Pair] = {
    Funder.MUNICIPALITY: Pair("#ffffff", "#0b1118"),
    Funder.PARTNERS: Pair("#0b1118", "#0b1118"),
}
# From few to many; from HEAT_INVERTED on the number in a cell is written in GROUND.
HEAT = (
    Pair("#e6eff6", "#1a2a37"),
    Pair("#c8dcea", "#234053"),
    Pair("#9cc1dc", "#2f5a76"),
    Pair("#2f6c99", "#8ab9db"),
    Pair("#17486b", "#b6d8f0"),
)
HEAT_INVERTED = 4


@unique
class Meaning(StrEnum):
    """What a part of a bar stands for."""

    MUNICIPALITY = "municipality"
    PARTNERS = "partners"
    UNKNOWN_FUNDER = "unknown_funder"
    EXPECTED = "expected"
    OPEN = "open"  # not covered, or an estimate that other bars lie on
    NOT_RECORDED = "not_recorded"
    OBLIGED = "obliged"
    NOT_STARTED = "not_started"
    RUNNING = "running"
    FINISHED = "finished"
    DROPPED = "dropped"
    UNREPORTED = "unreported"


@dataclass(frozen=True)
class Look:
    """How a part of a bar looks on either ground.

    Attributes:
        fill: its colour.
        edge: of its outline, which stays visible where the fill is as pale as the ground.
        ink: of the number in it; None where the number needs a ground of its own.
        shape: the pattern over the fill: a stroke, dots, a cross or none.
        line: the colour of the pattern.
    """

    fill: Pair
    edge: Pair
    ink: Pair | None = None
    shape: str = ""
    line: Pair = INK


LOOKS: dict[Meaning, Look] = {
    Meaning.MUNICIPALITY: Look(
        FUNDER[Funder.MUNICIPALITY], GROUND, FUNDER_INK[Funder.MUNICIPALITY]
    ),
    Meaning.PARTNERS: Look(FUNDER[Funder.PARTNERS], GROUND, FUNDER_INK[Funder.PARTNERS]),
    Meaning.UNKNOWN_FUNDER: Look(EDGE, GROUND, INK),
    Meaning.EXPECTED: Look(HATCH, EDGE, INK),
    Meaning.OPEN: Look(GROUND, EDGE, INK),
    Meaning.NOT_RECORDED: Look(GROUND, EDGE, INK, "/"),
    Meaning.OBLIGED: Look(HATCH, EDGE, INK, "/"),
    Meaning.NOT_STARTED: Look(GROUND, ACCENT, None, ".", ACCENT),
    Meaning.RUNNING: Look(
        STATUS[StatusCode.RUNNING], STATUS[StatusCode.RUNNING], None, "/", GROUND
    ),
    Meaning.FINISHED: Look(STATUS[StatusCode.FINISHED], STATUS[StatusCode.FINISHED]),
    Meaning.DROPPED: Look(GROUND, EDGE, None, "x", EDGE),
    Meaning.UNREPORTED: Look(STATUS[StatusCode.UNREPORTED], EDGE, None, "/", HATCH),
}


def variables() -> str:
    """Return every colour as a custom property, for the style sheet of the figures."""
    named = {
        "ground": GROUND,
        "panel": PANEL,
        "ink": INK,
        "quiet": QUIET,
        "line": LINE,
        "edge": EDGE,
        "accent": ACCENT,
        "hatch": HATCH,
        "late": LATE,
    }
    named |= {
        f"status-{code.name.lower().replace('_', '-')}": pair for code, pair in STATUS.items()
    }
    named |= {f"judgement-{judgement.name.lower()}": pair for judgement, pair in JUDGEMENT.items()}
    named |= {f"funder-{funder.name.lower()}": pair for funder, pair in FUNDER.items()}
    named |= {f"heat-{step}": pair for step, pair in enumerate(HEAT, start=1)}
    return ":root{" + "".join(f"--{name}:{pair.css};" for name, pair in named.items()) + "}"
