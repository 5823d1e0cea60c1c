"""Every number of one step, by its name: what the page shows and what the trace holds."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

import firstneuron as fn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watch.presets import Preset

CORNERS = tuple(product((0, 1), repeat=3))
"""The corners of the cube of inputs."""


def values(preset: Preset, step: int, weights: Sequence[float]) -> dict[str, float]:
    """What the neuron computes with these weights, and what its next step would change.

    Examples count from 1, as do inputs and weights. `k` is the step, `w2` a weight, `x2-3`
    the second input of the third example. Each example has `target-3`, `sum-3`, `output-3`,
    `error-3`, `slope-3` and `push2-3`, what it would change weight 2 by. All together
    they change it by `change2`, to `after2`. `error` is the mean squared error, `answer` what the
    neuron says to the new situation, `corner-101` what it says to 1 0 1.

    Args:
        preset: The training.
        step: How many steps it has done.
        weights: The weights after them.
    """
    inputs, column = np.array(preset.inputs, float), np.array(weights)[:, np.newaxis]
    targets = np.array(preset.targets, float)[:, np.newaxis]
    sums = fn.weighted_sum(inputs, column)
    outputs = fn.sigmoid(sums)
    errors = targets - outputs
    slopes = fn.sigmoid_slope(outputs) if preset.slope else np.ones_like(outputs)
    pushes = preset.learning_rate * inputs * (errors * slopes)
    changes = preset.learning_rate * (inputs.T @ (errors * slopes))[:, 0]
    found: dict[str, float] = {"k": step}
    found |= {f"w{i}": weight for i, weight in enumerate(weights, 1)}
    for row in range(len(inputs)):
        at = row + 1
        found |= {f"x{i}-{at}": float(it) for i, it in enumerate(inputs[row], 1)}
        found |= {
            f"target-{at}": targets[row, 0],
            f"sum-{at}": sums[row, 0],
            f"output-{at}": outputs[row, 0],
            f"error-{at}": errors[row, 0],
            f"slope-{at}": slopes[row, 0],
        }
        found |= {f"push{i}-{at}": it for i, it in enumerate(pushes[row], 1)}
    found |= {f"change{i}": it for i, it in enumerate(changes, 1)}
    found |= {f"after{i}": it for i, it in enumerate(column[:, 0] + changes, 1)}
    found["error"] = float(np.mean(errors**2))
    found["answer"] = fn.sigmoid(fn.weighted_sum(fn.NEW_SITUATION, column))[0]
    corners = fn.sigmoid(fn.weighted_sum(np.array(CORNERS, float), column))[:, 0]
    found |= {
        "corner-" + "".join(map(str, at)): it for at, it in zip(CORNERS, corners, strict=True)
    }
    return {name: float(value) + 0.0 for name, value in found.items()}  # no minus zero
