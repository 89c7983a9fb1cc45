"""The calendars at `/agenda/<code>.ics`, to download and to subscribe to."""

import datetime as dt
import hashlib
from email.utils import format_datetime

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from aaa import metrics
from aaa.exports import calendar as calendars
from aaa.exports.calendar import Feed
from aaa.exports.takeaway import Takeaway
from aaa.store.source import Version
from aaa.ui import address, session
from aaa.ui.asking import Asked
from aaa.values import names
from aaa.values.links import PROGRAMME, calendar_of_partner, calendar_of_theme
from aaa.words.texts import DEFAULT, LANGUAGES, translate

MEDIA = "text/calendar; charset=utf-8"
_FORMAT = "1"  # of the files, part of the `ETag`; a new number makes every program fetch them again
_FRESH_SECONDS = 300


def calendar(request: Request) -> Response:
    """Return a calendar by its code, by the code of a theme, or by any known spelling of a
    partner's name.

    An unknown code gives 404 with similar codes, a workbook that cannot be used gives 503, and a
    request with the current `ETag` gives 304.
    """
    lang = request.query_params.get(address.LANGUAGE, DEFAULT)
    lang = lang if lang in LANGUAGES else DEFAULT
    year = request.query_params.get(address.YEAR, "")
    known = year if year in map(str, (*session.years(), session.usual_year())) else ""
    version = session.store_of(int(known) if known else None).poll().version
    if version is None:
        return PlainTextResponse(translate(lang, "frame.nothing"), 503, {"Retry-After": "60"})
    code = request.path_params["name"].removesuffix(".ics")
    # a calendar of an earlier year goes on answering
    earlier = () if known else session.before(version.programme.year)
    for candidate in (version, *earlier):
        asked, feed = _found(candidate, lang, code)
        if feed is not None:
            known = known if candidate is version else f"{candidate.programme.year}"
            version = candidate
            break
    else:
        asked = Asked(version, lang)
    taken = asked.taken()
    if feed is None:
        codes = ", ".join(_like(taken, code))
        return PlainTextResponse(
            translate(lang, "calendar.unknown", codes=codes), 404, {"Cache-Control": "no-cache"}
        )
    site = f"{str(request.base_url).rstrip('/').removesuffix(address.base())}{address.base()}/"
    told = hashlib.sha256(
        "\n".join(
            (_FORMAT, version.sha256, version.saved.isoformat(), lang, feed.code, site, known)
        ).encode()
    ).hexdigest()[:32]
    headers = {
        "Cache-Control": f"public, max-age={_FRESH_SECONDS}",
        "ETag": f'W/"{told}"',  # weak, because middleware may compress the response
        "Last-Modified": format_datetime(version.saved.astimezone(dt.UTC), usegmt=True),
        "Content-Disposition": f'inline; filename="aaa-{feed.code}.ics"',
    }
    if any(
        tag.strip().removeprefix("W/") in (f'"{told}"', "*")
        for tag in request.headers.get("if-none-match", "").split(",")
    ):
        return Response(status_code=304, headers=headers)
    return Response(calendars.ics(taken, feed, site, known), media_type=MEDIA, headers=headers)


def _found(version: Version, lang: str, code: str) -> tuple[Asked, Feed | None]:
    """Return what is asked of a version, and its calendar of a code; None where it has none."""
    asked = Asked(version, lang)
    known = asked.once("calendars", calendars.feeds)
    for own in (names.code(code), calendar_of_theme(names.code(code))):
        if own in known:
            return asked, known[own]
    partner = metrics.partners.by_code(asked.taken().whole, code)
    return asked, None if partner is None else known[calendar_of_partner(partner.code)]


def _like(taken: Takeaway, code: str) -> list[str]:
    near = metrics.partners.near(taken.whole, code)
    return [
        PROGRAMME,
        *map(calendar_of_theme, taken.whole.themes["code"]),
        *(calendar_of_partner(one.code) for one in near),
    ]
