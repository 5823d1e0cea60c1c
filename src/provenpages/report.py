"""Word a disagreement between a page and the truth: where, what, and a caret under it."""

from __future__ import annotations

import difflib
import traceback
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING
from unicodedata import combining

from provenpages.run import lines_passed
from provenpages.script import ScriptFailed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from provenpages.page import Page

_MOST_LINES = 10  # of a traceback; a recursion has thousands


@dataclass(frozen=True)
class Disagreement:
    """One thing on a page that is not so."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        """The place, as editors and terminals link it, and the message."""
        return f"{self.path}:{self.line}: {self.message}"


def first_difference(shown: str, real: str, first_line: int) -> int:
    """The line of the page where the two texts begin to differ."""
    return first_line + _same(_lines(shown), _lines(real))


def text_diff(shown: str, real: str, first_line: int) -> str:
    """Both texts line by line, the page's with its line numbers, carets under what differs."""
    page, truth = _lines(shown), _lines(real)
    rows: list[str] = []
    matcher = difflib.SequenceMatcher(a=page, b=truth, autojunk=False)
    for kind, start, end, real_start, real_end in matcher.get_opcodes():
        if kind == "equal":
            rows += (_row(first_line + index, "", page[index]) for index in range(start, end))
            continue
        pairs = zip_longest(page[start:end], truth[real_start:real_end])
        for line, (old, new) in enumerate(pairs, first_line + start):
            rows += [_row(line, "page", old)] if old is not None else []
            rows += [_row("", "real", new)] if new is not None else []
            rows += [_row("", "", _carets(old or "", new or ""))]
    return "\n".join(rows)


def error_message(page: Page, error: BaseException) -> str:
    """The exception and the lines of the page it came through."""
    lines = page.text.split("\n")
    rows = [_row(line, "", lines[line - 1].strip()) for line in lines_passed(page, error)]
    if len(rows) > _MOST_LINES:
        rows = [*rows[: _MOST_LINES // 2], "     …", *rows[-_MOST_LINES // 2 :]]
    if isinstance(error, ScriptFailed):  # Node's words, not Python's
        return "\n".join([str(error), *rows])
    *before, last = traceback.format_exception_only(error)
    # A SyntaxError brings its own line and caret.
    detail = "".join(before[1:]).rstrip() if before else "\n".join(rows)
    return f"raised {last.strip()}" + (f"\n{detail}" if detail else "")


def _row(line: int | str, who: str, text: str) -> str:
    return f"{line:>6}  {who:<6} {text}".rstrip()


def _carets(old: str, new: str) -> str:
    """Carets under what is left when the same beginning and the same end are taken away."""
    start = _same(old, new)
    end = _same(old[start:][::-1], new[start:][::-1])
    return " " * start + "^" * max(len(old) - start - end, len(new) - start - end, 1)


def _same(these: Sequence[str], those: Sequence[str]) -> int:
    """How many are the same from the start."""
    pairs = zip(these, those, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(these), len(those)))


def _lines(text: str) -> list[str]:
    """Lines without their ends, with all that hides in them made visible."""
    *lines, last = text.split("\n")
    lines = [_visible(line) for line in lines]
    return [*lines, f"{_visible(last)}⏎ missing"] if last else lines


def _visible(line: str) -> str:
    """Blanks at the end as dots, and what prints nothing of its own as its escape."""
    bare = line.rstrip(" ")
    shown = "".join(
        it if it.isprintable() and not combining(it) else ascii(it)[1:-1] for it in bare
    )
    return shown + "·" * (len(line) - len(bare))
