"""Changes: what changed since the last meeting?"""

from aaa.ui import asking, comparing, painting, take_home

shown = painting.painted(asking.compared(), "changes", lambda taken: taken.story("changes"))
comparing.head(shown.name, shown.title, beside=take_home.offer)
comparing.notices()
painting.show(shown.pieces)
comparing.counted()
