"""The programs that console sessions may show: those the project installs."""

from __future__ import annotations

import tomllib
from importlib.metadata import EntryPoint
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from provenpages.session import Programs


def installed_programs(root: Path) -> Programs:
    """The project's scripts by the names one types: `name` and `python -m name`."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8")).get("project", {})
    programs: dict[str, Callable[[], object]] = {}
    for name, target in project.get("scripts", {}).items():
        program = EntryPoint(name=name, value=target, group="console_scripts").load()
        programs |= {name: program, f"python -m {name}": program}
    return programs
