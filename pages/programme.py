"""Programme: what is this programme?"""

from aaa.stories import programme
from aaa.ui import painting

painting.page(programme.story)
