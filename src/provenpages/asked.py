"""Find where a page asks for a count of all pages, `` `…`{ data-count="examples" } ``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenpages.fences import CODE_SPAN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenpages.fences import Problem
    from provenpages.page import Page

_PLACEHOLDER = re.compile(CODE_SPAN + r'(?:\{:? *data-count="(?P<name>[^"]*)" *\})?')


@dataclass(frozen=True)
class Asked:
    """A place where a page asks for a count.

    Attributes:
        line: Its line.
        begin: Where in that line the count goes.
        end: Where that ends.
        shown: What stands there.
        name: The count's name.
    """

    line: int
    begin: int
    end: int
    shown: str
    name: str


def asked(page: Page) -> Iterator[Asked]:
    """Where the page asks for a count, and for which."""
    for line, words in enumerate(page.words, 1):
        for found in _PLACEHOLDER.finditer(words):
            if found["name"] is not None:
                yield Asked(line, *found.span("code"), found["code"], found["name"])


def not_understood(page: Page) -> Iterator[Problem]:
    """Each place that is like one that asks for a count, and is none."""
    for line, words in enumerate(page.words, 1):
        if "data-count" in _PLACEHOLDER.sub("", words).lower():
            yield line, 'a count was not understood; it has to read `…`{ data-count="…" }'
