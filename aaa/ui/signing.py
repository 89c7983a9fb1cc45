"""Who may publish: nobody unless configured in the secrets; then a lead who signs in with an
account (OIDC) or a password.

The password is posted to the server (`aaa/server/door.py`), which sets a cookie that no script
reads; a reload stays signed in.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from aaa.html.tags import NOTHING, tag
from aaa.store import gate
from aaa.ui import address, secrets, streamlit_private, tiles, upload_permissions
from aaa.ui.session import text

SESSION, DEVICE = "aaa_lead", "aaa_device"  # cookies: a sign-in, and a browser that signed in once
SECONDS = 8 * 3600  # that a sign-in lasts
IN, OUT = "aanmelden", "afmelden"  # where the forms are posted
SAID = "deur"  # the query parameter with what became of an attempt
_OUTCOMES = {"fout": "signing.wrong", "wacht": "signing.wait", "leeg": "signing.empty"}
_SECTION, _PASSWORD, _EDITORS = "publish", "password", "editors"
_MOST_FORGOTTEN = 1000
_lock = threading.Lock()
# sign-ins that were ended before their time
_forgotten: OrderedDict[str, None] = OrderedDict()


def settings() -> Mapping[str, Any]:
    """Return the section `publish` of the secrets; empty when publishing is not configured."""
    if not secrets.exist():
        return {}
    try:
        found = st.secrets.get(_SECTION)
    except streamlit_private.SecretsNotFoundError:
        return {}
    return found if isinstance(found, Mapping) else {}


def configured() -> bool:
    """Tell whether anybody may publish at all."""
    found = settings()
    return bool(found.get(_PASSWORD) or found.get(_EDITORS))


def stored() -> str:
    """Return the stored hash of the password; empty where there is none."""
    return str(settings().get(_PASSWORD) or "")


def signed_in() -> bool:
    """Tell whether this reader may publish."""
    return with_password() or _account() in _editors()


def with_password() -> bool:
    """Tell whether this reader signed in with the password."""
    return bool(stored()) and holds(st.context.cookies.get(SESSION, ""))


def holds(found: str) -> bool:
    """Tell whether a cookie is that of a sign-in that lasts. A changed password signs out everybody
    who signed in with the old one.

    Args:
        found: its value.
    """
    name = gate.opened(found, stored(), SESSION, time.time())
    with _lock:
        return name is not None and name not in _forgotten


def forget(found: str) -> None:
    """End a sign-in, also for pages that are open.

    Args:
        found: its cookie.
    """
    name = gate.opened(found, stored(), SESSION, time.time())
    if name is not None:
        with _lock:
            _forgotten[name] = None
            while len(_forgotten) > _MOST_FORGOTTEN:
                _forgotten.popitem(last=False)


def may(cookies: Mapping[str, str], origin: str) -> bool:
    """Tell whether a request comes from somebody who may publish.

    Args:
        cookies: of the request.
        origin: the site that sent it, as the browser says.
    """
    if holds(cookies.get(SESSION, "")):
        return True
    editors = _editors()
    return bool(editors) and _email(streamlit_private.account(cookies, origin)) in editors


def _account() -> str | None:
    """Return the e-mail address of the signed-in account, as `_email` does."""
    return _email(st.user.to_dict())


def _email(user: Mapping[str, Any]) -> str | None:
    """Return the e-mail address of an account, in lower case; None when its provider did not verify
    it.
    """
    email = user.get("email")
    known = user.get("is_logged_in") and user.get("email_verified", True) is not False
    return str(email).casefold() if known and email else None


def _editors() -> set[str]:
    editors = settings().get(_EDITORS, ())
    return {str(one).casefold() for one in ([editors] if isinstance(editors, str) else editors)}


def ask() -> None:
    """Show every configured way to sign in, and forbid uploads: this reader may not publish, or no
    longer.
    """
    upload_permissions.forbid()
    tiles.note(text("signing.why"))
    if _editors():
        if (account := _account()) is not None:
            tiles.warning(text("signing.no_editor", account=account))
        else:
            st.button(
                text("signing.account"), on_click=st.login, type="primary", key="sign_in_account"
            )
    if stored():
        outcome = _OUTCOMES.get(st.query_params.get(SAID, ""))
        if outcome is not None:
            tiles.alert(text(outcome))
        field = tag(
            "input",
            type="password",
            name="password",
            autocomplete="current-password",
            required=True,
            id="aaa-password",
        )
        label = tag("label", text("signing.password"), for_="aaa-password")
        tiles.html(_form(IN, label + field, text("signing.sign_in")))


def _form(to: str, fields: Markup, words: str) -> Markup:
    """Return a form that is posted to the server, and leads back to this page."""
    query = urlencode(address.link_params(**{SAID: None}), doseq=True)
    back = tag("input", type="hidden", name="back", value=query)
    button = tag("button", words, type="submit")
    action = f"{address.base()}/{to}"
    look = "a-door" if fields else "a-door a-leave"
    return tag("form", fields, back, button, method="post", action=action, class_=look)


def link() -> Markup:
    """Return a link to the page on which a lead signs in and publishes."""
    words = tag("a", text("frame.update"), href=f"{address.base()}/{address.UPDATE}")
    return tag("p", words, class_="a-links")


def offer_to_leave() -> None:
    """Offer to sign out."""
    if with_password():
        tiles.html(_form(OUT, NOTHING, text("signing.sign_out")))
    else:
        st.button(text("signing.sign_out"), on_click=_leave, type="tertiary", key="sign_out")


def _leave() -> None:
    upload_permissions.forbid()
    if _account() is not None:
        st.logout()
