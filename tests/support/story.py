"""An invented year 2026 in nine versions: what a steering group sees in its last meeting of the
year, with 45 changes since the meeting before.
"""

import copy
import datetime as dt
import functools
from typing import Any

from tests.support.books import xlsx

Book = dict[str, list[dict[str, Any]]]

MEETINGS = (dt.date(2026, 1, 22), dt.date(2026, 6, 18), dt.date(2026, 9, 17), dt.date(2026, 11, 26))
# When each version was saved; the fifth is the one of the meeting in September.
SAVED = tuple(
    dt.datetime(2026, month, day, 16, 40)
    for month, day in (
        (1, 12),
        (3, 30),
        (6, 15),
        (9, 2),
        (9, 15),
        (10, 1),
        (10, 20),
        (11, 6),
        (11, 20),
    )
)
AT_THE_MEETING = 4  # the place of that version

_PARTNERS = (
    "Gemeente Assen",
    "Woonpalet",
    "Bouwkring",
    "Techniekschool",
    "Hogeschool",
    "Ondernemersplein",
    "Zorgplein",
    "Buurtkracht",
)
_THEMES = (("Wonen", "Housing"), ("Werken", "Work"), ("Leren", "Learning"), ("Samen", "Community"))
# number, title, its English text, period, lead, partners
_PLAN = (
    ("1.1", "Woningbouwafspraken", "Housing agreements", "Q1", "Gemeente Assen", ""),
    ("1.2", "Snellere vergunningen", "Faster permits", "Q1-2", "Gemeente Assen", "Bouwkring"),
    ("1.3", "Flexwoningen", "Flexible homes", "Q2-3", "Woonpalet", "Gemeente Assen"),
    ("1.4", "Studentenkamers in kantoren", "Student rooms", "Q3", "Woonpalet", "Hogeschool"),
    ("1.5", "Doorstroomcoach", "Moving coach", "Q4", "", ""),
    ("1.6", "Proef met houtbouw", "Timber trial", "Q3-4", "Bouwkring", ""),
    ("1.7", "Woonbeurs", "Housing fair", "september", "Woonpalet", "Bouwkring"),
    ("2.1", "Werkgeversloket", "Desk for employers", "Q1", "Ondernemersplein", ""),
    ("2.2", "Energie voor bedrijven", "Energy for firms", "Q2", "Ondernemersplein", ""),
    ("2.3", "Omscholing naar techniek", "Retraining", "Q2-4", "Techniekschool", "Ondernemersplein"),
    ("2.4", "Startersruimte", "Space for starters", "Q3", "Ondernemersplein", ""),
    ("2.5", "Banenmarkt", "Job fair", "oktober", "Ondernemersplein", "Techniekschool"),
    ("2.6", "Vestigingsgids", "Guide for firms", "Q4", "Gemeente Assen", ""),
    ("3.1", "Campusplan", "Campus plan", "Q1-2", "Hogeschool", "Gemeente Assen"),
    ("3.2", "Stagemakelaar", "Placements", "Q2", "Techniekschool", ""),
    ("3.3", "Leerlijn zorgtechniek", "Care technology", "Q3", "Hogeschool", "Zorgplein"),
    ("3.4", "Studentenvereniging", "Student society", "Q3-4", "Hogeschool", ""),
    ("3.5", "Taalcafé", "Language café", "Q4", "Buurtkracht", ""),
    ("3.6", "Open dagen", "Open days", "november", "Techniekschool", "Hogeschool"),
    ("3.7", "Lectoraat", "Research group", "Q4", "Hogeschool", ""),
    ("4.1", "Buurtkamers", "Living rooms", "Q1-2", "Buurtkracht", ""),
    ("4.2", "Vrijwilligersvoucher", "Voucher", "Q2", "Buurtkracht", "Gemeente Assen"),
    ("4.3", "Mantelzorgpunt", "Help for carers", "Q3", "Zorgplein", ""),
    ("4.4", "Straatfonds", "Street fund", "Q2-3", "", "Buurtkracht"),
    ("4.5", "Zomerfestival", "Summer festival", "juli", "Buurtkracht", ""),
)  # fmt: skip
_NAMED = {"1.3": "Woningen", "1.4": "Woningen", "2.3": "Banen", "2.5": "Banen"}
_COSTS = (
    ("Capaciteit", 200_000, 100_000),
    ("Middelen", 90_000, 30_000),
    ("Communicatie", 40_000, 0),
)


def _plan() -> Book:
    """Return the first version: the plan, of which nothing is reported."""
    themes = dict(zip("1234", (dutch for dutch, _ in _THEMES), strict=True))
    empty = dict.fromkeys(
        ("Status", "Oordeel", "Voortgang", "Prognose", "Afgerond op", "Stand van zaken")
    )
    held = zip(MEETINGS, ("januari", "juni", "september", "november"), strict=True)
    return {
        "Programma": [
            {"Gegeven": "Naam", "Waarde": "Proefagenda"},
            {"Gegeven": "Jaar", "Waarde": 2026},
            {"Gegeven": "Peildatum", "Waarde": dt.datetime(2026, 1, 12)},
        ],
        "Themas": [
            {"Thema": dutch, "Thema (EN)": english, "Omschrijving": "", "Volgorde": place}
            for place, (dutch, english) in enumerate(_THEMES, start=1)
        ],
        "Partners": [{"Partner": name, "Soort": "Maatschappelijk"} for name in _PARTNERS],
        "Activiteiten": [
            {
                "Nr": nr,
                "Thema": themes[nr[0]],
                "Onderdeel": "Uitvoering",
                "Activiteit": title,
                "Activiteit (EN)": english,
                "Periode": when,
                "Trekker": lead,
                "Partners": partners,
                **empty,
                "Stand van zaken (EN)": None,
                "Ambities": _NAMED.get(nr),
            }
            for nr, title, english, when, lead, partners in _PLAN
        ],
        "Kostenraming": [
            {
                "Kostenpost": line,
                "Totaal": gemeente + partners,
                "Dekking gemeente": gemeente,
                "Dekking partners": partners,
            }
            for line, gemeente, partners in _COSTS
        ],
        "Toezeggingen": [
            _promise("Capaciteit", "Gemeente", 200_000, "Toegezegd", "Gemeente Assen"),
            _promise("Capaciteit", "Partners", 60_000, "Verwacht", "Ondernemersplein"),
            _promise("Capaciteit", "Partners", 15_000, "Verwacht", "Woonpalet"),
            _promise("Middelen", "Gemeente", 90_000, "Toegezegd", "Gemeente Assen"),
        ],
        "Uitgaven": [],
        "Ambities": [
            {"Nr": "1", "Ambitie": "Woningen", "Eenheid": "woningen", "Doel": 10_000},
            {"Nr": "2", "Ambitie": "Banen", "Eenheid": "banen", "Doel": 5_000},
        ],
        "Metingen": [
            _measured("Woningen", "Gereed", (1, 1), 480),
            _measured("Woningen", "In aanbouw", (1, 1), 300),
            _measured("Woningen", "Zachte plannen", (1, 1), 4_300),
            _measured("Banen", "Banen", (1, 1), 560),
        ],
        "Overleg": [
            {"Datum": dt.datetime.combine(day, dt.time()), "Overleg": f"Regiegroep {name}"}
            for day, name in held
        ],
        "Besluiten": [],
        "Resultaten": [],
        "Communicatie": [],
    }  # fmt: skip


def _promise(line: str, funder: str, amount: float, certainty: str, partner: str) -> dict[str, Any]:
    return {
        "Kostenpost": line,
        "Financier": funder,
        "Bedrag": amount,
        "Zekerheid": certainty,
        "Partner": partner,
        "Datum": dt.datetime(2026, 1, 10),
    }


def _booked(day: tuple[int, int], line: str, kind: str, amount: float, text: str) -> dict[str, Any]:
    return {
        "Datum": dt.datetime(2026, *day),
        "Kostenpost": line,
        "Financier": "Gemeente",
        "Soort": kind,
        "Bedrag": amount,
        "Omschrijving": text,
    }


def _measured(ambition: str, rung: str, day: tuple[int, int], value: float) -> dict[str, Any]:
    return {
        "Ambitie": ambition,
        "Trede": rung,
        "Peildatum": dt.datetime(2026, *day),
        "Waarde": value,
    }


def _said(
    day: tuple[int, int], kind: str, text: str, owner: str, due: tuple[int, int] | None, status: str
) -> dict[str, Any]:
    return {
        "Datum": dt.datetime(2026, *day),
        "Soort": kind,
        "Tekst": text,
        "Eigenaar": owner,
        "Gereed voor": dt.datetime(2026, *due) if due else None,
        "Status": status or None,
    }


def _activity(book: Book, nr: str, **columns: Any) -> None:
    row = next(one for one in book["Activiteiten"] if one["Nr"] == nr)
    row |= {name.replace("_", " "): value for name, value in columns.items()}


def _dated(book: Book, month: int, day: int) -> None:
    book["Programma"][2]["Waarde"] = dt.datetime(2026, month, day)


def _march(book: Book) -> None:
    _dated(book, 3, 30)
    for nr in ("1.1", "2.1"):
        _activity(book, nr, Status="Afgerond", Afgerond_op=dt.datetime(2026, 3, 20))
    for nr in ("1.2", "3.1", "4.1"):
        _activity(book, nr, Status="Loopt")
    book["Uitgaven"].append(_booked((3, 12), "Capaciteit", "Betaald", 60_000, "Eerste kwartaal"))


def _june(book: Book) -> None:
    _dated(book, 6, 15)
    for nr in ("1.2", "3.1", "3.2", "4.1"):
        _activity(book, nr, Status="Afgerond", Afgerond_op=dt.datetime(2026, 6, 10))
    for nr in ("1.3", "2.2", "2.3", "4.2"):
        _activity(book, nr, Status="Loopt")
    book["Uitgaven"] += [
        _booked((6, 2), "Capaciteit", "Betaald", 60_000, "Tweede kwartaal"),
        _booked((6, 9), "Communicatie", "Betaald", 22_000, "Campagne"),
    ]
    book["Metingen"].append(_measured("Woningen", "Gereed", (6, 1), 530))


def _early_september(book: Book) -> None:
    _dated(book, 9, 2)
    _activity(book, "4.5", Status="Afgerond", Afgerond_op=dt.datetime(2026, 7, 18))
    for nr in ("1.4", "1.6", "1.7", "2.4", "3.3", "3.4", "4.3"):
        _activity(book, nr, Status="Loopt")
    book["Metingen"] += [
        _measured("Woningen", "Gereed", (7, 1), 575),
        _measured("Banen", "Banen", (7, 1), 640),
    ]


def _september(book: Book) -> None:
    _dated(book, 9, 15)
    slow = {"Stand van zaken": "De vergunning laat op zich wachten."}
    slow["Stand van zaken (EN)"] = "The permit takes long."
    _activity(book, "1.3", Oordeel="Oranje", Prognose="Q4", **slow)
    few = {"Stand van zaken": "Te weinig deelnemers.", "Stand van zaken (EN)": "Too few take part."}
    _activity(book, "2.2", Oordeel="Oranje", **few)
    _activity(book, "2.4", Oordeel="Groen")
    _activity(book, "3.3", Oordeel="Groen")
    _activity(book, "3.4", Oordeel="Groen", Voortgang=0.5)
    for nr in ("2.5", "2.6", "3.5", "3.6", "3.7"):
        _activity(book, nr, Status="Niet gestart")
    book["Besluiten"] += [
        _said((6, 18), "Actie", "Belastingadvies over de voucher", "Buurtkracht", (10, 1), "Open"),
        _said((6, 18), "Besluit", "De campus komt aan de Stationsstraat", "", None, ""),
    ]
    book["Uitgaven"].append(
        _booked((9, 8), "Middelen", "Verplicht", 25_000, "Inrichting startersruimte")
    )


def _october(book: Book) -> None:
    _dated(book, 10, 1)
    _activity(book, "1.7", Status="Afgerond", Afgerond_op=dt.datetime(2026, 9, 26))
    book["Besluiten"] += [
        _said((9, 17), "Besluit", "Het straatfonds krijgt één ronde", "Buurtkracht", None, ""),
        _said((9, 17), "Actie", "Docenten werven", "Hogeschool", (12, 1), "Open"),
        _said((9, 17), "Actie", "De netbeheerder uitnodigen", "Gemeente Assen", (11, 10), "Open"),
    ]
    _activity(book, "4.4", Status="Loopt")


def _late_october(book: Book) -> None:
    _dated(book, 10, 20)
    _activity(
        book, "1.4", Status="Afgerond", Voortgang="100%", Afgerond_op=dt.datetime(2026, 10, 9)
    )
    _activity(book, "2.5", Status="Afgerond", Afgerond_op=dt.datetime(2026, 10, 15))
    book["Metingen"] += [
        _measured("Woningen", "Gereed", (10, 1), 620),
        _measured("Woningen", "In aanbouw", (10, 1), 410),
    ]
    book["Kostenraming"][1] |= {"Totaal": 130_000, "Dekking gemeente": 100_000}
    book["Uitgaven"] += [
        _booked((9, 30), "Capaciteit", "Betaald", 70_000, "Derde kwartaal"),
        _booked((10, 6), "Communicatie", "Betaald", 21_500, "Banenmarkt en woonbeurs"),
    ]
    book["Besluiten"][0]["Status"] = "Gereed"


def _early_november(book: Book) -> None:
    _dated(book, 11, 6)
    _activity(book, "1.6", Status="Vervallen", **{"Stand van zaken": "Geen aannemer gevonden."})
    _activity(book, "4.2", Status="Afgerond", Afgerond_op=dt.datetime(2026, 11, 2))
    _activity(book, "2.6", Periode="Q1 2027")
    _activity(book, "3.5", Status="Loopt")
    _activity(book, "1.5", Trekker="Zorgplein")
    _activity(book, "4.3", Partners="Buurtkracht")
    book["Toezeggingen"][1] |= {"Zekerheid": "Toegezegd", "Datum": dt.datetime(2026, 11, 3)}
    book["Toezeggingen"][2] |= {"Zekerheid": "Nog geen dekking"}
    book["Toezeggingen"].append(_promise("Middelen", "Partners", 10_000, "Toegezegd", "Zorgplein"))
    book["Uitgaven"][3]["Soort"] = "Betaald"
    book["Metingen"].append(_measured("Banen", "Banen", (11, 1), 700))
    book["Resultaten"].append(
        {"Jaar": 2026, "Titel": "De banenmarkt trok 40 werkgevers", "Thema": "Werken"}
    )


def _november(book: Book) -> None:
    _dated(book, 11, 20)
    # Only the Dutch text is typed anew, as a lead does.
    net = {"Stand van zaken": "Geen stroomaansluiting voor 2027."}
    _activity(book, "1.3", Oordeel="Rood", Prognose="Q2 2027", **net)
    _activity(book, "3.3", Oordeel="Rood", **{"Stand van zaken": "De docent is vertrokken."})
    _activity(book, "2.4", Oordeel="Oranje", Prognose="Q4", **{"Stand van zaken": "Geen contract."})
    _activity(book, "2.2", Oordeel="Groen", Prognose="Q1 2027")
    _activity(book, "3.4", Voortgang=0.8)
    _activity(book, "3.6", Status="Loopt")
    book["Themas"][3]["Omschrijving"] = "Wie meedoet, en hoe"
    _activity(book, "3.7", Prognose="Q3 2027")
    meal = {"Nr": "4.6", "Thema": "Samen", "Onderdeel": "Uitvoering", "Periode": "Q4"}
    book["Activiteiten"].append(
        dict.fromkeys(book["Activiteiten"][0])
        | meal
        | {"Activiteit": "Wijkrestaurant", "Trekker": "Buurtkracht", "Status": "Niet gestart"}
    )
    book["Besluiten"] += [
        _said(
            (11, 19), "Besluit", "Kiezen: flexwoningen zonder stroom of uitstel tot 2027",
            "Woonpalet", (12, 10), "Open",
        ),
        _said(
            (11, 19), "Besluit", "Extra geld voor communicatie", "Gemeente Assen", (11, 26), "Open"
        ),
    ]  # fmt: skip
    book["Uitgaven"].append(_booked((11, 12), "Middelen", "Betaald", 18_000, "Leskisten"))
    book["Communicatie"].append({"Soort": "Visie", "Titel": "Assen groeit samen"})


_STEPS = (
    _march,
    _june,
    _early_september,
    _september,
    _october,
    _late_october,
    _early_november,
    _november,
)


@functools.cache
def versions() -> tuple[bytes, ...]:
    """Return the nine versions, the earliest first."""
    book = _plan()
    found = [xlsx(book)]
    for step in _STEPS:
        book = copy.deepcopy(book)
        step(book)
        found.append(xlsx(book))
    return tuple(found)
