"""Run a page's examples and scripts, each once, and evaluate its numbers where they stand."""

from __future__ import annotations

import builtins
import io
import time
from bisect import bisect
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from provenpages.elsewhere import Elsewhere, NotHere
from provenpages.names import ANY, defined_names, free_names
from provenpages.page import Script
from provenpages.script import NO_MODULES, ScriptFailed, run_script
from provenpages.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from provenpages.page import BoundNumber, Example, Page, Try
    from provenpages.script import Modules


@dataclass(frozen=True)
class Result:
    """What running something printed and gave, or the exception that ended it."""

    printed: str = ""
    value: Any = None
    error: BaseException | None = None


class NotRun(Exception):  # noqa: N818  (it reads as what happened)
    """It was not even tried, because something it builds on failed."""


class TwoMeanings(Exception):  # noqa: N818  (it reads as what happened)
    """A bound number uses a name that the facts and the examples above define differently."""


class PageRun:
    """One run of one page. Examples run on demand, in the order of their chain, never twice.

    An example that is a continuation shares the names and settings of those above it; any
    other begins afresh. A bound number is evaluated with the names as they are right after
    the example above it, and with those of the page's `facts`. Where both define a name that
    it uses, they have to mean the same, or nobody could tell what the number is bound to.

    An example that needs a library which may be missing, and is, does not run: its error is
    `NotHere`, and so is that of each number below it, unless the facts, or what is tried with no
    such library, give it whatever the examples do. An example that does not say what it needs, or
    says what it does not, is not run either: that is a failure.

    Args:
        page: The page.
        facts: What its `facts` define, if that is known from an earlier run of the same facts.
        modules: What its JavaScript finds as globals.
        elsewhere: The libraries that may be missing.
    """

    def __init__(
        self,
        page: Page,
        facts: Result | None = None,
        modules: Modules = NO_MODULES,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        self.page = page
        self.elsewhere = elsewhere or Elsewhere()
        self._modules = modules
        self._given_facts = facts
        self._chain_of = {it.line: chain for chain in page.chains for it in chain}
        self._waiting = {chain[0].line: iter(chain) for chain in page.chains}
        self._failed: dict[int, int] = {}  # by the first line of a chain, that of what failed
        self._workspaces = {chain[0].line: _Workspace("__main__") for chain in page.chains}
        self._before = _Workspace("facts")
        self._numbers = self._by_example_above()
        self._results: dict[int, Result] = {}
        self._seconds: dict[int, float] = {}
        self._values: dict[BoundNumber, Result] = {}
        self._tried: dict[Try, Result] = {}

    def result(self, example: Example | Script) -> Result:
        """What `example` prints, after those it builds on have run; a script builds on none."""
        if isinstance(example, Script):
            return self._script_result(example)
        first = self._chain_of[example.line][0].line
        while example.line not in self._results:
            each = next(self._waiting[first])
            result = self._run(each, self._workspaces[first], self._failed.get(first))
            self._results[each.line] = result
            if not isinstance(result.error, NotHere | None):
                self._failed.setdefault(first, each.line)
        return self._results[example.line]

    def tried(self, change: Try) -> Result:
        """What the example above prints when it is changed so, after those it builds on."""
        if change not in self._tried:
            workspace = _Workspace("__main__")
            result = Result(error=NotRun("no example stands above"))
            for each in self.page.tried(change):
                result = workspace.result(self._execution(each))
            self._tried[change] = result
        return self._tried[change]

    def values(self) -> dict[BoundNumber, Result]:
        """The value of every bound number, in page order; runs what has not run yet."""
        for number in self._numbers[0]:
            self._values[number] = self._evaluate(number, self._before, None)
        for chain in self.page.chains:
            self.result(chain[-1])
        return {number: self._values[number] for number in self.page.numbers}

    def seconds(self, examples: list[Example]) -> float:
        """How long these examples took to run."""
        return sum(self._seconds.get(example.line, 0.0) for example in examples)

    def below(self, example: Example) -> list[BoundNumber]:
        """The bound numbers that depend on an example, as the last one above them."""
        return [it for it in self._numbers[example.line] if not self._by_facts_alone(it, example)]

    def facts(self) -> Result:
        """The names that the page's front matter defines, as the result's value."""
        return self._facts

    def _script_result(self, script: Script) -> Result:
        if script.line not in self._results:
            try:
                self._results[script.line] = Result(run_script(script, self._modules))
            except ScriptFailed as error:
                self._results[script.line] = Result(error=error)
        return self._results[script.line]

    def _by_example_above(self) -> dict[int, list[BoundNumber]]:
        """The numbers by the line of the last example above them that is run; 0 for none."""
        numbers = defaultdict(list)
        lines = [0, *self._chain_of]
        for number in self.page.numbers:
            numbers[lines[bisect(lines, number.line) - 1]].append(number)
        return numbers

    def _run(self, example: Example, workspace: _Workspace, failed: int | None) -> Result:
        not_here = self.elsewhere.not_here(self.page, example) if failed is None else None
        if failed is not None:
            message = f"builds on the example at line {failed}, which failed"
            result = Result(error=NotRun(message))
        elif not_installed := self.elsewhere.not_installed(example):
            message = f"needs {', '.join(not_installed)}, which is not installed"
            result = Result(error=NotRun(message))
        elif wrongly_said := self.elsewhere.wrongly_said(self.page, example):
            result = Result(error=NotRun(wrongly_said))
        elif not_here is not None:
            result = Result(error=not_here)
        else:
            began = time.perf_counter()
            result = workspace.result(self._execution(example))
            self._seconds[example.line] = time.perf_counter() - began
        # Now, because the examples below may change what these numbers are about.
        for number in self._numbers[example.line]:
            if not isinstance(result.error, NotHere):
                failed_above = None if result.error is None else failed or example.line
                self._values[number] = self._evaluate(number, workspace, failed_above)
            elif self._by_facts_alone(number, example):
                self._values[number] = self._evaluate(number, self._before, None)
            else:
                self._values[number] = result
        return result

    def _by_facts_alone(self, number: BoundNumber, example: Example) -> bool:
        """Whether the facts, and what is tried, give a number whatever the examples above do.

        Args:
            number: The number.
            example: The last one above it.
        """
        used = free_names(number.expression)
        if "tried" in used:
            changed = self.page.tried(self.page.try_above(number))
            if any(self.elsewhere.needed(self.page, it) for it in changed):
                return False
        used -= {"tried"}
        known = (self._facts.value or {}).keys() | vars(builtins).keys()
        above = {name for it in self.page.chain_to(example) for name in defined_names(it.text)}
        return used <= known and ANY not in above and not used & above

    def _execution(self, example: Example) -> Callable[[dict[str, Any]], None]:
        def execute(names: dict[str, Any]) -> None:
            # Blank lines above, so that a traceback shows the page's own line numbers.
            source = "\n" * example.line + example.text
            code = compile(source, str(self.page.path), "exec", dont_inherit=True)
            exec(code, names)  # noqa: S102  (a page is code that we wrote)

        return execute

    def _evaluate(self, number: BoundNumber, workspace: _Workspace, failed: int | None) -> Result:
        if failed is not None:
            return Result(error=NotRun(f"builds on the example at line {failed}, which failed"))
        if self._facts.error is not None:
            error = self._facts.error
            message = f"the page's facts raised {type(error).__name__}: {error}"
            return Result(error=NotRun(message))
        facts = self._facts.value
        tried = self._tried_before(number)

        def evaluate(names: dict[str, Any]) -> Any:  # noqa: ANN401  (whatever the page asks for)
            used = free_names(number.expression)
            for name in sorted(used & facts.keys() & names.keys()):
                if facts[name] is not names[name]:
                    raise TwoMeanings(f"`{name}` is one thing in the page's facts, another above")
            code = compile(number.expression, "binding", "eval", dont_inherit=True)
            known = facts | names | ({"tried": tried()} if "tried" in used else {})
            return eval(code, known)  # noqa: S307  (a page is code that we wrote)

        return workspace.result(evaluate)

    def _tried_before(self, number: BoundNumber) -> Callable[[], str]:
        """What the last try above a number prints."""
        change = self.page.try_above(number)

        def printed() -> str:
            if change is None:
                raise NotRun("no try stands above")
            result = self.tried(change)
            if result.error is not None:
                raise NotRun(f"what is tried at line {change.line} fails")
            return result.printed.strip()

        return printed

    @cached_property
    def _facts(self) -> Result:
        """The names that the page's front matter defines, as the result's value."""
        if self._given_facts is not None:
            return self._given_facts

        def execute(names: dict[str, Any]) -> dict[str, Any]:
            exec(compile(self.page.facts, "facts", "exec", dont_inherit=True), names)  # noqa: S102  (ours)
            return names

        return self._before.result(execute)


class _Workspace(Workspace):
    """A workspace that remembers what was printed in it."""

    def __init__(self, name: str) -> None:
        self._terminal = io.StringIO()
        super().__init__(name, self._terminal)

    def result(self, action: Callable[[dict[str, Any]], Any]) -> Result:
        """What `action` prints and gives here, or the exception that ended it."""
        before = self._terminal.tell()
        value, error = self.do(action)
        return Result(self._terminal.getvalue()[before:], value, error)


def lines_passed(page: Page, error: BaseException) -> list[int]:
    """The lines of the page that `error` came through, from the outermost, each once."""
    if isinstance(error, ScriptFailed):
        return error.lines
    traceback: TracebackType | None = error.__traceback__
    lines = []
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == str(page.path):
            lines.append(traceback.tb_lineno)
        traceback = traceback.tb_next
    if isinstance(error, SyntaxError) and error.filename == str(page.path) and error.lineno:
        lines.append(error.lineno)
    return list(dict.fromkeys(lines))
