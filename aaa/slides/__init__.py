"""The meeting as slides: what stands on each, in the order of the agenda, for the screen and for a
file.

May import: figures, history, html, metrics, stories, words, workbook.
"""
