"""A finding: something in the workbook that its lead should know. It is a value, never an
exception.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum, unique

MOST_OF_A_CODE = 100  # findings that are kept; of more, the number is


@unique
class Severity(IntEnum):
    """How severe a finding is; a higher number is more severe."""

    INFO = 0  # nothing to do
    WARNING = 1  # the value is used, but should be checked
    ERROR = 2  # the value cannot be used: it is unknown on the pages
    FATAL = 3  # the workbook cannot be used

    @property
    def word(self) -> str:
        """Return the name of the severity in JSON."""
        return self.name.lower()


# The severity of every finding code. The messages are in aaa/words/texts under finding.<code>.
WEIGHTS: dict[str, Severity] = {
    # the file
    "file_missing": Severity.FATAL,
    "file_empty": Severity.FATAL,
    "file_unreadable": Severity.FATAL,
    "file_too_large": Severity.FATAL,
    "file_too_many_rows": Severity.FATAL,
    "file_too_many_cells": Severity.FATAL,
    "file_too_many_parts": Severity.FATAL,
    "file_unpacked_too_large": Severity.FATAL,
    "file_part_too_large": Severity.FATAL,
    "file_too_much_text": Severity.FATAL,
    "file_too_many_texts": Severity.FATAL,
    "file_too_many_letters": Severity.FATAL,
    "file_styles_too_many": Severity.FATAL,
    "file_names_too_many": Severity.FATAL,
    "file_password": Severity.FATAL,
    "file_label": Severity.FATAL,
    "file_old_xls": Severity.FATAL,
    "file_xlsb": Severity.FATAL,
    "file_xml_2003": Severity.FATAL,
    "file_ods": Severity.FATAL,
    "file_numbers": Severity.FATAL,
    "file_google_link": Severity.FATAL,
    "file_web_page": Severity.FATAL,
    "file_csv": Severity.FATAL,
    "file_pdf": Severity.FATAL,
    "file_other_office": Severity.FATAL,
    "file_macro": Severity.FATAL,
    "file_not_excel": Severity.FATAL,
    "file_damaged": Severity.FATAL,
    "file_part_missing": Severity.FATAL,
    "file_part_doubled": Severity.FATAL,
    "file_part_unusual": Severity.FATAL,
    "file_doctype": Severity.FATAL,
    "file_encoding": Severity.FATAL,
    "file_strict": Severity.FATAL,
    "file_unmarkable": Severity.FATAL,
    "file_changing": Severity.FATAL,
    "address_insecure": Severity.FATAL,
    "address_denied": Severity.FATAL,
    "address_not_found": Severity.FATAL,
    "address_unreachable": Severity.FATAL,
    "address_login_page": Severity.FATAL,
    # sheets and headings
    "sheet_content_missing": Severity.FATAL,
    "sheet_too_much_format": Severity.FATAL,
    "sheet_too_many_rows": Severity.FATAL,
    "sheet_unusual": Severity.FATAL,
    "sheet_missing": Severity.FATAL,
    "sheet_headings_missing": Severity.FATAL,
    "sheet_absent": Severity.INFO,
    "sheet_unreadable": Severity.ERROR,
    "sheet_unknown": Severity.INFO,
    "sheet_misnamed": Severity.WARNING,
    "sheet_doubled": Severity.ERROR,
    "sheet_hidden": Severity.INFO,
    "column_unknown": Severity.INFO,
    "column_misspelt": Severity.WARNING,
    "column_nameless": Severity.WARNING,
    "columns_renamed": Severity.WARNING,
    "column_doubled": Severity.ERROR,
    "headings_repeated": Severity.WARNING,
    "cells_merged": Severity.WARNING,
    "rows_hidden": Severity.INFO,
    # one cell
    "cell_error": Severity.ERROR,
    "cell_uncalculated": Severity.ERROR,
    "cell_empty": Severity.WARNING,
    "column_unfilled": Severity.INFO,
    "key_empty": Severity.ERROR,
    "label_from_date": Severity.WARNING,
    "row_is_remark": Severity.WARNING,
    "choice_unknown": Severity.ERROR,
    "name_unknown": Severity.ERROR,
    "period_unreadable": Severity.ERROR,
    "period_gap": Severity.WARNING,
    "period_from_date": Severity.WARNING,
    "amount_unreadable": Severity.ERROR,
    "amount_negative": Severity.WARNING,
    "amount_absurd": Severity.WARNING,
    "number_unreadable": Severity.ERROR,
    "year_unreadable": Severity.ERROR,
    "share_unreadable": Severity.ERROR,
    "share_bare": Severity.WARNING,
    "date_unreadable": Severity.ERROR,
    "date_serial": Severity.WARNING,
    # several cells
    "facts_unknown": Severity.INFO,
    "fact_misspelt": Severity.WARNING,
    "fact_missing": Severity.ERROR,
    "fact_doubled": Severity.ERROR,
    "sort_unknown": Severity.WARNING,
    "total_lookalike": Severity.WARNING,
    "nr_doubled": Severity.ERROR,
    "name_doubled": Severity.ERROR,
    "alias_clash": Severity.ERROR,
    "row_total_differs": Severity.ERROR,
    "column_total_differs": Severity.ERROR,
    "finished_date_without_status": Severity.WARNING,
    "finished_in_future": Severity.WARNING,
    "progress_full_not_finished": Severity.WARNING,
    "note_missing": Severity.WARNING,
    "forecast_before_year": Severity.WARNING,
    "period_outside_year": Severity.WARNING,
    "activity_unknown": Severity.ERROR,
    "spending_above_estimate": Severity.WARNING,
    "commitment_above_estimate": Severity.WARNING,
    "measurement_after_reference": Severity.WARNING,
    "as_of_unlikely": Severity.WARNING,
    "rung_of_other_ambition": Severity.WARNING,
    "partner_kind_unknown": Severity.WARNING,
    "row_repeated": Severity.WARNING,
    # two versions
    "twin_aged": Severity.WARNING,
    "rows_lost": Severity.ERROR,
    "column_emptied": Severity.ERROR,
}


# Findings of a value that is not used, or not there. What that means depends on the column, which
# stands in the fact `column`; the sentences are in aaa/words/texts under means.<column>.
UNUSED = frozenset(
    {
        "cell_error",
        "cell_uncalculated",
        "choice_unknown",
        "name_unknown",
        "amount_unreadable",
        "number_unreadable",
        "year_unreadable",
        "share_unreadable",
        "date_unreadable",
        "cell_empty",
        "key_empty",
    }
)


@dataclass(frozen=True)
class Finding:
    """One finding.

    Attributes:
        code: a key of WEIGHTS.
        sheet: the sheet as titled in the workbook; empty for the file as a whole.
        cell: the cell's address within the sheet, such as `F7`; empty for a whole sheet.
        value: the content of the cell as text; None when there is none.
        nearest: the known name that was probably meant.
        facts: the values for the placeholders of the message, by name; text and numbers only.
        more: how many findings of this code follow that are only counted.
    """

    code: str
    sheet: str = ""
    cell: str = ""
    value: str | None = None
    nearest: str | None = None
    facts: Mapping[str, str | int | float] = field(default_factory=dict)
    more: int = 0

    def __post_init__(self) -> None:
        if self.code not in WEIGHTS:
            raise KeyError(self.code)

    @property
    def severity(self) -> Severity:
        """Return the severity; the code alone decides it."""
        return WEIGHTS[self.code]

    @property
    def place(self) -> str:
        """Return the place as `Activiteiten!F7`, as `Activiteiten`, or empty."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet


class Findings:
    """Findings as they are made: the first hundred of each code, and how many more there were. A
    workbook in which every cell is wrong fills no memory with sentences that nobody reads.
    """

    def __init__(self) -> None:
        self._kept: list[Finding] = []
        self._count: Counter[str] = Counter()
        self._last: dict[str, int] = {}  # where the last one of a code is kept

    def append(self, finding: Finding) -> None:
        """Add a finding."""
        before = self._count[finding.code]
        self._count[finding.code] = before + 1 + finding.more
        if before < MOST_OF_A_CODE:
            self._last[finding.code] = len(self._kept)
            self._kept.append(finding)

    def extend(self, findings: Iterable[Finding]) -> None:
        """Add several findings."""
        for finding in findings:
            self.append(finding)

    def kept(self) -> list[Finding]:
        """Return the findings in the order of adding; the last one of a code says how many more
        there were.
        """
        found = list(self._kept)
        for code, place in self._last.items():
            more = self._count[code] - MOST_OF_A_CODE
            if more > 0:
                found[place] = replace(found[place], more=more)
        return found


def counted(findings: Iterable[Finding]) -> Counter[Severity]:
    """Return how many findings of each severity there are, those that are only counted included."""
    found: Counter[Severity] = Counter()
    for finding in findings:
        found[finding.severity] += 1 + finding.more
    return found


def wrong(findings: Iterable[Finding]) -> int:
    """Return how many findings are errors or worse."""
    found = counted(findings)
    return found[Severity.ERROR] + found[Severity.FATAL]


class WorkbookError(Exception):
    """The workbook cannot be used at all; carries the fatal findings that say why."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(", ".join(f"{f.code} {f.place}".strip() for f in findings))
        self.findings = findings
