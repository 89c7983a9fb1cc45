"""The programme as typed frames: what every metric, figure, page and export starts from."""

import contextlib
import datetime as dt
import gc
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias
from weakref import WeakKeyDictionary

import pandas as pd

from aaa.values import names
from aaa.values.finding import Finding, WorkbookError
from aaa.workbook import package, reader, schema, tables, validation
from aaa.workbook.tables import ENGLISH, Place, Tables

# Foreign keys: the columns that refer to a name defined in themes, costs or ambitions.
_REFERENCES = {
    "themes": (("activities", "theme"), ("results", "theme")),
    "costs": (("commitments", "line"), ("spending", "line")),
    "ambitions": (("activities", "ambitions"), ("measurements", "ambition")),
}
# The sheets whose cells are read: those of the contract and the lists. Other sheets are skipped, so
# that a large sheet of the lead's own costs nothing.
_READ = frozenset(
    names.key(title) for title in (*(sheet.title for sheet in schema.SHEETS), schema.LISTS_TITLE)
)


# English texts that are older than their Dutch text: by the English name of the sheet, the row and
# the column, the Dutch text that each was written for.
Aged: TypeAlias = Mapping[tuple[str, int, str], str]


@dataclass(frozen=True, eq=False)
class Programme:
    """One workbook as typed frames. Viewers share the frames, so nobody may change them; two
    programmes are equal only when they are the same one.

    Attributes:
        name, year, sort: the programme's own facts; `sort` is `Voorbeeld` for invented figures.
        as_of: the date the contents stand for; None when the workbook does not say.
        themes: `theme`, `code`, `description`; in their order.
        activities: one row per activity: `row` (Excel's), `ref` (a stable code for addresses),
            `nr`, `theme`, `theme_code`, `topic`, `title`, `description`, `period` (as typed),
            `period_first`, `period_last` (month numbers, NA without a period),
            `period_first_exact`, `period_last_exact`, the same five for `forecast` and for
            `original`, `leads`, `partners`, `ambitions` (tuples of names), `status`, `judgement`,
            `progress` (0..1), `finished_on`, `note`, `international`, `cell` (of its number).
        partners: `partner`, `code`, `full_name`, `kind`, `website`, `registered` (False for a name
            that only an activity mentions).
        costs: `line`, `named` (False where `line` is its row number), `code`, `description`,
            `total`, `municipality`, `partners` (euros, NaN where unknown).
        commitments: `line`, `funder`, `amount` (euros), `certainty`, `partner`, `date`.
        spending: `date`, `line`, `funder`, `kind`, `amount` (euros), `description`, `activity`.
        ambitions: `nr`, `ambition`, `code`, `unit`, `target`, `target_year`, `source`.
        measurements: `ambition`, `rung`, `date`, `value`, `source`, `note`, `baseline` (True for
            the starting point).
        meetings, decisions, results, communication, international: as the workbook contract names
            their columns.
        findings: all findings, most severe first within each sheet.
        spellings: maps the `names.key` of every spelling of a partner to the name shown.
        partner_kinds: the kinds of partner of the contract and those that the lead added to the
            lists.
        stated: the rows `Totaal` of the cost estimate, same columns as `costs`; used as
            a check, never as data.
        places: where each sheet stands, by its English name.
        fact_rows: in which row each of its own facts stands.
        aged: what is shown in Dutch on an English screen, because it changed after its English text
            was written; empty where no earlier version is known.
        former: the names that partners had in earlier versions, and their names of now.
        since: by `ref`, the year of activities that were seen first in an earlier year.
        gone: of each activity that earlier versions had its `ref`, its year and the `names.key` of
            its title.
    """

    name: str | None
    year: int
    as_of: dt.date | None
    sort: str | None
    themes: pd.DataFrame
    activities: pd.DataFrame
    partners: pd.DataFrame
    costs: pd.DataFrame
    commitments: pd.DataFrame
    spending: pd.DataFrame
    ambitions: pd.DataFrame
    measurements: pd.DataFrame
    meetings: pd.DataFrame
    decisions: pd.DataFrame
    results: pd.DataFrame
    communication: pd.DataFrame
    international: pd.DataFrame
    findings: tuple[Finding, ...]
    spellings: Mapping[str, str]
    partner_kinds: tuple[str, ...]
    stated: pd.DataFrame
    places: Mapping[str, Place] = field(default_factory=dict)
    fact_rows: Mapping[schema.Fact, int] = field(default_factory=dict)
    aged: Aged = field(default_factory=dict)
    former: Mapping[str, str] = field(default_factory=dict)
    since: Mapping[str, int] = field(default_factory=dict)
    gone: tuple[tuple[str, int, str], ...] = ()

    @property
    def is_example(self) -> bool:
        """Tell whether the figures are invented, so that every page and export must say so."""
        return names.key(self.sort or "") == names.key(schema.EXAMPLE_SORT)


def from_bytes(data: bytes, fallback_year: int, saved: dt.date | None = None) -> Programme:
    """Read, check and type a workbook.

    Args:
        data: the bytes of the file.
        fallback_year: the plan year when the workbook does not say; using it is a finding.
        saved: the day on which the file was saved, for dates that lie after it; None where that is
            not known.

    Raises:
        WorkbookError: the workbook cannot be used at all.
    """
    with _uncollected():
        raw = reader.read(data, _READ)
        strangers = tables.strangers(raw)
        heads = reader.heads(data, strangers) if strangers else ()
        typed = tables.build(raw, fallback_year, heads)
        said = package.modified(data)
        moments = validation.Saved(saved, said.astimezone().date() if said else None)
        return _build(typed, tuple(validation.check(typed, moments)))


def year_of(data: bytes) -> int | None:
    """Return the year that a workbook says it is of, without reading the rest; None for a file that
    is no workbook of a programme.
    """
    try:
        return tables.plan_year(reader.read(data, {names.key(schema.sheet("programme").title)}))
    except WorkbookError:
        return None


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Read without garbage collection: it would look at every cell several times, and none of them
    is garbage yet. Of two threads that read, the one that came first turns it on again.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _build(typed: Tables, findings: tuple[Finding, ...]) -> Programme:
    themes = _themes(typed["themes"].frame, typed["activities"].frame)
    activities = _activities(typed["activities"].frame, themes)
    places = {sheet: one.place for sheet, one in typed.by_name.items()}
    activities["cell"] = [places["activities"].cell(row, "nr") for row in activities["row"]]
    costs = typed["costs"].frame
    # A cost line without a name is called after its row, to differ from money on an unknown line.
    costs = costs.assign(
        named=costs["line"].notna(),
        line=costs["line"].where(costs["line"].notna(), "rij " + costs["row"].astype("str")),
    )
    measurements = typed["measurements"].frame
    ambitions = _first_of_each(typed["ambitions"].frame, "ambition")
    return Programme(
        name=typed.facts.name,
        year=typed.year,
        as_of=typed.facts.as_of,
        sort=typed.facts.sort,
        themes=themes,
        activities=activities,
        partners=_partners(typed["partners"].frame, activities),
        costs=costs.assign(code=_codes(costs["line"], costs["row"])),
        commitments=typed["commitments"].frame,
        spending=typed["spending"].frame,
        ambitions=ambitions.assign(code=_codes(ambitions["ambition"], ambitions["row"])),
        measurements=measurements.assign(
            baseline=measurements["note"].map(_is_baseline).astype(bool)
        ),
        meetings=typed["meetings"].frame,
        decisions=typed["decisions"].frame,
        results=typed["results"].frame,
        communication=typed["communication"].frame,
        international=typed["international"].frame,
        findings=findings,
        spellings=typed.register.known,
        partner_kinds=typed.partner_kinds,
        stated=typed["costs"].totals,
        places=places,
        fact_rows=typed.facts.rows,
    )


def _activities(typed: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """Return the activities with one spelling for each theme and partner, and a code
    for addresses.
    """
    names_of = dict(zip(themes["theme"].map(names.key), themes["theme"], strict=True))
    codes_of = dict(zip(themes["theme"].map(names.key), themes["code"], strict=True))
    key = typed["theme"].map(names.key, na_action="ignore")
    spelling: dict[str, str] = {}
    people = {
        column: (
            typed[column].map(
                lambda cell: tuple(spelling.setdefault(names.key(name), name) for name in cell)
            )
        )
        for column in ("leads", "partners")
    }
    marked = (
        typed["international"]
        .map(lambda mark: isinstance(mark, str) and names.key(mark) not in schema.NO_MARK)
        .astype(bool)
    )
    return typed.assign(
        ref=own_refs(typed),
        theme=key.map(names_of).astype("str"),
        theme_code=key.map(codes_of).astype("str"),
        international=typed["international"].where(marked),
        **people,
    )


def _is_baseline(note: object) -> bool:
    return isinstance(note, str) and names.key(note).startswith(names.key(schema.BASELINE_NOTE))


def own_refs(activities: pd.DataFrame) -> list[str]:
    """Return the codes that activities have by their numbers, as long as no earlier version tells
    otherwise; an activity without a number has one by its row.
    """
    return _codes(activities["nr"], activities["row"])


def _codes(shown: pd.Series, rows: pd.Series) -> list[str]:
    """Return a unique code for each row: from its name, else from its row number."""
    taken: set[str] = set()
    codes: list[str] = []
    for place, (name, row) in enumerate(zip(shown, rows, strict=True)):
        code = names.code(name) if isinstance(name, str) else f"rij-{row}"
        while code in taken:
            code = f"{code}-{place if pd.isna(row) else f'rij-{row}'}"
        codes.append(code)
        taken.add(code)
    return codes


def _first_of_each(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """Leave out the rows with the name of an earlier row; rows without a name stay."""
    key = rows[column].map(names.key, na_action="ignore")
    return rows[key.isna() | ~key.duplicated()].reset_index(drop=True)


def _themes(defined: pd.DataFrame, activities: pd.DataFrame) -> pd.DataFrame:
    """Return the themes in their order; without that sheet, the themes that the activities name."""
    if defined.empty:
        defined = activities[["row", "theme"]].assign(
            theme_en=pd.NA, description=pd.NA, description_en=pd.NA, position=float("nan")
        )
    themes = _first_of_each(defined.dropna(subset="theme"), "theme").sort_values(
        "position", kind="stable", na_position="last"
    )
    return themes.assign(code=_codes(themes["theme"], themes["row"])).reset_index(drop=True)


def _partners(register: pd.DataFrame, activities: pd.DataFrame) -> pd.DataFrame:
    """Return the register, followed by the names that only activities mention."""
    named = register.dropna(subset="partner")
    known = _first_of_each(named, "partner").assign(registered=True)
    keys = set(known["partner"].map(names.key))
    mentioned = {
        names.key(name): name
        for column in ("partners", "leads")
        for cell in activities[column]
        for name in cell
    }
    strangers = [name for key, name in mentioned.items() if key not in keys]
    added = pd.DataFrame(
        {
            "partner": pd.Series(strangers, dtype="str"),
            "registered": pd.Series(False, index=range(len(strangers)), dtype=bool),
        }
    )
    partners = (
        pd.concat([known, added.reindex(columns=known.columns)], ignore_index=True)
        if strangers
        else known.reset_index(drop=True)
    )
    return partners.assign(code=_codes(partners["partner"], partners["row"]))


def in_language(programme: Programme, lang: str) -> Programme:
    """Return the programme with its texts in the reader's language, falling back to Dutch cell by
    cell.

    Codes, references and numbers stay the same, so that an address means the same in both
    languages.
    """
    if lang != "en":
        return programme
    if programme not in _english:
        _english[programme] = _translated(programme)
    return _english[programme]


_english: WeakKeyDictionary[Programme, Programme] = WeakKeyDictionary()


def _translated(programme: Programme) -> Programme:
    frames = {name: getattr(programme, name) for name in _frame_names(programme)}
    english = {name: _twins(frame, _older(programme, name)) for name, frame in frames.items()}
    for definer, references in _REFERENCES.items():
        column = schema.DEFINES[definer]
        translation = dict(zip(frames[definer][column], english[definer][column], strict=True))
        for name, reference in references:
            translated = english[name][reference].map(
                lambda value, t=translation: _translate(value, t)
            )
            english[name] = english[name].assign(
                **{reference: translated.astype(frames[name][reference].dtype)}
            )
    return replace(programme, **english)


def _frame_names(programme: Programme) -> Iterable[str]:
    return (name for name, value in vars(programme).items() if isinstance(value, pd.DataFrame))


def _older(programme: Programme, sheet: str) -> Mapping[str, set[int]]:
    """Return the rows of a sheet whose English text is older than the Dutch one, by column."""
    found: dict[str, set[int]] = {}
    for place, row, column in programme.aged:
        if place == sheet:
            found.setdefault(column, set()).add(row)
    return found


def _twins(frame: pd.DataFrame, older: Mapping[str, set[int]]) -> pd.DataFrame:
    """Replace every Dutch text by its English translation, unless that is older than the Dutch
    text. When translated names are not unique, the column of names stays Dutch.

    Args:
        frame: of one sheet.
        older: as `_older` returns it.

    Returns:
        The frame, with `dutch`: which columns of each row hold a text that is still Dutch.
    """
    english = frame.copy()
    dutch: dict[str, pd.Series] = {}
    for twin in [
        c for c in frame.columns if c.endswith(ENGLISH) and c.removesuffix(ENGLISH) in frame
    ]:
        column = twin.removesuffix(ENGLISH)
        there = frame[twin].notna()
        if column in older:
            there &= ~frame["row"].isin(older[column])
        english[column] = frame[twin].where(there, frame[column])
        dutch[column] = ~there & frame[column].notna()
    defined = next((c for c in ("theme", "line", "ambition") if c in dutch), None)
    if defined and english[defined].duplicated().any():
        english[defined] = frame[defined]
        dutch[defined] = frame[defined].notna()
    if dutch:
        english["dutch"] = [
            frozenset(column for column, still in zip(dutch, row, strict=True) if still)
            for row in zip(*dutch.values(), strict=True)
        ]
    return english


def _translate(value: object, translation: Mapping[str, str]) -> object:
    if isinstance(value, tuple):
        return tuple(translation.get(one, one) for one in value)
    return translation.get(value, value) if isinstance(value, str) else value
