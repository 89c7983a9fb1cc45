"""Overview: where do we stand?"""

from aaa.ui import painting, take_home

painting.narrowed_page("overview", beside=take_home.offer)
