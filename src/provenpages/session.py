"""Run the commands of a console session: this project's own, in this process's environment."""

from __future__ import annotations

import contextlib
import io
import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from provenpages.page import Command

Program = "Callable[[Sequence[str]], int | None]"


class UnknownCommand(Exception):  # noqa: N818  (it reads as what happened)
    """A session shows a command that nothing here can run."""


def run_command(command: Command, programs: dict[str, Callable[[Sequence[str]], int | None]]) -> str:
    """What `command` prints on a terminal.

    Args:
        command: The command as the page shows it.
        programs: The entry point of each program that pages may show, by its name:
            `firstneuron`, or `python -m firstneuron`.

    Raises:
        UnknownCommand: It is none of the programs.
    """
    for name, program in programs.items():
        if command.text == name or command.text.startswith(name + " "):
            arguments = shlex.split(command.text.removeprefix(name), comments=True)
            break
    else:
        raise UnknownCommand(f"`{command.text}` is none of: {', '.join(programs)}")
    printed = io.StringIO()
    with (
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(printed),
        contextlib.suppress(SystemExit),
    ):
        program(arguments)
    return printed.getvalue()
