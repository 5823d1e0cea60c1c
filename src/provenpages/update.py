"""Bring a page's outputs, sessions and bound numbers up to date.

A page of which anything fails is left alone: no exception is ever written down as output,
nor what an example prints after one.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenpages import page as pages
from provenpages import proof
from provenpages.numbers import NotComparable
from provenpages.report import Disagreement
from provenpages.run import PageRun
from provenpages.session import CannotRun, run_command

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from provenpages.fences import Fence
    from provenpages.page import Page
    from provenpages.session import Programs

_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class Edit:
    """Put `lines` in place of those from `first` up to but not including `end`."""

    first: int
    end: int
    lines: list[str]


def updated(text: str, path: Path, programs: Programs) -> tuple[str, list[Disagreement]]:
    """The page's text as it should be, or as it is and what no rewriting can mend.

    Args:
        text: The page's text with its own line ends, which stay.
        path: Where it is from.
        programs: What its console sessions may run.
    """
    page = pages.parse(text, path)
    run = PageRun(page)
    failures = [Disagreement(path, *problem) for problem in page.problems]
    edits = [
        *_outputs(run, failures),
        *_sessions(page, programs, failures),
        *_numbers(run, failures),
    ]
    if failures:
        return text, failures
    new = _edited(text, edits)
    failures += _not_shown(run, pages.parse(new, path))
    return (text if failures else new), failures


def diff(text: str, new: str, path: Path) -> str:
    """What would change, as a unified diff."""
    old_lines, new_lines = (re.split(r"\r\n|\r|\n", it) for it in (text, new))
    names = (str(path), f"{path} (updated)")
    return "\n".join(difflib.unified_diff(old_lines, new_lines, *names, lineterm=""))


def _outputs(run: PageRun, failures: list[Disagreement]) -> Iterator[Edit]:
    lines = run.page.text.split("\n")
    for example in [example for chain in run.page.chains for example in chain]:
        result, output = run.result(example), example.output
        after = example.last_line + 1
        if result.error is not None:
            failures.append(proof.failure(run.page, example, result.error))
        elif output is not None and not result.printed:
            yield Edit(after, output.last_line + 1, [])
        elif output is not None:
            yield _between(output, result.printed, lines)
        elif result.printed:
            mark = "```"
            while mark in result.printed:
                mark += "`"
            block = f"\n{mark}output\n{result.printed}{mark}\n"
            yield Edit(after, after, _indented(block, example, lines))


def _sessions(page: Page, programs: Programs, failures: list[Disagreement]) -> Iterator[Edit]:
    lines = page.text.split("\n")
    for session in page.sessions:
        try:
            commands = [(it.text, run_command(it, programs)) for it in session.commands]
        except CannotRun as error:
            failures.append(Disagreement(page.path, session.line, str(error)))
            continue
        yield _between(session, "".join(f"$ {typed}\n{real}" for typed, real in commands), lines)


def _numbers(run: PageRun, failures: list[Disagreement]) -> Iterator[Edit]:
    lines = run.page.text.split("\n")
    changed = set()
    # From the right, so that the columns to the left stay as they were read.
    for number, result in reversed(run.values().items()):
        try:
            real = proof.real_number(number, result)
        except NotComparable as error:
            message = f"`{number.shown}` is bound to {number.expression!r}: {error}"
            failures.append(Disagreement(run.page.path, number.line, message))
            continue
        line, start = lines[number.line - 1], number.column - 1
        lines[number.line - 1] = line[:start] + real + line[start + len(number.shown) :]
        changed.add(number.line)
    yield from (Edit(line, line + 1, [lines[line - 1]]) for line in changed)


def _between(fence: Fence, text: str, lines: list[str]) -> Edit:
    return Edit(fence.line + 1, fence.last_line, _indented(text, fence, lines))


def _indented(text: str, fence: Fence, lines: list[str]) -> list[str]:
    """The lines of `text` at the depth of `fence`."""
    depth = re.match(r"[> \t]*", lines[fence.line - 1])
    indent = depth[0] if depth else ""
    return [indent + line if line else indent.rstrip() for line in text.split("\n")[:-1]]


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


def _not_shown(run: PageRun, new: Page) -> Iterator[Disagreement]:
    """Each example whose output, now that it is written, does not read as it was printed."""
    examples = [example for chain in run.page.chains for example in chain]
    again = [example for chain in new.chains for example in chain]
    for old, example in zip(examples, again, strict=False):
        real = run.result(old).printed
        if real != (example.output.text if example.output else ""):
            message = f"prints what a page cannot show: {real!r}"
            yield Disagreement(new.path, old.line, message)
            return
