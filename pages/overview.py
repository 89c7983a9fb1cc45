"""Overview: where do we stand?"""

from aaa.stories import overview
from aaa.ui import painting, take_home

painting.narrowed_page(overview.story, beside=take_home.offer)
