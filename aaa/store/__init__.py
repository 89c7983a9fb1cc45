"""Where workbooks come from, the kept versions, the last good one, publishing, and the password for
it.

May import: values, workbook.
"""
