"""Bring a page's outputs, sessions and bound numbers up to date.

A page of which anything fails is left alone: no exception is ever written down as output,
nor what an example prints after one.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from provenpages import page as pages
from provenpages import proof, rules
from provenpages.elsewhere import NotHere
from provenpages.numbers import NotComparable
from provenpages.report import Disagreement
from provenpages.run import PageRun
from provenpages.session import CannotRun, run_command

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from provenpages.fences import Fence
    from provenpages.page import Example, Page, Script
    from provenpages.session import Programs

_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class Edit:
    """Put `lines` in place of those from `first` up to but not including `end`."""

    first: int
    end: int
    lines: list[str]


def updated(
    text: str,
    path: Path,
    programs: Programs,
    languages: Collection[str] = rules.PLAIN,
    begin: Callable[[Page], PageRun] = PageRun,
) -> tuple[str, list[Disagreement]]:
    """The page's text as it should be, or as it is and what no rewriting can mend.

    Args:
        text: The page's text with its own line ends, which stay.
        path: Where it is from.
        programs: What its console sessions may run.
        languages: Those that it may show without proof.
        begin: Begins a run of the page. What needs a library that may be missing, and is, stays
            as it is, and is a failure unless the receipt vouches for it.
    """
    page = pages.parse(text, path)
    run = begin(page)
    found = [*_outputs(run), *_sessions(page, programs), *_numbers(run)]
    problems = [*page.problems, *rules.violations(page, languages)]
    failures = [Disagreement(path, *problem) for problem in problems]
    failures += [it for it in found if isinstance(it, Disagreement)]
    if failures:
        return text, sorted(failures, key=lambda it: it.line)
    return _edited(text, [it for it in found if isinstance(it, Edit)]), []


def diff(text: str, new: str, path: Path) -> str:
    """What would change, as a unified diff."""
    old_lines, new_lines = (re.split(r"\r\n|\r|\n", it) for it in (text, new))
    names = (str(path), f"{path} (updated)")
    return "\n".join(difflib.unified_diff(old_lines, new_lines, *names, lineterm=""))


def _outputs(run: PageRun) -> Iterator[Edit | Disagreement]:
    examples: list[Example | Script] = [it for chain in run.page.chains for it in chain]
    for example in [*examples, *run.page.scripts]:
        result, output = run.result(example), example.output
        if isinstance(result.error, NotHere):
            yield from proof.output_disagreement(run.page, example, result)
        elif result.error is not None:
            yield proof.failure(run.page, example, result.error)
        elif not rules.is_seen_whole(result.printed):
            message = f"prints what no page can show: {result.printed!r}"
            yield Disagreement(run.page.path, example.line, message)
        elif output is not None and not result.printed:
            yield Edit(_begin(output, run.page), output.last_line + 1, [])
        elif output is not None:
            yield _between(output, result.printed, run.page)
        elif result.printed:
            yield _below(example, result.printed, run.page)


def _sessions(page: Page, programs: Programs) -> Iterator[Edit | Disagreement]:
    for session in page.sessions:
        try:
            commands = [(it.text, run_command(it, programs)) for it in session.commands]
        except CannotRun as error:
            yield Disagreement(page.path, session.line, str(error))
        else:
            shown = "".join(f"$ {typed}\n{real}" for typed, real in commands)
            yield _between(session, shown, page)


def _numbers(run: PageRun) -> Iterator[Edit | Disagreement]:
    lines = run.page.text.split("\n")
    # From the right, so that the columns to the left stay as they were read.
    for number, result in reversed(run.values().items()):
        if isinstance(result.error, NotHere):
            yield from proof.number_disagreement(run.page.path, number, result)
            continue
        try:
            real = proof.real_number(number, result)
        except NotComparable as error:
            message = f"`{number.shown}` is bound to {number.expression!r}: {error}"
            yield Disagreement(run.page.path, number.line, message)
        else:
            text, start = lines[number.line - 1], number.column - 1
            lines[number.line - 1] = text[:start] + real + text[start + len(number.shown) :]
    for line in {number.line for number in run.page.numbers}:
        yield Edit(line, line + 1, [lines[line - 1]])


def _between(fence: Fence, text: str, page: Page) -> Edit | Disagreement:
    """Put `text` into `fence`."""
    lines = page.text.split("\n")
    block = _block(lines[fence.line - 1], text, lines[fence.last_line - 1])
    if block is None:
        return Disagreement(page.path, fence.line, f"cannot show what is printed: {text!r}")
    return Edit(fence.line + 1, fence.last_line, block[1:-1])


def _below(example: Fence, text: str, page: Page) -> Edit | Disagreement:
    """Add an output of `text` below `example`, as deep in the page as it is."""
    indent = _indent(page.text.split("\n")[example.line - 1])
    mark = "```"
    while mark in text:
        mark += "`"
    block = _block(f"{indent}{mark}output", text, f"{indent}{mark}")
    if block is None:
        return Disagreement(page.path, example.line, f"prints what no page can show: {text!r}")
    return Edit(example.last_line + 1, example.last_line + 1, [indent.rstrip(), *block])


def _begin(output: Fence, page: Page) -> int:
    """The line of an output, or of the first empty one above it."""
    lines = page.text.split("\n")[: output.line - 1]
    empty = takewhile(lambda line: not line.strip("> \t"), reversed(lines))
    return output.line - sum(1 for _ in empty)


def _block(opening: str, text: str, closing: str) -> list[str] | None:
    """The lines of a fence around `text`, or None if they would read as something else."""
    indent = _indent(opening)
    inside = [indent + line if line else indent.rstrip() for line in text.split("\n")[:-1]]
    block = [opening, *inside, closing]
    again = pages.parse("\n".join(block), Path()).fences
    return block if [fence.text for fence in again] == [text] else None


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip("> \t"))]


def _edited(text: str, edits: list[Edit]) -> str:
    body = text.removeprefix(_BYTE_ORDER_MARK)
    mark = text[: len(text) - len(body)]
    parts = re.split(r"(\r\n|\r|\n)", body)
    lines, ends = parts[::2], [*parts[1::2], ""]
    usual = ends[0] or "\n"
    # From the bottom, so that the line numbers above stay.
    for edit in sorted(edits, key=lambda edit: (edit.first, edit.end), reverse=True):
        place = slice(edit.first - 1, edit.end - 1)
        same = len(edit.lines) == edit.end - edit.first
        ends[place] = ends[place] if same else [usual] * len(edit.lines)
        lines[place] = edit.lines
    joined = zip(lines, [*(end or usual for end in ends[:-1]), ""], strict=True)
    return mark + "".join(line + end for line, end in joined)
