"""When a workbook was saved, and who says so."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Stamp:
    """When a workbook was saved.

    Attributes:
        moment: in local time, without zone.
        of_file: it is the time of the file, because the workbook does not say when it was saved. A
            file that was copied may be younger than what it holds.
    """

    moment: dt.datetime
    of_file: bool = False
