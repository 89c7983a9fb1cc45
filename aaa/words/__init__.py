"""Numbers, dates and sentences in two languages, with both catalogues.

May import: values, workbook.
"""
