"""Every number on screen: a frame in, a frame or a number out. The date is an argument; unknown
stays unknown.

May import: values, workbook.
"""

from aaa.metrics import activities, ambitions, budget, decisions, partners

__all__ = ["activities", "ambitions", "budget", "decisions", "partners"]
