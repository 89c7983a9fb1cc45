"""Every word on screen, in two gettext catalogues: nl.po and en.po beside this file.

The id of a message tells where it is shown, such as `budget.title`. The catalogues are compiled
when they are loaded, without a build step.
"""

import gettext
import io
from functools import lru_cache
from importlib.resources import files

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from aaa.values.dutch import carried

LANGUAGES = ("nl", "en")
DEFAULT = "nl"


@lru_cache
def catalogue(lang: str) -> Catalog:
    """Return the catalogue of a language; FileNotFoundError when there is none."""
    with files(__package__).joinpath(f"{lang}.po").open("rb") as stream:
        return read_po(stream, locale=lang)


@lru_cache
def _translations(lang: str) -> gettext.GNUTranslations:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(lang))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def translate(lang: str, key: str, n: int | None = None, **values: object) -> str:
    """Return a message in a language.

    Args:
        lang: one of LANGUAGES.
        key: the id of the message.
        n: the number that decides between singular and plural; the message may also show it as
            `{n}`.
        values: what the message shows by name, formatted already.

    Raises:
        KeyError: the catalogue lacks the message, or the call lacks a value that it shows.
    """
    translations = _translations(lang)
    message = translations.gettext(key) if n is None else translations.ngettext(key, key, n)
    if key not in keys(lang) or (n is not None and key not in _plurals(lang)):
        raise KeyError(f"{lang}: {key}")
    if n is None and not values:
        return message
    return carried(message.format(n=n, **values), values.values())


@lru_cache
def keys(lang: str) -> frozenset[str]:
    """Return the ids of all messages of a language."""
    return frozenset(m.id if isinstance(m.id, str) else m.id[0] for m in catalogue(lang) if m.id)


@lru_cache
def _plurals(lang: str) -> frozenset[str]:
    return frozenset(m.id[0] for m in catalogue(lang) if m.id and not isinstance(m.id, str))
