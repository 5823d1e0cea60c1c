"""Bring a page's outputs, sessions and bound numbers up to date, showing the diff first.

An exception is never written down as output: the page is then left alone.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenpages.numbers import NotComparable, as_shown
from provenpages.report import Disagreement, exception_report
from provenpages.run import PageRun
from provenpages.session import UnknownCommand, run_command

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from provenpages.page import Fence, Page


@dataclass(frozen=True)
class Edit:
    """Replace the lines from `first` up to but not including `end` (counted from 1)."""

    first: int
    end: int
    lines: list[str]


def updated(
    page: Page, programs: dict[str, Callable[[Sequence[str]], int | None]]
) -> tuple[str, list[Disagreement]]:
    """The page's text as it should be, and what no rewriting can mend."""
    run = PageRun(page)
    edits: list[Edit] = []
    failures: list[Disagreement] = []
    for example in page.examples:
        if example.not_run:
            continue
        result = run.result(example)
        if result.error is not None:
            message = exception_report(page, result.error)
            failures.append(Disagreement(page.path, example.line, message))
        elif example.output is not None:
            edits.append(_between_fences(example.output, result.printed))
        elif result.printed:
            lines = _indented(f"\n```output\n{result.printed}```\n", example)
            edits.append(Edit(example.last_line + 1, example.last_line + 1, lines))
    for session in page.sessions:
        try:
            printed = "".join(
                f"$ {command.text}\n{run_command(command, programs)}" for command in session.commands
            )
            edits.append(_between_fences(session, printed))
        except UnknownCommand as error:
            failures.append(Disagreement(page.path, session.line, str(error)))
    lines = _with_numbers(page, run, failures)
    for edit in sorted(edits, key=lambda edit: edit.first, reverse=True):
        lines[edit.first - 1 : edit.end - 1] = edit.lines
    return "\n".join(lines), failures


def diff(page: Page, new: str) -> str:
    """What would change, as a unified diff."""
    return "".join(
        difflib.unified_diff(
            page.text.splitlines(keepends=True),
            new.splitlines(keepends=True),
            fromfile=str(page.path),
            tofile=f"{page.path} (updated)",
        )
    )


def _between_fences(fence: Fence, text: str) -> Edit:
    return Edit(fence.line + 1, fence.last_line, _indented(text, fence))


def _indented(text: str, fence: Fence) -> list[str]:
    return [f"{fence.indent}{line}".rstrip() if not line else fence.indent + line for line in text.split("\n")[:-1]]


def _with_numbers(page: Page, run: PageRun, failures: list[Disagreement]) -> list[str]:
    lines = page.text.split("\n")
    # From the right, so that the columns to the left stay as they were read.
    for number, value in sorted(run.values().items(), key=lambda it: -it[0].column):
        try:
            if value.error is not None:
                raise value.error
            real = as_shown(value.value, number.shown)
        except NotComparable as error:
            failures.append(Disagreement(page.path, number.line, str(error)))
            continue
        except Exception as error:  # noqa: BLE001  (whatever the page's expression raised)
            message = f"{number.expression!r} raised {type(error).__name__}: {error}"
            failures.append(Disagreement(page.path, number.line, message))
            continue
        line, start = lines[number.line - 1], number.column - 1
        lines[number.line - 1] = line[:start] + real + line[start + len(number.shown) :]
    return lines
