"""What is told of each subject, once: its title, its parts and what weighs most. Every output draws
these parts: the page, the copy, the slide, the deck, the sheet of paper, the figures as a workbook.

May import: figures, history, metrics, values, words, workbook.
"""
