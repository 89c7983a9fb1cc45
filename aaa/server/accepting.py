"""Giving a workbook back, or publishing it, with the answers to findings that a lead ticked."""

import threading
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from aaa.server import forms
from aaa.server.forms import Form
from aaa.store import publish, source
from aaa.store.source import Store
from aaa.ui import accepting, address, session, signing
from aaa.values.finding import Finding, WorkbookError
from aaa.words.texts import DEFAULT, LANGUAGES
from aaa.writing import answers

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_BYTES = 512 * 1024  # of a form: some thousands of ticks
_PAGE = "controle"
_one_at_a_time = threading.Lock()  # an edited workbook takes memory


async def accept(request: Request) -> Response:
    """Answer the form of *Neem over*: with the workbook, or with the page after publishing."""
    form, refusal = await forms.posted(request, _MOST_BYTES)
    if refusal is not None:
        return refusal
    signed_in = signing.may(request.cookies, request.headers.get("origin", ""))
    return await run_in_threadpool(_accept, form, signed_in)


def _accept(form: Form, signed_in: bool) -> Response:
    year = forms.one(form, address.YEAR)
    known = year if year in map(str, session.years()) else ""
    store = session.store_of(int(known) if known else None)
    found = _standing(store, forms.one(form, accepting.VERSION))
    if found is None:
        return _back(form, known, "veranderd")
    data, findings = found
    asked = set(form.get(accepting.ANSWER, ()))
    with _one_at_a_time:
        chosen = [one for one in answers.answers(data, findings) if one.key in asked]
        if not chosen:
            return _back(form, known, "niets")
        changed = answers.accepted(data, chosen, session.now().astimezone())
    if forms.one(form, accepting.ACT) != accepting.PUBLISH:
        return _file(changed, store.origin.name)
    if not signed_in or store.origin.path is None:
        return _back(form, known, "aanmelden")
    return _back(form, known, _published(store, changed, data, len(chosen)))


def _standing(store: Store, sha256: str) -> tuple[bytes, tuple[Finding, ...]] | None:
    """Return the workbook that the page showed, with its findings: the one on screen, or the newest
    one, which could not be used. None where it is neither any more.
    """
    state = store.poll()
    if state.version is not None and state.version.sha256 == sha256:
        return state.version.data, state.version.programme.findings
    if state.rejected is not None and source.digest(state.rejected) == sha256:
        return state.rejected, state.problems
    return None


def _published(store: Store, changed: bytes, data: bytes, count: int) -> str:
    try:
        publish.replace(store, changed, source.digest(data))
    except publish.ChangedError:
        return "veranderd"
    except (publish.OtherYearError, WorkbookError):
        return "onbruikbaar"
    except OSError:
        return "mislukt"
    return f"{count}"


def _file(data: bytes, name: str) -> Response:
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "Cache-Control": "no-store",
    }
    return Response(data, media_type=_XLSX, headers=headers)


def _back(form: Form, year: str, outcome: str) -> Response:
    """Lead back to the page, which says what became of it."""
    lang = forms.one(form, address.LANGUAGE)
    query = {address.LANGUAGE: lang} if lang in LANGUAGES and lang != DEFAULT else {}
    query |= {address.YEAR: year} if year else {}
    query |= {accepting.SAID: outcome}
    return RedirectResponse(f"{address.base()}/{_PAGE}?{urlencode(query)}", 303)
