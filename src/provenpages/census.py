"""Compare what a page's text holds with what its readers see, both ways.

The reader of pages and the tool that renders them share no code. What one of them takes
for a block or a bound number and the other does not, is found here.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from provenpages.asked import asked
from provenpages.page import JAVASCRIPT, PYTHON

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provenpages.fences import Problem
    from provenpages.page import Page


COUNTED = PYTHON | {JAVASCRIPT, "output", "console"}
"""Languages whose blocks are claims."""


@dataclass(frozen=True)
class Seen:
    """A code block or a bound number, without what makes no difference to a reader.

    Attributes:
        language: The block's language, `python` for each of its names; or what else it is.
        text: The code, or the number's expression.
        shown: The number, if it is one.
        line: Where it stands in the page; unknown, and 0, for what was rendered.
    """

    language: str
    text: str
    shown: str = ""
    line: int = field(default=0, compare=False)


def differences(page: Page, html: str) -> Iterator[Problem]:
    """Each block, number, formula and count read but not rendered, or rendered but not read.

    Args:
        page: The page as it was read.
        html: The same page rendered by the tool that readers see it through.
    """
    rendered = _Rendered(html)
    blocks = [_block(fence.language, fence.text, fence.line) for fence in page.fences]
    for seen in _missing(blocks, rendered.blocks):
        yield seen.line, f"this {seen.language} block is not rendered as it stands here"
    for seen in _missing(rendered.blocks, blocks):
        message = "but not read as a fence, so not run"
        language = seen.language or "no language"
        yield _line_of(seen, page), f"rendered as a block of code ({language}), {message}"
    numbers = [_number(it.shown, it.expression, it.line) for it in page.numbers]
    for seen in _missing(numbers, rendered.numbers):
        message = "this number is not rendered as bound: Markdown read its expression differently"
        yield seen.line, f"{message}: `{seen.shown}` = {seen.text}"
    for seen in _missing(rendered.numbers, numbers):
        message = "rendered as a bound number, but not read as one"
        yield _line_of(seen, page), f"{message}: `{seen.shown}` = {seen.text}"
    formulas = [_formula(formula.tex, formula.line) for formula in page.formulas]
    for seen in _missing(formulas, rendered.formulas):
        yield seen.line, f"this formula is not rendered as one: {seen.text}"
    for seen in _missing(rendered.formulas, formulas):
        message = "rendered as a formula, but not read as one, so not proved"
        yield _line_of(seen, page), f"{message}: {seen.text}"
    counts = [_count(it.name, it.line) for it in asked(page)]
    for seen in _missing(counts, rendered.counts):
        yield seen.line, f"this count is not rendered as one: {seen.text}"
    for seen in _missing(rendered.counts, counts):
        message = "rendered as a count, but not read as one, so not filled in"
        yield _line_of(seen, page), f"{message}: {seen.text}"


def rendered_blocks(html: str) -> list[Seen]:
    """The code blocks of a rendered page, in order."""
    return _Rendered(html).blocks


class _Rendered(HTMLParser):
    """The blocks, bound numbers, formulas and counts of a rendered page, in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Seen] = []
        self.numbers: list[Seen] = []
        self.formulas: list[Seen] = []
        self.counts: list[Seen] = []
        self._formula_tag = ""
        self._language = ""
        self._expression: str | None = None
        self._text = ""
        self._line_numbers = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        classes = (values.get("class") or "").split()
        named = next((name for name in classes if name.startswith("language-")), None)
        self._line_numbers = self._line_numbers or "linenodiv" in classes
        if named:  # on the block itself or on what is around it, as the renderer likes
            self._language = named.removeprefix("language-")
        if "data-count" in values:
            self.counts.append(_count(values["data-count"] or ""))
        if "arithmatex" in classes:
            self._formula_tag = tag
            self._text = ""
        if tag == "pre" or "data-is" in values:
            self._expression = values.get("data-is")
            self._text = ""

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "pre" and self._line_numbers:
            self._line_numbers = False
        elif tag == "pre":
            self.blocks.append(_block(self._language, self._text))
            self._language = ""
        elif tag == self._formula_tag:
            self.formulas.append(_formula(self._text.strip()[2:-2]))  # between \\( and \\)
            self._formula_tag = ""
        elif tag == "code" and self._expression is not None:
            self.numbers.append(_number(self._text, self._expression))
            self._expression = None


def _block(language: str, text: str, line: int = 0) -> Seen:
    # Blanks in an empty line and empty lines at either end are not always rendered.
    text = re.sub(r"(?m)^ +$", "", text.expandtabs(4)).strip("\n")
    return Seen("python" if language in PYTHON else language, text, line=line)


def _number(shown: str, expression: str, line: int = 0) -> Seen:
    return Seen("number", expression, shown, line)


def _formula(tex: str, line: int = 0) -> Seen:
    return Seen("formula", " ".join(tex.split()), line=line)


def _count(name: str, line: int = 0) -> Seen:
    return Seen("count", f'data-count="{name}"' if name else "data-count", line=line)


def _missing(these: Sequence[Seen], those: Sequence[Seen]) -> Iterator[Seen]:
    """Those of `these` that have no counterpart in `those`."""
    ours, theirs = [_comparable(seen) for seen in these], [_comparable(seen) for seen in those]
    if ours == theirs:  # as a rule; finding differences takes time that grows with the square
        return
    matcher = difflib.SequenceMatcher(a=ours, b=theirs, autojunk=False)
    changes = [change[1:] for change in matcher.get_opcodes() if change[0] != "equal"]
    # The order may differ: footnotes are rendered at the end of the page.
    elsewhere = Counter(theirs[index] for *_, start, end in changes for index in range(start, end))
    for index in [index for start, end, *_ in changes for index in range(start, end)]:
        if elsewhere[ours[index]]:
            elsewhere[ours[index]] -= 1
        else:
            yield these[index]


def _comparable(seen: Seen) -> Seen:
    """Without a language that is not counted: what a highlighter does not know becomes text."""
    return seen if seen.language in COUNTED else replace(seen, language="")


def _line_of(seen: Seen, page: Page) -> int:
    """Where in the page's text `seen` probably comes from; 1 if nothing there is like it."""
    lines = page.text.split("\n")
    for sought in (seen.text, f"`{seen.shown}`") if seen.shown else (seen.text,):
        parts = [part.strip() for part in sought.split("\n")]
        for index in range(len(lines) - len(parts) + 1):
            if all(part in line for part, line in zip(parts, lines[index:], strict=False)):
                return index + 1
    return 1
