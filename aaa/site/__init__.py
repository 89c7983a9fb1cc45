"""The whole dashboard as plain pages that need no server.

May import: exports, figures, metrics, store, stories, values, words.
"""
