"""Run what a reader asks for, in the reader's browser.

Nothing here knows of the browser: it is handed a function that takes what is printed. So it is
tested where everything else is. It imports NumPy and the standard library only, and `workspace`.
"""

from __future__ import annotations

import io
import linecache
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from provenpages.settings import Settings
from provenpages.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

_LONG = 1000  # characters of a line that has no end yet, and may never have one

Ended = Literal["well", "error", "exit"]

_NOBODY_TYPES = (
    "nobody can type an answer to input() here: put the value into the code, name = 'Ada' for "
    "instance"
)
_NOT_CHECKED = "The check broke off at what your code has defined."
_WHAT_IS_HERE = "Python in this page has NumPy, firstneuron and Python's own library, no others"


class NotSolved(Exception):  # noqa: N818  (it reads as what happened)
    """What an exercise finds wrong, in words that help.

    Its cause is what the reader's code raised when the exercise called it, if it did.
    """


class Feedback(NamedTuple):
    """Whether an exercise is solved, and what to say to whoever tried.

    Attributes:
        solved: Whether it is.
        text: What to say.
        error: What the reader's code raised when the exercise called it, as Python shows it.
    """

    solved: bool
    text: str
    error: str = ""


class Outcome(NamedTuple):
    """How a run ended, and what there is to say of it."""

    ended: Ended
    message: str = ""
    feedback: Feedback | None = None


class Interpreter:
    """Python for the pages of a site: each chain of blocks has a workspace of its own.

    Args:
        show: Takes "out" or "err", and what was printed there.
        check: Takes the name of an exercise and what the reader's code has defined. Gives what to
            say to who has solved it, or raises `NotSolved`.
    """

    def __init__(
        self,
        show: Callable[[str, str], None],
        check: Callable[[str, dict[str, Any]], str] | None = None,
    ) -> None:
        self._check = check
        self._out, self._err = _Screen("out", show), _Screen("err", show)
        self._workspaces: dict[str, Workspace] = {}
        self._files: set[str] = set()

    def run(
        self,
        place: str,
        source: str,
        name: str,
        *,
        afresh: bool = False,
        exercise: str | None = None,
    ) -> Outcome:
        """Run a block.

        Args:
            place: Which workspace to run it in; a new one has nothing in it.
            source: The block.
            name: What to call it where Python names the file of an error.
            afresh: Whether to begin with a new workspace.
            exercise: Whose checks to put the workspace to, if the block ends well.
        """
        if afresh or place not in self._workspaces:
            self._workspaces[place] = Workspace(
                "__main__", self._out, self._err, _Nobody(), Settings("default")
            )
        self._files.add(name)
        # So that tracebacks show the lines of a block, which is no file.
        linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)

        def execute(names: dict[str, Any]) -> None:
            exec(compile(source, name, "exec", dont_inherit=True), names)  # noqa: S102  (the reader's)

        workspace = self._workspaces[place]
        _, error = _done(workspace, execute)
        outcome = Outcome("well") if error is None else self._ended_by(error)
        if exercise and error is None:
            outcome = outcome._replace(feedback=self._feedback(exercise, workspace.names))
        self._out.flush()
        self._err.flush()
        return outcome

    def _feedback(self, exercise: str, names: dict[str, Any]) -> Feedback | None:
        check = self._check
        if check is None:
            return None
        # A place of its own: the exercise calls the reader's functions many times, and nobody
        # wants to read each time what they print, or has to live with what they set.
        nowhere = _Screen("out", lambda _stream, _text: None)
        aside = Workspace("check", nowhere, typed=_Nobody(), settings=Settings("ignore"))
        said, error = _done(aside, lambda _: check(exercise, names))
        if error is None:
            return Feedback(solved=True, text=said)
        known = isinstance(error, NotSolved)
        raised = error.__cause__ if known else error
        return Feedback(
            solved=False,
            text=str(error) if known else _NOT_CHECKED,
            error=as_python_shows(raised, self._files) if raised else "",
        )

    def _ended_by(self, error: BaseException) -> Outcome:
        if isinstance(error, SystemExit):
            if error.code is None or error.code == 0:
                return Outcome("exit")
            status = int(error.code) if isinstance(error.code, int) else 1
            if not isinstance(error.code, int):
                with suppress(BaseException):  # whatever it is, it may fail to be text
                    self._err.write(f"{error.code}\n")
            return Outcome("error", f"it ended itself with status {status}")
        self._err.write(as_python_shows(error, self._files))
        return Outcome("error", hint(error))


def _done(
    workspace: Workspace, action: Callable[[dict[str, Any]], Any]
) -> tuple[Any, BaseException | None]:
    """The same as `workspace.do`, where nobody can press Ctrl-C: the code itself raised that."""
    try:
        return workspace.do(action)
    except KeyboardInterrupt as error:
        return None, error


def as_python_shows(error: BaseException, files: set[str]) -> str:
    """The traceback of `error`, without what happened inside libraries.

    Args:
        error: What was raised.
        files: Those whose lines the reader knows.
    """
    shown = traceback.TracebackException.from_exception(error, compact=True)
    _trim(shown, files)
    return "".join(shown.format())


def _trim(shown: traceback.TracebackException | None, files: set[str]) -> None:
    if shown is None:
        return
    kept = [frame for frame in shown.stack if frame.filename in files]
    shown.stack = traceback.StackSummary.from_list(kept)
    _trim(shown.__cause__, files)
    _trim(shown.__context__, files)
    for part in getattr(shown, "exceptions", None) or ():
        _trim(part, files)


def hint(error: BaseException) -> str:
    """What a reader of a page may want to know of an error, beside what Python says."""
    if isinstance(error, ModuleNotFoundError):
        return _WHAT_IS_HERE
    if isinstance(error, MemoryError):
        return "there is not that much memory in a page: try with less"
    return ""


class _Screen(io.StringIO):
    """Shows what is printed, a line at a time, or a part of a long line."""

    def __init__(self, stream: str, show: Callable[[str, str], None]) -> None:
        super().__init__()
        self._stream = stream
        self._show = show
        self._line: list[str] = []
        self._length = 0

    def write(self, text: str, /) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if text:
            self._line.append(text)
            self._length += len(text)
        if "\n" in text or self._length > _LONG:
            self.flush()
        return len(text)

    def flush(self) -> None:
        text = "".join(self._line)
        self._line.clear()
        self._length = 0
        if text:
            self._show(self._stream, text)


class _Nobody(io.StringIO):
    """Where input would come from, if somebody could type."""

    def readline(self, _size: int = -1, /) -> str:  # type: ignore[override]  # as in TextIOBase
        raise EOFError(_NOBODY_TYPES)

    def read(self, _size: int | None = -1, /) -> str:
        raise EOFError(_NOBODY_TYPES)
