"""The pages of the copy: what `pages/` tell, from the same metrics and figures."""

from collections.abc import Iterator, Mapping

import pandas as pd

from aaa import metrics
from aaa.exports import calendar
from aaa.figures import details, findings, heat, lists
from aaa.figures.html import escape
from aaa.metrics.completeness import completeness, overall
from aaa.site import painting
from aaa.site.copied import ACTIVITIES, CALENDARS, PARTNERS, Copied, Page
from aaa.values.finding import counted
from aaa.words import formatting, wording


def pages(copied: Copied) -> Iterator[Page]:
    """Return every page: those in the menu, then one of each partner and of each activity."""
    stories = copied.taken.stories
    yield overview_page(copied)
    yield _timeline(copied)
    yield _themes(copied)
    yield _partners(copied)
    yield painting.page(copied, "begroting", stories["budget"])
    yield painting.page(copied, "ambities", stories["ambitions"])
    yield painting.page(copied, "programma", stories["programme"])
    yield _changes(copied)
    yield _check(copied)
    for row in copied.taken.whole.partners.to_dict("records"):
        yield partner_page(copied, row)
    for activity in copied.taken.whole.activities.itertuples(index=False):
        nr = activity.nr if isinstance(activity.nr, str) else None
        name = (
            copied.text("details.title", nr=nr) if nr else copied.text("details.title_unnumbered")
        )
        yield Page(
            f"{ACTIVITIES}/{activity.ref}",
            name,
            wording.text(activity.title, copied.lang),
            details.activity(activity, copied.lang, titled=False),
        )


def overview_page(copied: Copied, *, short: bool = False) -> Page:
    """Return the landing page.

    Args:
        copied: the programme.
        short: its lists are cut, and say how many more there are.
    """
    keep = lists.heading(copied.text("share.calendar")) + in_calendar(copied, calendar.PROGRAMME)
    return painting.page(copied, "index", copied.taken.stories["overview"], keep, short=short)


def _timeline(copied: Copied) -> Page:
    chart = copied.charts.get("timeline")
    if chart is None:
        return Page(
            "tijdlijn",
            copied.text("page.timeline"),
            copied.text("timeline.title_empty"),
            _empty(copied.text("empty.activities")),
        )
    return Page(
        "tijdlijn",
        copied.text("page.timeline"),
        chart.title,
        painting.chart(copied, copied.charts["timeline"], titled=False),
    )


def _themes(copied: Copied) -> Page:
    programme, lang = copied.taken.whole, copied.lang
    feeds = "".join(
        "<li>"
        f"{_calendar_link(copied, calendar.of_theme(theme.code), wording.text(theme.theme, lang))}"
        "</li>"
        for theme in programme.themes.itertuples()
    )
    keep = f'{lists.heading(copied.text("calendar.themes"))}<ul class="a-links">{feeds}</ul>'
    after = keep if len(programme.activities) else ""
    return painting.page(copied, "themas", copied.taken.stories["themes"], after)


def _partners(copied: Copied) -> Page:
    programme, lang = copied.taken.whole, copied.lang
    links = lists.heading(copied.text("partners.pages"))
    links += heat.partner_links(programme.partners, lang)
    after = links if len(programme.partners) else ""
    return painting.page(copied, "partners", copied.taken.stories["partners"], after)


def partner_page(copied: Copied, row: Mapping[str, object]) -> Page:
    """Return the page of one partner.

    Args:
        copied: the programme.
        row: of the frame `partners`.
    """
    programme, lang, name = copied.taken.whole, copied.lang, str(row["partner"])
    in_the_workbook = copied.of_partner(name)
    mine = metrics.activities.in_order_of_time(in_the_workbook)
    leads, joins = (
        metrics.partners.in_role(mine, role)
        for role in (metrics.partners.LEAD, metrics.partners.MEMBER)
    )
    coming = metrics.activities.next_up(mine, programme.as_of)
    heading = lists.heading(copied.text("partner.next"))
    parts = [
        _activities(
            copied,
            coming,
            heading,
            copied.text("partner.next_empty"),
            limit=3,
            with_role=True,
            of=name,
        )
    ]
    for role, rows in ((metrics.partners.LEAD, leads), (metrics.partners.MEMBER, joins)):
        parts.append(
            _activities(
                copied,
                rows,
                lists.heading(copied.text(f"partner.{role}", n=len(rows))),
                copied.text(f"partner.{role}_empty"),
            )
        )
    parts.append(
        lists.section(
            copied.text("partner.commitments"),
            details.commitments(programme.commitments, name, lang),
            copied.text("partner.commitments_empty"),
        )
    )
    shared = metrics.partners.companions(in_the_workbook, name)
    parts.append(
        lists.section(
            copied.text("partner.companions"),
            details.companions(shared, programme.partners, lang),
            copied.text("nobody"),
        )
    )
    parts.append(
        lists.heading(copied.text("partner.keep"), copied.text("partner.keep_why"))
        + in_calendar(copied, calendar.of_partner(str(row["code"])))
    )
    full = (
        row["full_name"] if isinstance(row["full_name"], str) and row["full_name"] != name else ""
    )
    who = " · ".join(
        part
        for part in (copied.text("page.partner"), full, wording.kind(row["kind"], lang))
        if part
    )
    title = copied.text(
        "partner.title",
        name=name,
        lead=copied.text("count.activities", n=len(leads)),
        join=len(joins),
    )
    return Page(f"{PARTNERS}/{row['code']}", who, title, "".join(parts))


def _changes(copied: Copied) -> Page:
    told = copied.charts.get("changes")
    if told is None:
        body = _empty(copied.text("changes.nothing"))
    elif told.table.frame.empty:
        body = _empty(copied.text("changes.same"))
    else:
        body = painting.chart(copied, copied.charts["changes"], titled=False)
    if "slip" in copied.charts:
        heading = lists.heading(copied.text("slip.heading"), below=True)
        body += painting.chart(copied, copied.charts["slip"], heading)
    else:
        body += lists.section(copied.text("slip.heading"), "", copied.text("slip.empty"))
    return Page(
        "wijzigingen",
        copied.text("page.changes"),
        told.title if told else copied.text("changes.title_nothing"),
        body,
    )


def _check(copied: Copied) -> Page:
    programme, version, lang = copied.taken.whole, copied.version, copied.lang
    counts = completeness(programme)
    facts = (
        (copied.text("check.file"), version.name),
        (copied.text("check.saved"), formatting.moment(version.saved, lang)),
        (copied.text("check.as_of"), wording.date(programme.as_of, lang)),
        (copied.text("check.fingerprint"), version.sha256[:12]),
    )
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts)
    found = programme.findings
    body = (
        lists.section(
            copied.text("check.findings", n=counted(found).total()),
            findings.by_sheet(found, lang),
            copied.text("check.no_findings"),
        )
        + findings.topics(counts, lang)
        + lists.section(copied.text("check.version"), f'<dl class="a-facts">{rows}</dl>', "")
    )
    return Page(
        "controle", copied.text("page.check"), findings.title(found, overall(counts), lang), body
    )


def in_calendar(copied: Copied, code: str) -> str:
    """Return a link to a calendar, and how many activities are in none because they
    have no period.
    """
    without = calendar.without_months(copied.feeds[code].activities)
    note = (
        f'<p class="a-note">{escape(copied.text("calendar.without", n=without))}</p>'
        if without
        else ""
    )
    link = _calendar_link(copied, code, copied.text("calendar.download"))
    return f'<p class="a-links">{link}</p>{note}'


def _calendar_link(copied: Copied, code: str, words: str) -> str:
    return f'<a href="@/{copied.folder}{CALENDARS}/{code}.ics" download>{escape(words)}</a>'


def _activities(
    copied: Copied,
    rows: pd.DataFrame,
    heading: str,
    nothing: str,
    *,
    limit: int = 0,
    with_role: bool = False,
    notes: bool = True,
    of: str = "",
) -> str:
    if rows.empty:
        return f"{heading}{_empty(nothing)}"
    return heading + lists.activities(rows, copied.lang, limit, with_role, notes, True, of)


def _empty(words: str) -> str:
    return lists.remark(words, missing=True)
