"""What a page has to keep to, so that all it shows can be proved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenpages.census import COUNTED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from provenpages.fences import Fence, Problem
    from provenpages.page import Example, Page

PLAIN = frozenset(
    {"text", "markdown", "yaml", "toml", "ini", "make", "html", "json", "sh", "powershell"}
)
"""Languages that any page may show without proof: they print nothing."""

OPTIONS = frozenset(
    {"continuation", "notest", "reason", "needs", "exercise", "title", "hl_lines", "linenums"}
)
"""What may stand beside the language. Anything else is a slip: `contination`, say."""

_LOOKS = frozenset({"title", "hl_lines", "linenums"})
"""Those that say how a block looks. All others are about how Python is run."""

ENOUGH_WORDS = 3
"""A reason of fewer words is none."""


def violations(page: Page, languages: Collection[str] = PLAIN) -> Iterator[Problem]:
    """Each place where the page breaks a rule.

    Args:
        page: The page.
        languages: Those that it may show without proof.
    """
    for fence in page.fences:
        yield from _unknown(fence, languages)
    for example in page.examples:
        yield from _not_proved(example)
        if "exercise" in example.options:
            yield from _not_to_be_done(page, example)
    for output in [*(it.output for it in page.examples), *(it.output for it in page.scripts)]:
        yield from _not_seen(output)
    yield from _not_to_be_changed(page)
    yield from _not_on_its_own(page)
    for session in page.sessions:
        if not session.text.startswith("$ "):
            yield session.line, "a console block begins with a command, after `$ `"
    first = next(iter(page.chains), [])
    if first and first[0].continues:
        yield first[0].line, "a continuation, but no example that is run stands above it"


def is_seen_whole(printed: str) -> bool:
    """Whether an output has no blank lines around it, which readers would not see."""
    return not printed.strip() or printed == printed.strip("\n") + "\n"


def _not_proved(example: Example) -> Iterator[Problem]:
    if example.not_run and len(example.reason.split()) < ENOUGH_WORDS:
        yield example.line, 'not run: say why, {.python notest reason="…"}'
    if example.not_run and example.output is not None:
        yield example.line, "shows an output, but is not run"
    if "needs" in example.options and not example.needs:
        yield example.line, 'needs what? {.python needs="one,another"}'


def _not_seen(output: Fence | None) -> Iterator[Problem]:
    if output and not is_seen_whole(output.text):
        message = "begins or ends with a blank line, which readers do not see: print none"
        yield output.line, f"this output {message}"


def _not_to_be_done(page: Page, exercise: Example) -> Iterator[Problem]:
    if not exercise.exercise.isidentifier():
        yield exercise.line, "an exercise has a name: {.python exercise=…}"
    if exercise.not_run or page.needs(exercise):
        yield exercise.line, "an exercise has to run where its reader is"


def _not_to_be_changed(page: Page) -> Iterator[Problem]:
    for change in page.tries:
        above = page.example_above(change.line)
        if above is None:
            yield change.line, "there is no example above that could be changed"
        elif page.needs(above):
            message = f"needs {', '.join(page.needs(above))}, so it does not run in a page"
            yield change.line, f"the example at line {above.line} {message}"
        elif (count := above.text.count(change.before)) != 1:
            message = f"{change.before!r} stands {count} times in the example at line {above.line}"
            yield change.line, f"{message}, so it cannot be changed"


def _not_on_its_own(page: Page) -> Iterator[Problem]:
    for script in page.scripts:
        for option in sorted(script.options.keys() & OPTIONS - _LOOKS):
            message = f"{option!r} is for Python: a block of JavaScript is run, and on its own"
            yield script.line, message


def _unknown(fence: Fence, languages: Collection[str]) -> Iterator[Problem]:
    if fence.language not in COUNTED and fence.language not in languages:
        yield fence.line, f"{fence.language or 'no language'!r} is not a language pages use here"
    if fence.language not in COUNTED and fence.text.startswith("$ "):
        yield fence.line, "a command and what it prints: call it `console`, and it is proved"
    for option in fence.options.keys() - OPTIONS:
        yield fence.line, f"{option!r} is not an option pages use here"
