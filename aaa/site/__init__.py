"""The whole dashboard as plain pages that need no server.

May import: exports, figures, html, metrics, store, stories, values, words.
"""
