"""What changed between two versions, in sentences, and the meetings that it is told for.

May import: metrics, store, values, words, workbook.
"""
