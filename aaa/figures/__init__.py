"""Charts as plain functions: a metric table in, a Chart out, which is a value. Only geometry, no
arithmetic on the programme.

May import: history, metrics, values, words, workbook.
"""
