"""The sigmoid, and the sigmoid with its slope."""

from __future__ import annotations

import numpy as np

import firstneuron as fn
from figures.svg import Drawing, Frame, Scale, number

_Z = np.linspace(-6, 6, 121)


def sigmoid() -> Drawing:
    """The S-shaped curve."""
    drawing = Drawing(
        "sigmoid-curve",
        "The sigmoid",
        "An S-shaped curve. Far to the left it is close to 0, at a sum of 0 it is exactly one "
        "half, far to the right it is close to 1. It never reaches 0 or 1.",
        height=230,
    )
    frame = _frame(drawing, bottom=190)
    frame.y_ticks([0, 0.5, 1], "output o")
    frame.x_ticks([-6, -4, -2, 0, 2, 4, 6], "weighted sum z")
    _curve(frame, fn.sigmoid(_Z), "output", "sigmoid")
    drawing.circle(frame.x(0), frame.y(0.5), 4, "dot output", data_name="half")
    return drawing


def slope() -> Drawing:
    """Sigmoid and slope on one axis, with three tangents."""
    start = fn.NeuralNetwork()
    trained = fn.NeuralNetwork()
    trained.train(fn.TRAINING_SET_INPUTS, fn.TRAINING_SET_OUTPUTS, 10_000)
    touching = [
        ("untrained, example 3", float(fn.weighted_sum([1, 0, 1], start.synaptic_weights)[0])),
        ("undecided", 0.0),
        ("trained, example 2", float(fn.weighted_sum([1, 1, 1], trained.synaptic_weights)[0])),
    ]
    parts = [
        f"at {number(z, 3)} ({what}) the slope is {number(_slope(z), 4)}" for what, z in touching
    ]
    drawing = Drawing(
        "sigmoid-slope",
        "The sigmoid and its slope",
        "The S-shaped curve with three tangents, and below it the slope, a bell that is at most "
        "0.25, in the middle. Steep where the neuron is undecided, flat where it is sure: "
        + "; ".join(parts)
        + ".",
        height=260,
    )
    frame = _frame(drawing, bottom=215)
    frame.y_ticks([0, 0.25, 0.5, 1], "output o, and its slope")
    frame.x_ticks([-6, -4, -2, 0, 2, 4, 6], "weighted sum z")
    _curve(frame, fn.sigmoid(_Z), "output", "sigmoid")
    _curve(frame, fn.sigmoid_slope(fn.sigmoid(_Z)), "error", "slope")
    drawing.text(frame.x(3.2), frame.y(0.12), "slope", "error", anchor="start")
    drawing.text(frame.x(-5.9), frame.y(0.09), "output", "output", anchor="start")
    for index, (what, z) in enumerate(touching):
        o, rise = float(fn.sigmoid(z)), _slope(z)
        drawing.line(
            frame.x(z - 1.1), frame.y(o - 1.1 * rise), frame.x(z + 1.1), frame.y(o + 1.1 * rise),
            "tangent", data_name=f"tangent{index}", data_z=repr(z),
        )  # fmt: skip
        drawing.circle(frame.x(z), frame.y(o), 4, "dot output", data_name=f"touch{index}")
        place, height = ((z - 0.25, o + 0.13), (z - 0.35, o + 0.1), (6.0, o - 0.2))[index]
        x, y = frame.x(place), frame.y(height)
        drawing.text(x, y - 6, what, "note halo", anchor="end")
        drawing.text(x, y + 7, f"slope {number(rise, 4)}", "note halo", anchor="end")
    return drawing


def _slope(z: float) -> float:
    return float(fn.sigmoid_slope(fn.sigmoid(z)))


def _frame(drawing: Drawing, bottom: float) -> Frame:
    return Frame(drawing, Scale(-6, 6, 44, 350), Scale(0, 1, bottom, 26), 44, 350, bottom)


def _curve(frame: Frame, values: np.ndarray, kind: str, name: str) -> None:
    points = [(frame.x(z), frame.y(value)) for z, value in zip(_Z, values, strict=True)]
    frame.drawing.curve(points, f"curve {kind}", data_name=name)
