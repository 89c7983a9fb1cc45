"""Workbooks that are made, changed in place or marked: new, filled with the example, with the
answers that a lead accepted, of next year, with a remark on every wrong cell.

May import: metrics, values, words, workbook.
"""
