"""Themes: how is each theme doing?"""

from aaa.stories import themes
from aaa.ui import menu, painting

painting.narrowed_page(themes.story)
menu.show_calendars_of_themes()
