"""Run a page's examples, each once, and evaluate its numbers where they stand."""

from __future__ import annotations

import contextlib
import io
import linecache
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from provenpages.page import BoundNumber, Example, Page


@dataclass(frozen=True)
class Result:
    """What an example printed, and the exception that ended it, if any."""

    printed: str
    error: BaseException | None = None


@dataclass(frozen=True)
class Value:
    """What a bound number's expression gave, or the exception it raised."""

    value: Any = None
    error: Exception | None = None


class PageRun:
    """One run of one page. Examples run on demand, in page order, never twice.

    An example that is a continuation shares the namespace of those above it; any other
    begins a new one. A bound number is evaluated in the namespace as it is right after the
    example above it, with the names of the page's `facts` behind it.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.results: dict[int, Result] = {}
        self._values: dict[BoundNumber, Value] = {}
        self._namespace: dict[str, Any] = {}
        self._facts: dict[str, Any] | None = None
        self._settings: tuple[dict[str, Any], dict[str, Any]] = ({}, {})

    def result(self, example: Example) -> Result:
        """What `example` prints, after those it builds on have run."""
        for needed in self.page.chain(example):
            if needed.line not in self.results:
                self.results[needed.line] = self._run(needed)
        return self.results[example.line]

    def failed_before(self, example: Example) -> int | None:
        """The line of the first example that `example` builds on and that failed."""
        earlier = self.page.chain(example)[:-1]
        failed = (it.line for it in earlier if self.result(it).error is not None)
        return next(failed, None)

    def values(self) -> dict[BoundNumber, Value]:
        """The value of every bound number; runs what has not run yet."""
        examples = [example for example in self.page.examples if not example.not_run]
        first_line = examples[0].line if examples else len(self.page.text)
        for number in self.page.numbers:
            if number.line < first_line:
                self._values[number] = self._evaluate(number, {})
        for example in examples:
            self.result(example)
        return self._values

    def _run(self, example: Example) -> Result:
        if not example.continues:
            self._namespace = {"__name__": "__main__"}
        name = str(self.page.path)
        # Blank lines above, so that a traceback shows the page's own line numbers.
        source = "\n" * example.line + example.text
        linecache.cache[name] = (len(self.page.text), None, self.page.text.splitlines(True), name)
        error: BaseException | None = None
        with contextlib.redirect_stdout(io.StringIO()) as printed, self._numpy_settings(example):
            try:
                exec(compile(source, name, "exec", dont_inherit=True), self._namespace)  # noqa: S102
            except KeyboardInterrupt:
                raise
            except BaseException as caught:  # noqa: BLE001  (sys.exit in an example, too)
                error = caught
        for number in self._numbers_after(example):
            self._values[number] = self._evaluate(number, self._namespace)
        return Result(printed.getvalue(), error)

    @contextlib.contextmanager
    def _numpy_settings(self, example: Example) -> Iterator[None]:
        """Keep `numpy.set_printoptions` and `numpy.seterr` within the examples of one chain."""
        numpy = sys.modules.get("numpy")
        if numpy is None:
            yield
            return
        if not example.continues:
            self._settings = ({}, {})
        printing, errors = self._settings
        with numpy.printoptions(**printing), numpy.errstate(**errors):
            yield
            self._settings = (numpy.get_printoptions(), numpy.geterr())

    def _numbers_after(self, example: Example) -> Iterator[BoundNumber]:
        later = [it.line for it in self.page.examples if it.line > example.line and not it.not_run]
        end = min(later, default=sys.maxsize)
        return (number for number in self.page.numbers if example.line < number.line < end)

    def _evaluate(self, number: BoundNumber, namespace: dict[str, Any]) -> Value:
        try:
            if self._facts is None:
                self._facts = {"__name__": "facts"}
                exec(self.page.facts, self._facts)  # noqa: S102  (a page is code that we wrote)
            return Value(eval(number.expression, self._facts | namespace))  # noqa: S307  (the same)
        except Exception as error:  # noqa: BLE001  (whatever a page's expression raises)
            return Value(error=error)


def frames_of_page(page: Page, traceback: TracebackType | None) -> Iterator[tuple[int, str]]:
    """The lines of the page that a traceback passes through, and their text."""
    lines = page.text.split("\n")
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == str(page.path):
            yield traceback.tb_lineno, lines[traceback.tb_lineno - 1]
        traceback = traceback.tb_next
