"""Where a chain of examples runs: its names, its settings, and where what it prints goes.

The proof runs examples here, and so does the Python in a reader's page: what a block prints in
the one, it prints in the other. So this module imports NumPy and the standard library only.
"""

from __future__ import annotations

import io
import sys
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, Any

from provenpages.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TextIO


class Workspace:
    """The names and settings that a chain of examples shares.

    Args:
        name: What `__name__` is here.
        printed: Where what is printed goes. One for all examples, because one of them may keep
            it: in a logger, for instance.
        errors: Where errors and warnings are printed; to the same place unless told otherwise.
        typed: What is typed; nothing unless told otherwise.
        settings: What the chain begins with.
    """

    def __init__(
        self,
        name: str,
        printed: TextIO,
        errors: TextIO | None = None,
        typed: TextIO | None = None,
        settings: Settings | None = None,
    ) -> None:
        self.names: dict[str, Any] = {"__name__": name}
        self._printed = printed
        self._errors = errors or printed
        self._typed = typed
        self._settings = settings or Settings()

    def do(self, action: Callable[[dict[str, Any]], Any]) -> tuple[Any, BaseException | None]:
        """What `action` gives here, or what it raises: all of that is caught, but not Ctrl-C."""
        with self._settings.in_force(), self._as_in_a_terminal():
            try:
                return action(self.names), None
            except KeyboardInterrupt:
                raise
            except BaseException as error:  # noqa: BLE001  (`sys.exit()` in an example, too)
                return None, error

    @contextmanager
    def _as_in_a_terminal(self) -> Iterator[None]:
        typed, sys.stdin = sys.stdin, self._typed or io.StringIO()
        try:
            with redirect_stdout(self._printed), redirect_stderr(self._errors):
                yield
        finally:
            sys.stdin = typed
