"""The trainings that can be watched: the articles' own, and three with one thing changed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

import firstneuron as fn
from figures import training

_TAUGHT = tuple(map(tuple, fn.TRAINING_SET_INPUTS.tolist()))
_TARGETS = tuple(fn.TRAINING_SET_OUTPUTS[:, 0].tolist())


@dataclass(frozen=True)
class Preset:
    """A training that can be watched.

    Attributes:
        key: What addresses call it.
        name: What readers call it.
        inputs: The examples, a row each.
        targets: What to answer for each of them.
        learning_rate: What every change is multiplied by.
        slope: Whether the rule has its factor output * (1 - output).
        last: The step at which it ends.
        close: Steps to look at besides those that every training has.
        weight_unit: The axis of weights goes from -5 to 10 times this.
        decades: How many powers of ten lie between two ticks of the axis of the error.
        labels: For each weight the step and the value at which its name ends in the chart.
    """

    key: str
    name: str
    inputs: tuple[tuple[int, ...], ...] = _TAUGHT
    targets: tuple[int, ...] = _TARGETS
    learning_rate: float = 1.0
    slope: bool = True
    last: int = training.LAST
    close: tuple[int, ...] = ()
    weight_unit: int = 1
    decades: int = 1
    labels: tuple[tuple[int, float], ...] = ((900, 9.67), (9000, 0.5), (900, -4.63))

    @property
    def steps(self) -> list[int]:
        """The steps to look at, rising: the stops of the slider, the points of the curves."""
        beyond = np.geomspace(training.LAST, self.last, 8).round().astype(int).tolist()
        return sorted({*training.steps(), *JUMPS, *self.close, *beyond})


JUMPS = (1, 4, 21, 100, 341, 1000, 10_000)
"""Steps to go to directly."""

PRESETS = {
    it.key: it
    for it in (
        Preset("original", "The original", close=(97, 98)),
        Preset(
            "step-100",
            "Step size 100",
            learning_rate=100.0,
            last=20_000,
            close=(*range(10_100, 11_001, 100), 11_020, *range(11_024, 11_031), 11_050, 11_100),
            weight_unit=4,
            decades=3,
            labels=((900, 31.0), (900, 9.2), (900, 16.3)),
        ),
        Preset(
            "no-slope",
            "Without the slope",
            slope=False,
            weight_unit=2,
            decades=2,
            labels=((900, 18.0), (9000, 0.7), (900, -8.6)),
        ),
        Preset(
            "row-000",
            "A fifth example: 0 0 0",
            inputs=(*_TAUGHT, (0, 0, 0)),
            targets=(*_TARGETS, 0),
        ),
    )
}


@cache
def weights_at(preset: Preset) -> dict[int, tuple[float, ...]]:
    """The weights at each of the steps to look at."""
    if preset.slope:
        targets = np.array([preset.targets]).T
        record = fn.record_training(
            fn.NeuralNetwork(),
            np.array(preset.inputs),
            targets,
            preset.steps,
            learning_rate=preset.learning_rate,
        )
        found = record.weights
    else:
        found = _without_slope(preset)
    return dict(zip(preset.steps, map(tuple, found.tolist()), strict=True))


def _without_slope(preset: Preset) -> np.ndarray:
    """The package has no such rule: its parts, put together without the slope."""
    inputs, targets = np.array(preset.inputs, float), np.array([preset.targets], float).T
    weights = fn.NeuralNetwork().synaptic_weights.copy()
    wanted, found = set(preset.steps), []
    for step in range(preset.last + 1):
        if step in wanted:
            found.append(weights[:, 0].copy())
        errors = targets - fn.sigmoid(inputs @ weights)
        weights += preset.learning_rate * inputs.T @ errors
    return np.array(found)
