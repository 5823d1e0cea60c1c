"""Hold a page's outputs, numbers and sessions against what is really so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenpages import census
from provenpages.numbers import NotComparable, as_shown
from provenpages.report import Disagreement, exception_report, text_diff
from provenpages.session import UnknownCommand, run_command

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from provenpages.page import Example, Page
    from provenpages.run import PageRun


def example_disagreements(run: PageRun, example: Example) -> Iterator[Disagreement]:
    """What is wrong with one example: it failed, or prints something else than is shown."""
    page = run.page
    failed = run.failed_before(example)
    if failed is not None:
        message = f"builds on the example at line {failed}, which failed"
        yield Disagreement(page.path, example.line, message)
        return
    result = run.result(example)
    if result.error is not None:
        yield Disagreement(page.path, example.line, exception_report(page, result.error))
        return
    output = example.output
    if output is None and result.printed:
        shown = text_diff("", result.printed, example.last_line + 1)
        yield Disagreement(
            page.path, example.line, f"prints, but no output is shown after it\n{shown}"
        )
    elif output is not None and not result.printed:
        yield Disagreement(
            page.path, output.line, f"output is shown, but the example at {example.line} prints none"
        )
    elif output is not None and result.printed != output.text:
        diff = text_diff(output.text, result.printed, output.line + 1)
        yield Disagreement(page.path, output.line, f"the page and the example differ\n{diff}")


def number_disagreements(run: PageRun) -> Iterator[Disagreement]:
    """Each bound number that is not what its expression gives."""
    page = run.page
    for number, value in run.values().items():
        where = f"`{number.shown}` is bound to {number.expression!r}"
        if value.error is not None:
            error = f"{type(value.error).__name__}: {value.error}"
            yield Disagreement(page.path, number.line, f"{where}, which raised {error}")
            continue
        try:
            real = as_shown(value.value, number.shown)
        except NotComparable as error:
            yield Disagreement(page.path, number.line, f"{where}: {error}")
            continue
        if real != number.shown:
            diff = text_diff(number.shown + "\n", real + "\n", number.line)
            message = f"{where} = {value.value!r}\n{diff}"
            yield Disagreement(page.path, number.line, message)


def session_disagreements(
    page: Page, programs: dict[str, Callable[[Sequence[str]], int | None]]
) -> Iterator[Disagreement]:
    """Each command of the page's console sessions that prints something else."""
    for session in page.sessions:
        if not session.commands:
            message = "a console block without a command: lines that begin with `$ `"
            yield Disagreement(page.path, session.line, message)
        for command in session.commands:
            try:
                real = run_command(command, programs)
            except UnknownCommand as error:
                yield Disagreement(page.path, command.line, str(error))
                continue
            if real != command.printed:
                diff = text_diff(command.printed, real, command.line + 1)
                message = f"`{command.text}` prints something else\n{diff}"
                yield Disagreement(page.path, command.line, message)


def census_disagreements(page: Page, html: str, executed: set[int]) -> Iterator[Disagreement]:
    """Blocks that readers see and nobody ran, or that ran and nobody sees, by line.

    Args:
        page: The page as it was read.
        html: The page as rendered.
        executed: The lines of the examples that were run.
    """
    found = [*page.problems, *census.unknown_languages(page), *census.differences(page, html)]
    for example in page.examples:
        if example.not_run and len(example.reason.split()) < 3:
            found.append((example.line, 'not run: say why, {.python notest reason="…"}'))
        if example.not_run and example.output is not None:
            found.append((example.line, "shows an output, but is not run"))
        if not example.not_run and example.line not in executed:
            found.append((example.line, "this example was not run"))
    yield from (Disagreement(page.path, line, message) for line, message in sorted(found))
