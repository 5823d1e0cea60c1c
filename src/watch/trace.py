"""The golden trace: every number of every training that can be watched, as Python has it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from watch.presets import PRESETS, weights_at
from watch.values import values

if TYPE_CHECKING:
    from collections.abc import Mapping


def trace() -> Mapping[str, Mapping[str, list[object]]]:
    """For each training the names of its numbers, and their values at each of its steps."""
    found: dict[str, dict[str, list[object]]] = {}
    for preset in PRESETS.values():
        steps = [values(preset, step, it) for step, it in weights_at(preset).items()]
        found[preset.key] = {"names": list(steps[0]), "steps": [list(it.values()) for it in steps]}
    return found


def written() -> str:
    """The trace as JSON, each number with all its digits."""
    return json.dumps(trace(), separators=(",", ":")) + "\n"
