"""What changed between two versions, in sentences, and the meetings that it is told for.

May import: store, values, words, workbook.
"""
