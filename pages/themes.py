"""Themes: how is each theme doing?"""

from aaa.ui import painting

painting.narrowed_page("themes")
