"""Charts and lists as plain functions: a metric table in, a Chart or HTML out. Only geometry, no
arithmetic on the programme.

May import: history, metrics, values, words, workbook.
"""
