"""How long a page takes to read."""

from __future__ import annotations

import re

_WORDS_A_MINUTE = 180  # prose with formulas and code to look at
_CODE_LINES_A_MINUTE = 30

_PRE = re.compile(r"<pre.*?</pre>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def minutes(body: str) -> int:
    """Whole minutes, at least one, for the HTML of a page's body."""
    code_lines: int = sum(block.count("\n") for block in _PRE.findall(body))
    words = len(_TAG.sub(" ", _PRE.sub("", body)).split())
    return max(1, int(words / _WORDS_A_MINUTE + code_lines / _CODE_LINES_A_MINUTE + 0.5))


def with_reading_time(body: str) -> str:
    """The body with its reading time below the first heading."""
    note = f'\n<p class="reading-time">{minutes(body)} min to read</p>'
    return body.replace("</h1>", "</h1>" + note, 1)
