"""Budget: who pays for the programme, and how sure is it?"""

from aaa.ui import painting

painting.page("budget")
