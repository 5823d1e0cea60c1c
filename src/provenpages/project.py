"""What the project says of itself in `pyproject.toml`: programs, constants, languages, modules."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import EntryPoint
from typing import TYPE_CHECKING, Any

from provenpages.elsewhere import Elsewhere, Receipt
from provenpages.rules import ENOUGH_WORDS, PLAIN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from provenpages.script import Modules
    from provenpages.session import Programs


def installed_programs(root: Path) -> Programs:
    """The project's scripts by the names one types: `name` and `python -m name`."""
    programs: dict[str, Callable[[], object]] = {}
    for name, target in _pyproject(root).get("project", {}).get("scripts", {}).items():
        program = EntryPoint(name=name, value=target, group="console_scripts").load()
        programs |= {name: program, f"python -m {name}": program}
    return programs


def constants(root: Path) -> dict[str, str]:
    """The phrases in which a number of the prose needs no proof, and why it is right.

    Raises:
        ValueError: A phrase without a number, or without a reason of a few words.
    """
    listed = _settings(root).get("constants", {})
    for phrase, reason in listed.items():
        if not re.search(r"\d", phrase) or len(str(reason).split()) < ENOUGH_WORDS:
            raise ValueError(f"constant {phrase!r}: needs a number, and a reason in a few words")
    return dict(listed)


def languages(root: Path) -> frozenset[str]:
    """The languages that pages may show without proof, those of the project among them.

    Raises:
        ValueError: They are not a list of names.
    """
    listed = _settings(root).get("languages", [])
    if not isinstance(listed, list) or not all(isinstance(it, str) for it in listed):
        raise ValueError('languages: needs a list of names, ["bash", "rust"] for instance')
    return PLAIN | frozenset(listed)


def modules(root: Path) -> Modules:
    """The JavaScript modules that blocks find as globals, by name.

    Raises:
        ValueError: A name that no program can say, or a file that is not there.
    """
    listed = _settings(root).get("javascript", {})
    if not isinstance(listed, dict) or not all(isinstance(it, str) for it in listed.values()):
        raise ValueError('javascript: needs names and files, greet = "docs/greet.js" for instance')
    for name, path in listed.items():
        if not name.replace("$", "_").isidentifier():
            raise ValueError(f"javascript {name!r}: is no name that a program can use")
        if not (root / path).is_file():
            raise ValueError(f"javascript {name!r}: there is no file {path}")
    return {name: root / path for name, path in listed.items()}


def elsewhere(root: Path) -> Elsewhere:
    """The libraries that need not be installed here, and the receipt of what was proved with them.

    Raises:
        ValueError: The section is not whole, or the receipt is none.
    """
    listed = _settings(root).get("elsewhere", {})
    if not listed:
        return Elsewhere()
    libraries, command = listed.get("libraries", {}), listed.get("command", "")
    names = [*libraries, *libraries.values()] if isinstance(libraries, dict) else []
    if not names or not all(isinstance(it, str) for it in [*names, command]) or not command:
        raise ValueError('elsewhere: needs a command, and libraries, { torch = "PyTorch" } perhaps')
    path = receipt(root)
    try:
        proved = Receipt.read(path.read_text("utf-8")) if path.is_file() else Receipt()
    except ValueError as error:
        raise ValueError(f"elsewhere: {path.name}: {error}") from error
    return Elsewhere(libraries, command, proved)


def receipt(root: Path) -> Path:
    """Where the receipt is.

    Raises:
        ValueError: Nothing says so.
    """
    name = _settings(root).get("elsewhere", {}).get("receipt")
    if not isinstance(name, str):
        raise ValueError("elsewhere: needs the name of a file, receipt")  # noqa: TRY004  (see above)
    return root / name


def mutant_makers(root: Path) -> list[str]:
    """Functions of the project that make further mutants, as `module:function`."""
    return list(_settings(root).get("mutants", []))


def _settings(root: Path) -> dict[str, Any]:
    settings: dict[str, Any] = _pyproject(root).get("tool", {}).get("provenpages", {})
    return settings


def _pyproject(root: Path) -> dict[str, Any]:
    path = root / "pyproject.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
