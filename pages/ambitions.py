"""Ambitions: how far are the homes, the jobs and the student city?"""

from aaa.ui import painting

painting.page("ambitions")
