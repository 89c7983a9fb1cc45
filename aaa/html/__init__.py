"""The parts of stories as HTML, the same on a page, in the copy, on a slide and on paper: what is
safe has the type Markup, and everything else is escaped.

May import: figures, metrics, stories, values, words, workbook.
"""
