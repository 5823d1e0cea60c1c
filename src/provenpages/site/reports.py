"""Where a reader can say that something is wrong: the forge's own form, filled in."""

from __future__ import annotations

import html
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable

_FORM = "/issues/new?template=page.yml&page={place}"


def report_address(
    repository: str | None, form: str | None, page: str
) -> Callable[[str], str] | None:
    """What gives the address of the form for a place on the page; None without a repository.

    Args:
        repository: The repository's address, if there is one.
        form: An address with `{place}` in it, for forges that are not like GitHub.
        page: The page's address.
    """
    if not form:
        if not repository:
            return None
        form = repository.rstrip("/") + _FORM
    return partial(_filled, form, page)


def _filled(form: str, page: str, place: str) -> str:
    where = f"{page}#{place}" if place else page
    return html.escape(form.replace("{place}", quote(where, safe="")))
