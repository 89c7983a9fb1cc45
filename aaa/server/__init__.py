"""What stands around the pages: the web application, its middleware, calendars, status, log and
settings.

May import: exports, html, metrics, site, store, stories, ui, values, words, writing.
"""
