"""Word a disagreement between a page and the truth: where, what, and a caret under it."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenpages.run import frames_of_page

if TYPE_CHECKING:
    from pathlib import Path

    from provenpages.page import Page


@dataclass(frozen=True)
class Disagreement:
    """One thing on a page that is not so."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        """The place, as editors and terminals link it, and the message."""
        return f"{self.path}:{self.line}: {self.message}"


def text_diff(shown: str, real: str, first_line: int) -> str:
    """Both texts line by line, the page's with its line numbers, a caret under what differs."""
    out: list[str] = []
    line = first_line
    for entry in difflib.ndiff(_lines(shown), _lines(real)):
        mark, text = entry[0], entry[2:]
        if mark == "?":
            carets = "".join(" " if character in " \n" else "^" for character in text).rstrip()
            out.append(f"{'':>6}  {'':<6} {carets}")
            continue
        who = {" ": "", "-": "page", "+": "real"}[mark]
        out.append(f"{line if mark != '+' else '':>6}  {who:<6} {_visible(text)}")
        line += mark != "+"
    return "\n".join(out)


def exception_report(page: Page, error: BaseException) -> str:
    """The exception and the lines of the page it came through."""
    frames = "".join(
        f"\n{line:>6}  {text.strip()}" for line, text in frames_of_page(page, error.__traceback__)
    )
    return f"raised {type(error).__name__}: {error}{frames}"


def _lines(text: str) -> list[str]:
    """Lines without their ends; a missing last line end is made visible."""
    lines = text.split("\n")
    return lines[:-1] if lines[-1] == "" else [*lines[:-1], lines[-1] + "⏎ missing"]


def _visible(text: str) -> str:
    """Blanks at the end of a line, as dots."""
    bare = text.rstrip(" ")
    return bare + "·" * (len(text) - len(bare))
