"""Which decisions and actions are still open, and which are overdue."""

import datetime as dt

import pandas as pd

from aaa.workbook.schema import DecisionKind, closes


def open_ones(decisions: pd.DataFrame, as_of: dt.date | None) -> pd.DataFrame:
    """Return the open decisions and actions by due date, so that overdue ones come first and those
    without a date last.

    Args:
        decisions: frame `decisions` of a Programme.
        as_of: the date to judge by; None judges nothing overdue.

    Returns:
        The open rows with `overdue` (its date is before `as_of`). An action is open until its
        status says that it is closed. A decision is open only when it has a status other than
        closed, because a decision without a status was taken.

    Source: sheet 'Besluiten'; definition D1.
    """
    said = decisions["status"]
    closed = said.map(lambda status: isinstance(status, str) and closes(status)).astype(bool)
    taken = (decisions["kind"] == DecisionKind.DECISION) & said.isna()
    left = decisions[~closed & ~taken]
    overdue = (
        (left["due"] < pd.Timestamp(as_of)).astype(bool)
        if as_of is not None
        else pd.Series(False, index=left.index)
    )
    return left.assign(overdue=overdue).sort_values("due", kind="stable", na_position="last")


def agreed(decisions: pd.DataFrame, as_of: dt.date | None) -> pd.DataFrame:
    """Return what was agreed: every action that is still open, and of the last day on which actions
    were agreed also those that are done.

    Args:
        decisions: frame `decisions` of a Programme.
        as_of: the date to judge by; None judges nothing overdue.

    Returns:
        The rows with `overdue` and `is_open`: overdue ones first, then open ones, then what is
        done, each by its date.

    Source: sheet 'Besluiten'; definition D3.
    """
    left = open_ones(decisions, as_of)
    left = left[left["kind"] != DecisionKind.DECISION].assign(is_open=True)
    actions = decisions[decisions["kind"] == DecisionKind.ACTION]
    last = actions[actions["date"] == actions["date"].max()]
    done = last[~last.index.isin(left.index)].assign(overdue=False, is_open=False)
    both = pd.concat([left, done.sort_values("due", kind="stable", na_position="last")])
    return both.sort_values("overdue", ascending=False, kind="stable")


def asked(decisions: pd.DataFrame) -> pd.DataFrame:
    """Return the decisions that are still to be taken: rows `Besluit` with an open status.

    Args:
        decisions: as `open_ones` returns them.

    Source: sheet 'Besluiten'; definition D2.
    """
    return decisions[decisions["kind"] == DecisionKind.DECISION]
