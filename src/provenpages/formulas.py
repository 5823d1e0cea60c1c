"""Find a page's formulas, and what it says of their symbols.

A page says what symbols stand for in a comment, which readers do not see:

    <!-- symbols
    z = draw()
    o = sigmoid(z)
    -->

It is Python. It holds for the formulas below it, up to the next such comment. A formula that
cannot be proved has a comment of its own above it: `<!-- not proved: the reason -->`.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenpages.fences import CODE_SPAN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True)
class Formula:
    """A formula of a page.

    Attributes:
        line: Where its LaTeX begins.
        tex: The LaTeX, without its dollars.
        display: Whether it stands on lines of its own.
        symbols: Python that says what its symbols stand for; empty if nothing does.
        reason: Why it is not proved; empty if it has to be.
    """

    line: int
    tex: str
    display: bool
    symbols: str = ""
    reason: str = ""


_DISPLAY = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
_INLINE = re.compile(r"(?<![\\$])\$(?![\s$])((?:\\.|[^\\$])+?)(?<!\s)\$(?!\$)")


_COMMENT = re.compile(r"\s*(?P<kind>symbols|not proved:)\s(?P<body>.*)", re.DOTALL)


def formulas_in(words: Sequence[str], comments: Sequence[tuple[int, str]]) -> Iterator[Formula]:
    """The formulas of a page, each with what the comments above it say.

    Args:
        words: The page's lines, with nothing but prose in them.
        comments: Its comments, each with the line it begins at.
    """
    said = [(line, it) for line, text in comments if (it := _COMMENT.fullmatch(text))]
    reasons = {line: it["body"].strip() for line, it in said if it["kind"] != "symbols"}
    for line, tex, display in _found(words):
        above = [it["body"] for at, it in said if at < line and it["kind"] == "symbols"]
        due = [at for at in reasons if at < line]
        reason = reasons.pop(due[-1]) if due else ""
        yield Formula(line, tex, display, textwrap.dedent(above[-1]) if above else "", reason)


def _found(words: Sequence[str]) -> Iterator[tuple[int, str, bool]]:
    """Line, LaTeX, and whether it stands by itself."""
    text = "\n".join(re.sub(CODE_SPAN, lambda code: " " * len(code[0]), line) for line in words)
    display = [(match, True) for match in _DISPLAY.finditer(text)]
    blanked = _DISPLAY.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    inline = [(match, False) for match in _INLINE.finditer(blanked)]
    for match, stands_alone in sorted(display + inline, key=lambda it: it[0].start()):
        body = match[1]
        offset = len(body) - len(body.lstrip())
        line = text.count("\n", 0, match.start(1) + offset) + 1
        yield line, re.sub(r"\n[> ]*", "\n", body.strip()), stands_alone
