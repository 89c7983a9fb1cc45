"""Files to take home: report, deck, workbook of figures, images, tables, calendars, and the summary
for machines.

May import: figures, history, html, metrics, slides, store, stories, values, words, workbook.
"""
