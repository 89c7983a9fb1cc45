"""The second spreadsheet program opens our workbooks, saves them, and nothing has changed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from aaa.exports.summary import summarise
from tests.support import libreoffice
from tests.support.books import SHIPPED, codes, empty, example, read

pytestmark = pytest.mark.office


@pytest.mark.parametrize("book", [SHIPPED.read_bytes, example, empty])
def test_saved_by_libreoffice_it_says_the_same(tmp_path: Path, book: Callable[[], bytes]) -> None:
    original, saved = read(book()), read(libreoffice.saved(book(), tmp_path))
    assert codes(saved) == codes(original)
    assert summarise(saved) == summarise(original)
