"""What stands around the pages: the web application, its middleware, calendars, status, log and
settings.

May import: exports, figures, metrics, site, store, ui, values, words.
"""
