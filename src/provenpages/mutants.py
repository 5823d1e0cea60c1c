"""Pages with one thing changed, each with the question whether the checks notice.

Whatever a page shows is changed, one at a time: each digit of an output, of a session, of a
bound or unbound number; each token of a formula; each number and operator of the Python.
Where a comparison can decide, nothing is run again.
"""

from __future__ import annotations

import io
import re
import signal
import tokenize
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from provenpages import meaning, proof, prose
from provenpages import page as pages
from provenpages.run import PageRun
from provenpages.session import run_command

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import FrameType

    from provenpages.formulas import Formula
    from provenpages.page import Example, Page, Script
    from provenpages.session import Programs

_SLOWER = 10  # times as long as usual, and a mutant counts as caught: it never ends
_OPERATORS = {
    "+": "-", "-": "+", "*": "/", "/": "*", "**": "*", "@": "*", "+=": "-=", "-=": "+=",
    "==": "!=", "!=": "==", "<": ">=", ">": "<=", "<=": ">", ">=": "<",
}  # fmt: skip
_WORDS = {"True": "False", "False": "True", "and": "or", "or": "and"}
_LETTERS = {"w": "x", "x": "w", "o": "y", "y": "o", "z": "o", "u": "t", "t": "u"}
_TEX = re.compile(r"\\text\{[^{}]*\}|\\(?:begin|end)\{\w+\}|\\[A-Za-z]+|\\.|\d|[A-Za-z]|[-+=/^]")
_TEX_SIGNS = {
    "+": "-", "-": "+", "=": "+", "/": r"\cdot ", "^": " ", r"\cdot": "+", r"\ln": r"\exp",
    r"\tanh": r"\exp", r"\sigma": r"\exp", r"\frac": " ", r"\tfrac": " ", r"\sum": " ",
    r"\approx": "+", r"\to": "+", r"\times": "+",
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One change to what readers see.

    Attributes:
        kind: What was changed: an output, a number, a formula, and so on.
        where: The page and line, or the picture.
        before: The text as it is, around the change.
        after: The same with the change.
        caught: Whether the checks notice.
    """

    kind: str
    where: str
    before: str
    after: str
    caught: Callable[[], bool]


def of_page(run: PageRun, programs: Programs, constants: Mapping[str, str]) -> Iterator[Mutant]:
    """Every mutant of a page that is as it should be."""
    yield from _outputs(run)
    yield from _sessions(run.page, programs)
    yield from _bound_numbers(run)
    yield from _other_numbers(run.page, constants)
    yield from _formulas(run)
    yield from _code(run)


def digits_changed(text: str) -> Iterator[tuple[int, str]]:
    """Each place of a digit, and the text with that digit changed."""
    for match in re.finditer(r"\d", text):
        place = match.start()
        yield place, f"{text[:place]}{(int(match[0]) + 1) % 10}{text[place + 1 :]}"


def _line_at(text: str, place: int) -> tuple[int, str]:
    """How many lines before `place`, and the line it is on."""
    start = text.rfind("\n", 0, place) + 1
    return text.count("\n", 0, place), text[start:].partition("\n")[0]


def _at(page: Page, line: int, texts: tuple[str, str], place: int) -> tuple[str, str, str]:
    """Where a change is that is made at `place` of a text that begins at `line`."""
    before, after = texts
    offset, old = _line_at(before, place)
    _, new = _line_at(after, place)
    return f"{page.path}:{line + offset}", old.strip(), new.strip()


def _noticed_by(check: Callable[..., Iterable[object]], *given: object) -> Callable[[], bool]:
    return lambda: any(True for _ in check(*given))


def _outputs(run: PageRun) -> Iterator[Mutant]:
    examples: list[Example | Script] = [it for chain in run.page.chains for it in chain]
    for example in [*examples, *run.page.scripts]:
        output = example.output
        if output is None:
            continue
        for place, text in digits_changed(output.text):
            at = _at(run.page, output.line + 1, (output.text, text), place)
            changed = replace(example, output=replace(output, text=text))
            result = run.result(example)
            check = _noticed_by(proof.output_disagreement, run.page, changed, result)
            yield Mutant("output", *at, check)


def _sessions(page: Page, programs: Programs) -> Iterator[Mutant]:
    for command in [it for session in page.sessions for it in session.commands]:
        real = run_command(command, programs)
        for place, text in digits_changed(command.printed):
            at = _at(page, command.line + 1, (command.printed, text), place)
            changed = replace(command, printed=text)
            check = _noticed_by(proof.command_disagreement, page.path, changed, real)
            yield Mutant("session", *at, check)


def _bound_numbers(run: PageRun) -> Iterator[Mutant]:
    lines = run.page.text.split("\n")
    for number, result in run.values().items():
        line, start = lines[number.line - 1], number.column - 1
        for place, text in digits_changed(number.shown):
            new = line[:start] + text + line[start + len(number.shown) :]
            at = _at(run.page, number.line, (line, new), start + place)
            changed = replace(number, shown=text)
            check = _noticed_by(proof.number_disagreement, run.page.path, changed, result)
            yield Mutant("bound number", *at, check)


def _other_numbers(page: Page, constants: Mapping[str, str]) -> Iterator[Mutant]:
    """Numbers that are vouched for by an output, by quoted code, or as a constant."""
    lines = page.text.split("\n")
    for line, start, end in prose.places(page):
        number = lines[line - 1][start:end]
        for place, text in digits_changed(number):
            new = lines[line - 1][:start] + text + lines[line - 1][end:]

            def caught(line: int = line, new: str = new) -> bool:
                changed = "\n".join([*lines[: line - 1], new, *lines[line:]])
                return any(prose.unvouched(pages.parse(changed, page.path), constants))

            at = _at(page, line, (lines[line - 1], new), start + place)
            yield Mutant("number", *at, caught)


def _formulas(run: PageRun) -> Iterator[Mutant]:
    formulas, facts = list(run.page.formulas), run.facts().value
    for index, formula in enumerate(formulas):
        if formula.reason:
            continue
        for place, tex in _tex_changed(formula):
            changed = replace(formula, tex=tex)

            def caught(index: int = index, changed: Formula = changed) -> bool:
                if meaning.what_is_wrong(changed, facts):
                    return True
                others = [*formulas[:index], changed, *formulas[index + 1 :]]
                return any(meaning.wrong(others, facts))

            at = _at(run.page, formula.line, (formula.tex, tex), place)
            yield Mutant("formula", *at, caught)


def _tex_changed(formula: Formula) -> Iterator[tuple[int, str]]:
    if not meaning.is_claim(formula.tex):
        return  # the name of a quantity, w_2 for instance: a word of the sentence it stands in
    for match in _TEX.finditer(formula.tex):
        part = match[0]
        if part.isdigit():
            new = str((int(part) + 1) % 10)
        elif part.isalpha():
            new = _LETTERS.get(part, "z")
        else:
            new = _TEX_SIGNS.get(part, "")
        if new:
            yield match.start(), formula.tex[: match.start()] + new + formula.tex[match.end() :]


def _code(run: PageRun) -> Iterator[Mutant]:
    for chain in run.page.chains:
        for example in chain:
            for place, text in _code_changed(example):
                at = _at(run.page, example.line + 1, (example.text, text), place)
                yield Mutant("code", *at, partial(_noticed, run, chain, example, text))


def _code_changed(example: Example) -> Iterator[tuple[int, str]]:
    text = example.text
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        place = starts[token.start[0] - 1] + token.start[1]
        after = text[place + len(token.string) :]
        if token.type in {tokenize.NUMBER, tokenize.STRING}:
            spots = [at for at, _ in digits_changed(token.string)]
            for at in spots[-1:] if token.type == tokenize.NUMBER else spots:
                digit = (int(token.string[at]) + 1) % 10
                new = f"{token.string[:at]}{digit}{token.string[at + 1 :]}"
                yield place + at, text[:place] + new + after
        elif token.string in _OPERATORS | _WORDS and token.type in {tokenize.OP, tokenize.NAME}:
            yield place, text[:place] + (_OPERATORS | _WORDS)[token.string] + after


def _noticed(run: PageRun, chain: list[Example], example: Example, text: str) -> bool:
    """Run the chain with the example changed, and see whether anything on the page disagrees."""
    changed = replace(example, text=text)
    chains = [it[0].line for it in run.page.chains]
    end = next((line for line in chains if line > chain[-1].line), len(run.page.text))
    page = replace(
        run.page,
        fences=tuple(changed if it is example else it for it in chain),
        numbers=tuple(it for it in run.page.numbers if chain[0].line < it.line < end),
    )
    again = PageRun(page, run.facts(), elsewhere=run.elsewhere)
    affected = page.chains[0][chain.index(example) :]
    try:
        with _time_limit(run.seconds(chain) * _SLOWER + 2):
            return any(any(proof.example_disagreements(again, it)) for it in affected) or any(
                proof.number_disagreements(again)
            )
    except _TooLong:
        return True


class _TooLong(BaseException):
    """The mutant never ends."""


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
