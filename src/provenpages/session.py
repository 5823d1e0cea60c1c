"""Run the commands of a console session: this project's own, within this process."""

from __future__ import annotations

import io
import os
import shlex
import sys
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING
from unittest.mock import patch

from provenpages.settings import Settings

if TYPE_CHECKING:
    from provenpages.page import Command

Programs = Mapping[str, Callable[[], object]]
"""The entry points of the programs that pages may show, by how one types their names.

They read `sys.argv` and may give or raise an exit code, as entry points do."""

# So that a page does not depend on the terminal of whoever runs its test.
_TERMINAL = {"COLUMNS": "80", "NO_COLOR": "1", "PYTHON_COLORS": "0"}


class CannotRun(Exception):  # noqa: N818  (it reads as what happened)
    """A session shows a command that nothing here runs, or that breaks."""


def run_command(command: Command, programs: Programs) -> str:
    """What `command` prints in a terminal, errors too.

    Raises:
        CannotRun: It is none of the programs, or it raised an exception.
    """
    name = next((name for name in programs if f"{command.text} ".startswith(f"{name} ")), None)
    if name is None:
        known = ", ".join(programs) or "no programs; pyproject.toml lists none as scripts"
        raise CannotRun(f"`{command.text}` is none of: {known}")
    printed = io.StringIO()
    try:
        arguments = shlex.split(command.text.removeprefix(name), comments=True)
        with (
            patch.object(sys, "argv", [name, *arguments]),
            patch.dict(os.environ, _TERMINAL),
            Settings().in_force(),
            redirect_stdout(printed),
            redirect_stderr(printed),
        ):
            code = _exit_code(programs[name])
    except Exception as error:
        raise CannotRun(f"`{command.text}` raised {type(error).__name__}: {error}") from error
    # An exit code that is a text is a message, as Python has it.
    return printed.getvalue() + (f"{code}\n" if isinstance(code, str) else "")


def _exit_code(program: Callable[[], object]) -> object:
    try:
        return program()
    except SystemExit as end:
        return end.code
