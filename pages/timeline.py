"""Timeline: what happens in which quarter?"""

from aaa.ui import address, painting

painting.narrowed_page("timeline", page=address.page())
