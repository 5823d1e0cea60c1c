"""Links that offer to change the block above: they carry the changed block with them."""

from __future__ import annotations

import base64
import html
import re
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from provenpages.page import Example, Page, Try

_LINK = re.compile(r'<a href="try:(?P<before>[^"]+?) (?:→|%E2%86%92) (?P<after>[^"]*)">')


class NoBlock(Exception):  # noqa: N818  (it reads as what happened)
    """A link offers to change a block that is not there."""


def with_tries(body: str, page: Page, examples: dict[int, Example]) -> str:
    """The page's body with links that lead to the block, and what it becomes.

    Args:
        body: The page as HTML.
        page: The page as Markdown.
        examples: The page's examples by the number of their block.

    Raises:
        NoBlock: The links in the HTML are not those in the Markdown.
    """
    tries = iter(page.tries)
    numbers = {example.line: number for number, example in examples.items()}

    def linked(match: re.Match[str]) -> str:
        change = next(tries, None)
        said = tuple(html.unescape(match[name]) for name in ("before", "after"))
        example = page.example_above(change.line) if change else None
        if change is None or example is None or said != (change.before, change.after):
            raise NoBlock(f"no block for the link to try {said[0]!r} → {said[1]!r}")
        place = f"block-{numbers[example.line]}"
        return (
            f'<a class="try" href="#{place}" data-edit="{place}={carried(change, example.text)}">'
        )

    return _LINK.sub(linked, body)


def carried(change: Try, text: str) -> str:
    """The changed text as a link carries it: see `link.js`."""
    raw = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = raw.compress(change.changed(text).encode()) + raw.flush()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")
