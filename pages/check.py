"""Check: is the workbook in order?"""

from aaa.figures import findings
from aaa.metrics.completeness import completeness, overall
from aaa.ui import checks, frame, session, tiles
from aaa.ui.once import once
from aaa.ui.session import text

version, programme, state = session.version(), session.whole(), session.state()

tiles.title(
    text("page.check"),
    findings.title(
        programme.findings, once(overall, once(completeness, programme)), session.language()
    ),
)
checks.rejected(state)
checks.findings(programme.findings)
checks.topics(once(completeness, programme))
checks.version(version)
frame.link_to_update()
checks.kept(session.kept(), writable=state.kept)
