"""Names, periods, findings and the time zone, and where the files stand that come with the
program.

May import: nothing.
"""
