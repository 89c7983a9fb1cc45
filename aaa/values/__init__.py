"""Names, periods and findings, and where the files stand that come with the program.

May import: nothing.
"""
