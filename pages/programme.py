"""Programme: what is this programme?"""

from aaa.ui import painting

painting.page("programme")
