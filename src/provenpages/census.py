"""Compare what a page's text holds with what its readers see, both ways.

The reader of pages and the tool that renders them share no code. What one of them takes
for a block or a bound number and the other does not, is found here.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from operator import contains
from typing import TYPE_CHECKING

from provenpages.asked import asked
from provenpages.page import JAVASCRIPT, PYTHON
from provenpages.seen import Rendered, Seen, block, change, count, formula, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provenpages.fences import Problem
    from provenpages.page import Page


COUNTED = PYTHON | {JAVASCRIPT, "output", "console"}
"""Languages whose blocks are claims."""


def differences(page: Page, html: str) -> Iterator[Problem]:
    """Each block, number, formula and count read but not rendered, or rendered but not read.

    Args:
        page: The page as it was read.
        html: The same page rendered by the tool that readers see it through.
    """
    rendered = Rendered(html)
    yield from _of_blocks(page, rendered.blocks)
    for seen in rendered.glued:
        yield _line_of(seen, page), f"a sign or digits stand beside this bound number: {seen}"
    for read, shown, not_rendered, not_read in (
        (
            [number(it.shown, it.expression, it.line) for it in page.numbers],
            rendered.numbers,
            "this number is not rendered as bound: Markdown read its expression differently",
            "rendered as a bound number, but not read as one",
        ),
        (
            [formula(it.tex, it.line) for it in page.formulas],
            rendered.formulas,
            "this formula is not rendered as one",
            "rendered as a formula, but not read as one, so not proved",
        ),
        (
            [count(it.name, it.line) for it in asked(page)],
            rendered.counts,
            "this count is not rendered as one",
            "rendered as a count, but not read as one, so not filled in",
        ),
        (
            [change(f"{it.before} → {it.after}", it.line) for it in page.tries],
            rendered.tries,
            "this try is not rendered as one",
            "rendered as a try, but not read as one, so nobody tries it",
        ),
    ):
        for seen in _missing(read, shown):
            yield seen.line, f"{not_rendered}: {seen}"
        for seen in _missing(shown, read):
            yield _line_of(seen, page), f"{not_read}: {seen}"


def rendered_blocks(html: str) -> list[Seen]:
    """The code blocks of a rendered page, in order."""
    return Rendered(html).blocks


def _of_blocks(page: Page, rendered: list[Seen]) -> Iterator[Problem]:
    blocks = [block(it.language, it.text, it.line) for it in page.fences]
    lost, found = [*_missing(blocks, rendered)], [*_missing(rendered, blocks)]
    for seen in lost:
        yield seen.line, f"this {seen.language} block is not rendered as it stands here"
    for seen in found:
        message = "but not read as a fence, so not run"
        language = seen.language or "no language"
        yield _line_of(seen, page), f"rendered as a block of code ({language}), {message}"
    # Where blocks are missing, what stands below what is no question.
    if not lost and not found:
        for seen in _missing(_outputs(blocks), _outputs(rendered)):
            yield seen.line, "this output is not rendered below what prints it"


def _outputs(blocks: Sequence[Seen]) -> list[Seen]:
    """The outputs, each with the block above it."""
    pairs = [(above, it) for above, it in pairwise(blocks) if it.language == "output"]
    return [replace(it, text=f"{above.text}\n{it.text}") for above, it in pairs]


def _missing(these: Sequence[Seen], those: Sequence[Seen]) -> Iterator[Seen]:
    """Those of `these` that have no counterpart in `those`."""
    ours, theirs = [_comparable(seen) for seen in these], [_comparable(seen) for seen in those]
    # Of several that are the same, those between what agrees at either end are missing.
    start = _agreeing(ours, theirs)
    end = _agreeing(ours[start:][::-1], theirs[start:][::-1])
    # The order may differ: footnotes are rendered at the end of the page.
    elsewhere = Counter(theirs[start : len(theirs) - end])
    for index in range(start, len(ours) - end):
        if elsewhere[ours[index]]:
            elsewhere[ours[index]] -= 1
        else:
            yield these[index]


def _agreeing(these: Sequence[Seen], those: Sequence[Seen]) -> int:
    """How many are the same from the start."""
    pairs = enumerate(zip(these, those, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(these), len(those)))


def _comparable(seen: Seen) -> Seen:
    """Without a language that is not counted: what a highlighter does not know becomes text."""
    return seen if seen.language in COUNTED else replace(seen, language="")


def _line_of(seen: Seen, page: Page) -> int:
    """Where in the page's text `seen` probably comes from; 1 if nothing there is like it."""
    lines = page.text.split("\n")
    for sought in (seen.text, f"`{seen.shown}`") if seen.shown else (seen.text,):
        parts = [part.strip() for part in sought.split("\n")]
        for index in range(len(lines) - len(parts) + 1):
            if parts[0] in lines[index] and all(
                map(contains, lines[index : index + len(parts)], parts)
            ):
                return index + 1
    return 1
