"""The contract of the workbook: its sheets, headings and closed vocabularies.

The only module with Dutch headings. All other code uses the English column names below.
"""

from dataclasses import dataclass
from enum import Enum, StrEnum, unique

from aaa.values import names


@unique
class Kind(Enum):
    """How a cell of a column is read."""

    TEXT = "text"
    LABEL = "label"  # a short text that may have been typed as a number, such as 1.1
    NAME = "name"  # one name that another sheet defines
    NAMES = "names"  # a list of such names in one cell
    CHOICE = "choice"  # a word of a closed vocabulary
    CHOICES = "choices"  # a list of such words in one cell
    PERIOD = "period"
    AMOUNT = "amount"  # euros
    NUMBER = "number"
    YEAR = "year"
    SHARE = "share"  # 0..1
    DATE = "date"


@unique
class Status(StrEnum):
    """How far an activity is. An empty cell means that it was not reported."""

    NOT_STARTED = "Niet gestart"
    RUNNING = "Loopt"
    FINISHED = "Afgerond"
    DROPPED = "Vervallen"


@unique
class StatusCode(StrEnum):
    """The codes of the statuses in a URL, including one for not reported."""

    NOT_STARTED = "niet-gestart"
    RUNNING = "loopt"
    FINISHED = "afgerond"
    DROPPED = "vervallen"
    UNREPORTED = "niet-gerapporteerd"

    @property
    def status(self) -> Status | None:
        """Return the status in the workbook; None for not reported."""
        return None if self is StatusCode.UNREPORTED else Status[self.name]


@unique
class Judgement(StrEnum):
    """How confident the lead is; defined in docs/definitions.md and on the pages."""

    GREEN = "Groen"
    ORANGE = "Oranje"
    RED = "Rood"


@unique
class Funder(StrEnum):
    """Who pays."""

    MUNICIPALITY = "Gemeente"
    PARTNERS = "Partners"


@unique
class Certainty(StrEnum):
    """How certain the funding of a cost line is."""

    COMMITTED = "Toegezegd"
    EXPECTED = "Verwacht"
    UNCOVERED = "Nog geen dekking"


@unique
class Booking(StrEnum):
    """What kind of spending a booking is."""

    OBLIGED = "Verplicht"
    PAID = "Betaald"


@unique
class Rung(StrEnum):
    """A step of an ambition's ladder."""

    READY = "Gereed"
    UNDER_CONSTRUCTION = "In aanbouw"
    PERMITTED = "Vergund"
    HARD_PLANS = "Harde plannen"
    SOFT_PLANS = "Zachte plannen"
    JOBS = "Banen"
    STUDYING = "Studerend in Assen"
    LIVING = "Wonend in Assen"


@unique
class DecisionKind(StrEnum):
    """What was agreed in a meeting."""

    DECISION = "Besluit"
    ACTION = "Actie"


@unique
class DecisionStatus(StrEnum):
    """Whether a decision or action is still open."""

    OPEN = "Open"
    DONE = "Gereed"


@unique
class Subject(StrEnum):
    """A point on the agenda of a meeting, in the usual order; each has slides of its own."""

    CHANGES = "Wijzigingen"
    ATTENTION = "Aandacht"
    TIMELINE = "Tijdlijn"
    THEMES = "Themas"
    PARTNERS = "Partners"
    BUDGET = "Begroting"
    AMBITIONS = "Ambities"
    DECISIONS = "Besluiten"


@unique
class CommunicationKind(StrEnum):
    """The parts of the communication plan."""

    VISION = "Visie"
    AMBITION = "Ambitie"
    APPROACH = "Aanpak"


@unique
class Fact(StrEnum):
    """The rows of the sheet with the programme's own facts."""

    NAME = "Naam"
    YEAR = "Jaar"
    AS_OF = "Peildatum"
    SORT = "Soort"


# The reference date as a column of its own: what follows from it is told with its findings.
AS_OF = "programme.as_of"
# The column of the cost estimate that holds what a funder carries.
FUNDER_COLUMNS = {Funder.MUNICIPALITY: "municipality", Funder.PARTNERS: "partners"}

EXAMPLE_SORT = "Voorbeeld"
BASELINE_NOTE = "Nulmeting"
# Words that a lead types in a column of marks to mean "no mark".
NO_MARK = frozenset({"nee", "no", "-", "–", "0", "onwaar", "false", "n.v.t.", "nvt", "geen"})
# Words that a lead types as the status of a closed decision or action, in addition to the word of
# the list.
CLOSED_WORDS = frozenset(
    {"gereed", "klaar", "gedaan", "afgerond", "afgehandeld", "vervallen", "gesloten"}
)


def closes(status: str) -> bool:
    """Tell whether the status of a decision or an action says that it is closed."""
    return names.key(status) in CLOSED_WORDS


# What people write for a word of the lists: suggested, never taken for it. By `names.key`.
SYNONYMS: dict[type[StrEnum], dict[str, StrEnum]] = {
    Status: {
        **dict.fromkeys(
            ("gereed", "klaar", "gedaan", "voltooid", "afgesloten", "opgeleverd", "done"),
            Status.FINISHED,
        ),
        **dict.fromkeys(
            (
                *("in uitvoering", "bezig", "gestart", "lopend", "actief", "in behandeling"),
                *("on hold", "niet afgerond", "nog niet afgerond", "bijna afgerond"),
            ),
            Status.RUNNING,
        ),
        **dict.fromkeys(
            ("gepland", "open", "te doen", "nog niet gestart", "nog niet begonnen"),
            Status.NOT_STARTED,
        ),
        **dict.fromkeys(
            ("n.v.t.", "nvt", "gestopt", "geannuleerd", "geschrapt", "afgeblazen"), Status.DROPPED
        ),
    },
    Judgement: {
        **dict.fromkeys(("goed", "ok", "op schema"), Judgement.GREEN),
        **dict.fromkeys(("geel", "amber", "risico", "aandacht", "matig"), Judgement.ORANGE),
        **dict.fromkeys(("slecht", "kritiek", "fout", "stop"), Judgement.RED),
    },
    Booking: {
        **dict.fromkeys(("uitgegeven", "voldaan", "factuur betaald"), Booking.PAID),
        **dict.fromkeys(("verplichting", "besteld", "gereserveerd"), Booking.OBLIGED),
    },
    Rung: {
        **dict.fromkeys(("klaar", "opgeleverd", "gebouwd", "voltooid"), Rung.READY),
        **dict.fromkeys(("bouw gestart", "in uitvoering", "bouw"), Rung.UNDER_CONSTRUCTION),
        **dict.fromkeys(("vergunning", "vergunning verleend"), Rung.PERMITTED),
    },
    Certainty: {
        **dict.fromkeys(("zeker", "vast", "akkoord", "beschikt"), Certainty.COMMITTED),
        **dict.fromkeys(("onzeker", "aangevraagd", "mogelijk"), Certainty.EXPECTED),
        **dict.fromkeys(("geen", "geen dekking", "ongedekt"), Certainty.UNCOVERED),
    },
}
# What people call a column; suggested where its heading is missing. By `names.key`.
HEADINGS = {
    "planning": "Periode",
    "kwartaal": "Periode",
    "looptijd": "Periode",
    "nummer": "Nr",
    "titel": "Activiteit",
    "naam activiteit": "Activiteit",
    "trekkers": "Trekker",
    "verantwoordelijke": "Trekker",
    "eigenaar": "Trekker",
    "voortgang %": "Voortgang",
    "toelichting": "Stand van zaken",
    "stand": "Stand van zaken",
    "kleur": "Oordeel",
    "begroot": "Totaal",
    "bedrag totaal": "Totaal",
    "gemeente": "Dekking gemeente",
    "partners": "Dekking partners",
}


def is_said_for(word: str) -> bool:
    """Tell whether people write a word for one of the lists, or for a heading."""
    said = names.key(word)
    return said in HEADINGS or any(said in words for words in SYNONYMS.values())


SORTS = ("Jaarplan", EXAMPLE_SORT)
TOTAL_ROW = "Totaal"
TWIN = " (EN)"

# The unit of an ambition decides its rungs; an ambition in another unit has the rungs that were
# measured.
LADDERS: dict[str, tuple[Rung, ...]] = {
    "woningen": (
        Rung.READY,
        Rung.UNDER_CONSTRUCTION,
        Rung.PERMITTED,
        Rung.HARD_PLANS,
        Rung.SOFT_PLANS,
    ),
    "banen": (Rung.JOBS,),
    "studenten": (Rung.STUDYING, Rung.LIVING),
}
PARTNER_KINDS = (
    "Overheid",
    "Onderwijs",
    "Onderneming",
    "Ondernemersorganisatie",
    "Zorg",
    "Netwerk",
    "Maatschappelijk",
    "Groep",
)


@dataclass(frozen=True)
class Column:
    """One column of a sheet.

    Attributes:
        name: the English name in every frame.
        heading: the Dutch heading in the workbook.
        required: the heading must be there, else the sheet cannot be read.
        filled: every row should hold a value.
        choices: the closed vocabulary of a CHOICE or CHOICES; for another kind, words to suggest.
        refers: the sheet whose names may stand here, for NAME and NAMES.
        twin: whether an English translation, a column headed with ` (EN)`, is allowed.
        later: the contract gained the column later, so that older workbooks do not have it.
    """

    name: str
    heading: str
    kind: Kind = Kind.TEXT
    required: bool = False
    filled: bool = False
    choices: type[StrEnum] | None = None
    refers: str | None = None
    later: bool = False

    @property
    def twin(self) -> bool:
        """Tell whether an English translation is allowed: any column of text may have one."""
        return self.kind is Kind.TEXT


@dataclass(frozen=True)
class Sheet:
    """One sheet: its English name, its Dutch title, and its columns in the order they
    are written.

    Attributes:
        most: rows that it may have; beyond what any plan needs, a page and the meeting take longer
            than a reader waits.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    required: bool = False
    most: int = 25_000

    def column(self, name: str) -> Column:
        """Return the column with this English name; KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name}.{name}")

    @property
    def key(self) -> Column:
        """Return the first required column, in which a row `Totaal` is recognised."""
        return next(c for c in self.columns if c.required)


def _must(
    name: str,
    heading: str,
    kind: Kind = Kind.TEXT,
    choices: type[StrEnum] | None = None,
    refers: str | None = None,
) -> Column:
    """Return a column whose heading is required and whose every row should be filled."""
    return Column(name, heading, kind, required=True, filled=True, choices=choices, refers=refers)


GUIDE_TITLE = "Leeswijzer"
LISTS_TITLE = "Lijsten"
CHECK_TITLE = "Controle"  # the list of findings in a marked copy
PARTNER_KINDS_HEADING = "Soort partner"
# The columns of the sheet that feeds the drop-downs.
VOCABULARIES: dict[str, type[StrEnum]] = {
    "Status": Status,
    "Oordeel": Judgement,
    "Financier": Funder,
    "Zekerheid": Certainty,
    "Soort uitgave": Booking,
    "Trede": Rung,
    "Soort besluit": DecisionKind,
    "Status besluit": DecisionStatus,
    "Soort communicatie": CommunicationKind,
    "Agenda": Subject,
}

SHEETS: tuple[Sheet, ...] = (
    Sheet(
        "programme",
        "Programma",
        (_must("fact", "Gegeven"), Column("value", "Waarde", Kind.LABEL, required=True)),
    ),
    Sheet(
        "themes",
        "Themas",
        (
            _must("theme", "Thema"),
            Column("description", "Omschrijving"),
            Column("position", "Volgorde", Kind.NUMBER),
        ),
        most=300,
    ),
    Sheet(
        "activities",
        "Activiteiten",
        (
            _must("nr", "Nr", Kind.LABEL),
            _must("theme", "Thema", Kind.NAME, refers="themes"),
            _must("topic", "Onderdeel"),
            _must("title", "Activiteit"),
            Column("description", "Omschrijving"),
            Column("period", "Periode", Kind.PERIOD, required=True),
            Column("leads", "Trekker", Kind.NAMES, refers="partners"),
            Column("partners", "Partners", Kind.NAMES, refers="partners"),
            Column("status", "Status", Kind.CHOICE, choices=Status),
            Column("judgement", "Oordeel", Kind.CHOICE, choices=Judgement),
            Column("progress", "Voortgang", Kind.SHARE),
            Column("forecast", "Prognose", Kind.PERIOD),
            Column("finished_on", "Afgerond op", Kind.DATE),
            Column("note", "Stand van zaken"),
            Column("ambitions", "Ambities", Kind.NAMES, refers="ambitions"),
            Column("international", "Internationaal"),
            Column("original", "Oorspronkelijk", Kind.PERIOD, later=True),
        ),
        required=True,
    ),
    Sheet(
        "partners",
        "Partners",
        (
            _must("partner", "Partner", Kind.LABEL),
            Column("full_name", "Volledige naam"),
            Column("kind", "Soort", Kind.LABEL),
            Column("aliases", "Ook bekend als"),
            Column("website", "Website", Kind.LABEL),
        ),
    ),
    Sheet(
        "costs",
        "Kostenraming",
        (
            _must("line", "Kostenpost"),
            Column("description", "Omschrijving"),
            _must("total", "Totaal", Kind.AMOUNT),
            _must("municipality", "Dekking gemeente", Kind.AMOUNT),
            _must("partners", "Dekking partners", Kind.AMOUNT),
        ),
        required=True,
        most=500,
    ),
    Sheet(
        "commitments",
        "Toezeggingen",
        (
            _must("line", "Kostenpost", Kind.NAME, refers="costs"),
            _must("funder", "Financier", Kind.CHOICE, choices=Funder),
            _must("amount", "Bedrag", Kind.AMOUNT),
            _must("certainty", "Zekerheid", Kind.CHOICE, choices=Certainty),
            Column("partner", "Partner", Kind.NAME, refers="partners"),
            Column("date", "Datum", Kind.DATE),
        ),
    ),
    Sheet(
        "spending",
        "Uitgaven",
        (
            _must("date", "Datum", Kind.DATE),
            _must("line", "Kostenpost", Kind.NAME, refers="costs"),
            _must("funder", "Financier", Kind.CHOICE, choices=Funder),
            _must("kind", "Soort", Kind.CHOICE, choices=Booking),
            _must("amount", "Bedrag", Kind.AMOUNT),
            Column("description", "Omschrijving"),
            Column("activity", "Activiteit", Kind.LABEL, refers="activities"),
        ),
    ),
    Sheet(
        "ambitions",
        "Ambities",
        (
            _must("nr", "Nr", Kind.LABEL),
            _must("ambition", "Ambitie"),
            Column("unit", "Eenheid", Kind.LABEL),
            Column("target", "Doel", Kind.NUMBER),
            Column("target_year", "Doeljaar", Kind.YEAR),
            Column("source", "Bron"),
        ),
        required=True,
        most=300,
    ),
    Sheet(
        "measurements",
        "Metingen",
        (
            _must("ambition", "Ambitie", Kind.NAME, refers="ambitions"),
            _must("rung", "Trede", Kind.CHOICE, choices=Rung),
            _must("date", "Peildatum", Kind.DATE),
            _must("value", "Waarde", Kind.NUMBER),
            Column("source", "Bron"),
            Column("note", "Toelichting"),
        ),
    ),
    Sheet(
        "meetings",
        "Overleg",
        (
            _must("date", "Datum", Kind.DATE),
            _must("meeting", "Overleg"),
            Column("agenda", "Agenda", Kind.CHOICES, choices=Subject, later=True),
        ),
    ),
    Sheet(
        "decisions",
        "Besluiten",
        (
            _must("date", "Datum", Kind.DATE),
            _must("kind", "Soort", Kind.CHOICE, choices=DecisionKind),
            _must("text", "Tekst"),
            Column("meeting", "Overleg", Kind.LABEL),
            Column("owner", "Eigenaar", Kind.LABEL),
            Column("due", "Gereed voor", Kind.DATE),
            Column("status", "Status", Kind.LABEL, choices=DecisionStatus),
        ),
    ),
    Sheet(
        "results",
        "Resultaten",
        (
            _must("year", "Jaar", Kind.YEAR),
            _must("title", "Titel"),
            Column("description", "Omschrijving"),
            Column("theme", "Thema", Kind.NAME, refers="themes"),
        ),
    ),
    Sheet(
        "communication",
        "Communicatie",
        (
            _must("kind", "Soort", Kind.CHOICE, choices=CommunicationKind),
            _must("title", "Titel"),
            Column("description", "Omschrijving"),
        ),
    ),
    Sheet(
        "international",
        "Internationaal",
        (
            _must("track", "Spoor"),
            Column("description", "Omschrijving"),
            Column("area", "Gebied"),
            Column("motive", "Motief"),
        ),
    ),
)

# The column of each sheet that defines the names for NAME and NAMES columns.
DEFINES = {
    "themes": "theme",
    "partners": "partner",
    "costs": "line",
    "ambitions": "ambition",
    "activities": "nr",
}


def sheet(name: str) -> Sheet:
    """Return the sheet with this English name; KeyError when there is none."""
    for one in SHEETS:
        if one.name == name:
            return one
    raise KeyError(name)
