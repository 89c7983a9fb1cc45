"""Workbooks that are made or marked: new, filled with the example, of next year, with a remark on
every wrong cell.

May import: metrics, values, words, workbook.
"""
