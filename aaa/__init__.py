"""The Asser Ambitie Agenda: from one Excel workbook to every number on screen."""

from aaa.values import zone

zone.settle()

VERSION = "0.1.0"  # of the program; the same as in pyproject.toml
