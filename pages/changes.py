"""Changes: what changed since the last meeting?"""

from aaa.ui import asking, comparing, painting, take_home

asked = asking.compared().unfiltered()
shown = painting.painted(asked, "changes", lambda taken: taken.story("changes"))
comparing.head(shown.name, shown.title, beside=take_home.offer)
comparing.notices(asked.since, asked.version)
painting.show(shown.pieces)
comparing.counted()
