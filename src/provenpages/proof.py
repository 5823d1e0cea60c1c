"""Hold a page's outputs, numbers and sessions against what is really so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenpages import census, counts, meaning, prose, rules
from provenpages.elsewhere import NotHere
from provenpages.numbers import NotComparable, as_shown
from provenpages.report import Disagreement, error_message, first_difference, text_diff
from provenpages.run import NotRun, lines_passed
from provenpages.session import CannotRun, run_command

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from provenpages.page import BoundNumber, Command, Example, Page, Script
    from provenpages.run import PageRun, Result
    from provenpages.session import Programs


def example_disagreements(run: PageRun, example: Example | Script) -> Iterator[Disagreement]:
    """What is wrong with one example: it failed, or prints something else than is shown."""
    yield from output_disagreement(run.page, example, run.result(example))


def script_disagreements(run: PageRun) -> Iterator[Disagreement]:
    """What is wrong with the page's JavaScript: a block failed, or prints something else."""
    for script in run.page.scripts:
        yield from example_disagreements(run, script)


def output_disagreement(
    page: Page, example: Example | Script, result: Result
) -> Iterator[Disagreement]:
    """What is wrong with one example, given what came of running it."""
    path, output = page.path, example.output
    if isinstance(result.error, NotHere):
        yield from _not_vouched_for(page, example, result.error)
    elif result.error is not None:
        yield failure(page, example, result.error)
    elif output is None and result.printed:
        diff = text_diff("", result.printed, example.last_line + 1)
        message = f"prints, but no output is shown after it\n{diff}"
        yield Disagreement(path, example.line, message)
    elif output is not None and not result.printed:
        message = f"an output is shown, but the example at line {example.line} prints none"
        yield Disagreement(path, output.line, message)
    elif output is not None and result.printed != output.text:
        texts = (output.text, result.printed, output.line + 1)
        message = f"the example at line {example.line} prints something else\n{text_diff(*texts)}"
        yield Disagreement(path, first_difference(*texts), message)


def _not_vouched_for(
    page: Page, example: Example | Script, not_here: NotHere
) -> Iterator[Disagreement]:
    """What is shown of an example that cannot run here, and was not proved elsewhere either."""
    output, proved = example.output, not_here.proved
    if proved is None:
        message = f"this example, or what it builds on, was not proved as it is now: it {not_here}"
        yield Disagreement(page.path, example.line, message)
        return
    shown = output.text if output else ""
    if shown != proved.output:
        line = output.line + 1 if output else example.last_line + 1
        texts = (shown, proved.output, line)
        what = f"the example at line {example.line} printed something else {not_here.how}"
        message = f"{what}; it {not_here}\n{text_diff(*texts)}"
        yield Disagreement(page.path, first_difference(*texts), message)


def failure(page: Page, example: Example | Script, error: BaseException) -> Disagreement:
    """An example that failed, at the line of it that did."""
    if isinstance(error, NotRun):
        return Disagreement(page.path, example.line, str(error))
    own = range(example.line, example.last_line)
    line = next((line for line in lines_passed(page, error) if line in own), example.line)
    return Disagreement(page.path, line, error_message(page, error))


def number_disagreements(run: PageRun) -> Iterator[Disagreement]:
    """Each bound number that is not what its expression gives."""
    for number, result in run.values().items():
        yield from number_disagreement(run.page.path, number, result)


def number_disagreement(path: Path, number: BoundNumber, result: Result) -> Iterator[Disagreement]:
    """What is wrong with one bound number, given what its expression gave."""
    where = f"`{number.shown}` is bound to {number.expression!r}"
    if isinstance(result.error, NotHere):
        if not result.error.vouches_for(number):
            message = f"{where}, which was not proved as it is now: it {result.error}"
            yield Disagreement(path, number.line, message)
        return
    try:
        real = real_number(number, result)
    except NotComparable as error:
        yield Disagreement(path, number.line, f"{where}: {error}")
        return
    if real != number.shown:
        diff = text_diff(f"{number.shown}\n", f"{real}\n", number.line)
        message = f"{where}, which is {result.value!r}\n{diff}"
        yield Disagreement(path, number.line, message)


def real_number(number: BoundNumber, result: Result) -> str:
    """What the page should show.

    Raises:
        NotComparable: The expression failed, or gives what cannot be shown as a number.
    """
    if isinstance(result.error, NotRun):
        raise NotComparable(str(result.error))
    if result.error is not None:
        raise NotComparable(f"it raised {type(result.error).__name__}: {result.error}")
    return as_shown(result.value, number.shown)


def try_disagreements(run: PageRun) -> Iterator[Disagreement]:
    """Each change that the page suggests and that makes its example fail."""
    for change in run.page.tries:
        error = run.tried(change).error
        if error is not None and not isinstance(error, NotRun):  # that is the census's to say
            what = f"trying {change.before!r} → {change.after!r}"
            message = f"{what}: raised {type(error).__name__}: {error}"
            yield Disagreement(run.page.path, change.line, message)


def formula_disagreements(run: PageRun) -> Iterator[Disagreement]:
    """Each formula that is not so, or that nothing says the meaning of."""
    page, facts = run.page, run.facts()
    if page.formulas and facts.error is not None:
        message = f"the page's facts raised {type(facts.error).__name__}: {facts.error}"
        yield Disagreement(page.path, page.formulas[0].line, message)
        return
    for problem in meaning.wrong(page.formulas, facts.value):
        yield Disagreement(page.path, *problem)


def session_disagreements(page: Page, programs: Programs) -> Iterator[Disagreement]:
    """Each command of the page's console sessions that prints something else."""
    for command in [command for session in page.sessions for command in session.commands]:
        try:
            real = run_command(command, programs)
        except CannotRun as error:
            yield Disagreement(page.path, command.line, str(error))
            continue
        yield from command_disagreement(page.path, command, real)


def command_disagreement(path: Path, command: Command, real: str) -> Iterator[Disagreement]:
    """What is wrong with one command of a session, given what it really prints."""
    if real != command.printed:
        texts = (command.printed, real, command.line + 1)
        message = f"`{command.text}` prints something else\n{text_diff(*texts)}"
        yield Disagreement(path, first_difference(*texts), message)


def census_disagreements(
    page: Page,
    html: str,
    executed: set[int],
    constants: Mapping[str, str],
    languages: Collection[str] = rules.PLAIN,
) -> Iterator[Disagreement]:
    """What readers see and nobody proved, or what was proved and nobody sees, by line.

    Args:
        page: The page as it was read.
        html: The page as rendered.
        executed: The lines of the examples that were run.
        constants: The phrases in which a number needs no proof, and why.
        languages: Those that pages may show without proof.
    """
    not_run = (
        (example.line, "this example was not run")
        for example in page.examples
        if not example.not_run and example.line not in executed
    )
    found = [
        *page.problems,
        *rules.violations(page, languages),
        *counts.problems(page),
        *census.differences(page, html),
        *prose.unvouched(page, constants),
        *prose.unvouched_as_rendered(page, html, constants),
        *not_run,
    ]
    yield from (Disagreement(page.path, line, message) for line, message in sorted(found))
