"""Who may publish: nobody unless configured in the secrets; then a lead who signs in with an
account (OIDC) or a password.
"""

import functools
import logging
import math
from collections.abc import Mapping
from typing import Any

import streamlit as st

from aaa.store.gate import Outcome, RateLimiter
from aaa.ui import secrets, streamlit_private, tiles, upload_permissions
from aaa.ui.session import text

_log = logging.getLogger(__name__)
_SECTION, _PASSWORD, _EDITORS = "publish", "password", "editors"
_SIGNED_IN, _SAID = "lead", "signing_said"


@functools.cache
def _gate() -> RateLimiter:
    return RateLimiter()


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


def signed_in() -> bool:
    """Tell whether this reader may publish."""
    # A changed password signs out everybody who signed in with the old one.
    stored = settings().get(_PASSWORD)
    return bool(stored and st.session_state.get(_SIGNED_IN) == stored) or _account() in _editors()


def _account() -> str | None:
    """Return the e-mail address of the signed-in account, in lower case; None when its provider did
    not verify it.
    """
    user = st.user.to_dict()
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
    if settings().get(_PASSWORD):
        with st.form("sign_in", border=False, width=420, enter_to_submit=True):
            st.text_input(
                text("signing.password"),
                type="password",
                key="password",
                autocomplete="current-password",
            )
            st.form_submit_button(text("signing.sign_in"), on_click=_sign_in)
        if said := st.session_state.get(_SAID):
            tiles.alert(said)


def _sign_in() -> None:
    if not (tried := st.session_state["password"]):  # no attempt, so that it causes no delay
        st.session_state[_SAID] = text("signing.empty")
        return
    outcome = _gate().attempt(tried, str(settings().get(_PASSWORD)))
    _log.log(
        logging.INFO if outcome is Outcome.OPEN else logging.WARNING,
        "password tried",
        extra={"facts": {"outcome": outcome.value}},
    )
    st.session_state.pop(_SAID, None)
    if outcome is Outcome.OPEN:
        st.session_state[_SIGNED_IN] = settings().get(_PASSWORD)
    else:
        st.session_state[_SAID] = text(f"signing.{outcome.value}", n=math.ceil(_gate().wait()))


def offer_to_leave() -> None:
    """Offer to sign out."""
    st.button(text("signing.sign_out"), on_click=_leave, type="tertiary", key="sign_out")


def _leave() -> None:
    st.session_state.pop(_SIGNED_IN, None)
    upload_permissions.forbid()
    if _account() is not None:
        st.logout()
