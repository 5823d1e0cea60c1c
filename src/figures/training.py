"""Weights and error over ten thousand steps."""

from __future__ import annotations

import numpy as np

import firstneuron as fn
from figures.svg import Drawing, Frame, Scale, number, steps_scale

LAST = 10_000
TOP = 26
ACROSS = steps_scale(LAST, 58, 332)
WEIGHTS = Scale(-5, 10, 290, TOP)
ERRORS = Scale(1e-5, 1, 200, TOP, np.log10)


def steps() -> list[int]:
    """Each step to 20, then evenly on the logarithmic axis, and the turning points."""
    even = np.unique(np.geomspace(20, LAST, 90).round().astype(int)).tolist()
    return sorted({*range(21), *even, 341})


def record() -> fn.TrainingRecord:
    """The article's training, seen at these steps."""
    return fn.record_training(
        fn.NeuralNetwork(), fn.TRAINING_SET_INPUTS, fn.TRAINING_SET_OUTPUTS, steps()
    )


def weights() -> Drawing:
    """The three weights."""
    seen = record()
    first, second, third = seen.weights.T
    turn, lowest = int(np.argmax(second)), int(np.argmin(second))
    below = int(np.argmax(second < 0))
    drawing = Drawing(
        "training-weights",
        "Three weights over ten thousand steps",
        f"On a logarithmic axis of steps. Weight 1 rises all the way, to {number(first[-1], 2)}. "
        f"Weight 3 ends at {number(third[-1], 2)}. Weight 2 rises until step {seen.steps[turn]}, "
        f"is below zero from step {seen.steps[below]}, is lowest near step {seen.steps[lowest]}, "
        f"and ends at {number(second[-1], 2)}.",
        height=330,
    )
    frame = _frame(drawing, WEIGHTS)
    frame.y_ticks([-5, 0, 5, 10], "weight")
    for index, (values, kind) in enumerate(
        ((first, "positive"), (second, "second"), (third, "negative")), start=1
    ):
        _curve(frame, seen.steps, values, kind, f"w{index}")
    drawing.text(frame.x(900), frame.y(first[-1]) + 4, "weight 1", "positive", anchor="end")
    drawing.text(frame.x(9000), frame.y(0.5), "weight 2", "second", anchor="end")
    drawing.text(frame.x(900), frame.y(third[-1]) + 4, "weight 3", "negative", anchor="end")
    notes = (
        (turn, "highest", 0, -36, "middle"),
        (below, "below 0", 5, -8, "start"),
        (lowest, "lowest", 0, 20, "middle"),
    )
    for index, what, right, down, anchor in notes:
        step = int(seen.steps[index])
        x, y = frame.x(step), frame.y(second[index])
        drawing.line(x, y, x + right, y + down + (4 if down < 0 else -8), "leader turn")
        drawing.circle(x, y, 3.5, "dot second turn", data_name=what.replace(" ", "-"))
        drawing.text(x + right, y + down, f"{what}: step {step}", "note halo turn", anchor=anchor)
    return drawing


def error() -> Drawing:
    """The mean squared error."""
    seen = record()
    errors = seen.mean_squared_error
    drawing = Drawing(
        "training-error",
        "The error over ten thousand steps",
        f"Both axes are logarithmic. The mean squared error falls from {number(errors[0], 2)} to "
        f"{errors[-1]:.6f}, in the end nearly along a straight line: ten times the steps, about a "
        "tenth of the error.",
        height=240,
    )
    frame = _frame(drawing, ERRORS)
    frame.y_ticks([1, 0.1, 0.01, 0.001, 0.0001, 0.00001], "mean squared error")
    _curve(frame, seen.steps, errors, "error", "error")
    return drawing


def _frame(drawing: Drawing, y: Scale) -> Frame:
    frame = Frame(drawing, ACROSS, y, ACROSS(0), ACROSS(LAST), y.start)
    frame.x_ticks([0, 1, 10, 100, 1000, 10_000], "step")
    return frame


def _curve(frame: Frame, at: np.ndarray, values: np.ndarray, kind: str, name: str) -> None:
    points = [(frame.x(int(step)), frame.y(value)) for step, value in zip(at, values, strict=True)]
    frame.drawing.curve(points, f"curve {kind}", data_name=name)
