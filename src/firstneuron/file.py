"""Networks in files: JSON of one form, with a version; anything else is refused."""

from __future__ import annotations

import errno
import json
import os
import secrets
import shutil
from pathlib import Path
from typing import Any

from firstneuron._checks import shown

_FORMAT = "firstneuron network"
_VERSION = 1


def write(path: str | os.PathLike[str], kind: str, contents: dict[str, Any]) -> None:
    """Write a network of this kind, or nothing.

    A file that is there keeps its permissions, and a link to it stays a link.
    """
    about = {"format": _FORMAT, "version": _VERSION, "kind": kind}
    # Python writes the shortest digits that lead back to the same float.
    text = json.dumps(about | contents, indent=1, allow_nan=False)
    given = Path(path)
    if given.exists() and (not given.is_file() or given.absolute().is_relative_to("/dev")):
        with given.open("a", encoding="utf-8") as file:  # a device or a pipe; a folder refuses
            file.write(text + "\n")
        return
    target = given.resolve()
    if not target.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "No such folder", os.fspath(target.parent))
    part = target.with_name(f".{secrets.token_hex(8)}.part")  # nobody can have that one
    try:
        with part.open("x", encoding="utf-8") as file:
            file.write(text + "\n")
        if target.exists():
            shutil.copymode(target, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


class Contents:
    """What a file holds of a network, to be taken out by name.

    Args:
        values: Numbers and lists of numbers, by name.
    """

    def __init__(self, values: dict[str, Any]) -> None:
        self._values = values

    def take(self, name: str, depth: int, *, optional: bool = False) -> Any:  # noqa: ANN401 -- as deep as asked for
        """A number (depth 0), a list of numbers (1), a list of lists of numbers (2) and so on.

        Raises:
            ValueError: It is not there, or something else.
        """
        if name not in self._values:
            raise ValueError(f"{name} is missing")
        value = self._values.pop(name)
        if not (optional and value is None):
            _check_numbers(name, value, depth)
        return value

    def finish(self) -> None:
        """Refuse what is left.

        Raises:
            ValueError: Something is.
        """
        if self._values:
            first, *others = self._values
            more = f" and {len(others):,} more" if others else ""
            raise ValueError(f"unexpected: {shown(first)}{more}")


def read(path: str | os.PathLike[str], kind: str) -> Contents:
    """What was written of a network of this kind.

    Raises:
        OSError: There is no such file, or it cannot be read.
        ValueError: It is no such file.
    """
    try:
        found = json.loads(
            Path(path).read_bytes().decode("utf-8"),
            object_pairs_hook=_once_each,
            parse_constant=_no_constant,
        )
    except RecursionError:
        raise not_a_network(path, "it is nested too deeply") from None
    except ValueError as error:  # of JSON or UTF-8, too
        raise not_a_network(path, str(error)) from error
    if not isinstance(found, dict) or found.pop("format", None) != _FORMAT:
        raise not_a_network(path, f'expected "format": "{_FORMAT}"')
    version = found.pop("version", None)
    if type(version) is not int or version != _VERSION:
        raise not_a_network(path, f"expected version {_VERSION}, got {shown(version)}")
    found_kind = found.pop("kind", None)
    if found_kind != kind:
        raise not_a_network(path, f"expected a {kind}, got {shown(found_kind)}")
    return Contents(found)


def not_a_network(path: str | os.PathLike[str], why: str) -> ValueError:
    """What to say of a file that is not as `write` writes it."""
    return ValueError(f"{os.fspath(path)}: not a network that this version can load: {why}")


def _check_numbers(name: str, value: object, depth: int) -> None:
    if depth:
        if not isinstance(value, list):
            raise ValueError(f"{name}: expected a list, got {shown(value)}")
        for element in value:
            _check_numbers(name, element, depth - 1)
    elif type(value) not in (int, float):
        raise ValueError(f"{name}: expected a number, got {shown(value)}")


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_constant(name: str) -> float:
    raise ValueError(f"expected finite numbers, got {name}")
