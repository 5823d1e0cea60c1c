"""The two charts and the cube of inputs, with what moves in them as the neuron learns."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from figures import training
from figures.svg import Drawing, at
from watch.presets import weights_at
from watch.shown import shown
from watch.values import CORNERS, values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from figures.svg import Scale
    from watch.presets import Preset

_WEIGHTS = {"w1": "positive", "w2": "second", "w3": "negative"}
_LABELS = {"weight 1": "w1", "weight 2": "w2", "weight 3": "w3"}
# The cube: input 1 to the right, input 2 upwards, input 3 towards the reader.
_ORIGIN, _SIDE, _BACK = (66, 226), 132, (100, -66)


def weights(numbers: Mapping[str, float]) -> str:
    """The three weights, with a line at the step that is shown."""
    drawing = training.weights()
    _name(drawing, {**{name: name for name in _WEIGHTS}, **_LABELS})
    _point(drawing, training.WEIGHTS, {name: (name, numbers[name]) for name in _WEIGHTS})
    return str(drawing)


def error(numbers: Mapping[str, float]) -> str:
    """The error, with a line at the step that is shown."""
    drawing = training.error()
    _name(drawing, {"error": "mean"})
    _point(drawing, training.ERRORS, {"error": ("mean", numbers["error"])})
    return str(drawing)


def about(preset: Preset) -> tuple[str, str]:
    """What the two charts show of a training, in words."""
    if preset.key == "original":
        return training.weights().description, training.error().description
    steps = preset.steps
    seen = [values(preset, step, weights_at(preset)[step]) for step in steps]
    parts = []
    for number in (1, 2, 3):
        course = [it[f"w{number}"] for it in seen]
        high, low = max(course), min(course)
        parts.append(
            f"Weight {number} begins at {shown('w', course[0])} and ends at "
            f"{shown('w', course[-1])}; its highest is {shown('w', high)} near step "
            f"{steps[course.index(high)]:,}, its lowest {shown('w', low)} near step "
            f"{steps[course.index(low)]:,}."
        )
    errors = [it["error"] for it in seen]
    fall = (
        f"Both axes are logarithmic. The mean squared error goes from {shown('', errors[0])} to "
        f"{shown('', errors[-1])}; at its highest it is {shown('', max(errors))}."
    )
    return "On a logarithmic axis of steps. " + " ".join(parts), fall


def cube(numbers: Mapping[str, float], taught: Mapping[tuple[int, ...], int]) -> str:
    """The eight corners of the cube of inputs, each with the neuron's answer.

    Args:
        numbers: The answers, by name.
        taught: The corners that are examples, and what to answer there.
    """
    drawing = Drawing(
        "watch-cube",
        "The answers at the eight corners of the cube of inputs",
        "A cube with input 1 to the right, input 2 upwards and input 3 towards you. The front "
        "face, where input 3 is 1, has the four examples. The table of corners says what the "
        "neuron answers at each, and which are taught.",
        height=268,
    )
    place = {corner: _place(corner) for corner in CORNERS}
    for corner in CORNERS:
        for axis in range(3):
            other = tuple(1 if i == axis else it for i, it in enumerate(corner))
            if other != corner:
                hidden = " hidden-edge" if corner[2] == 0 and (corner[0] == 0 or axis == 2) else ""
                drawing.line(*place[corner], *place[other], f"edge{hidden}")
    for corner in CORNERS:
        x, y = place[corner]
        name = "corner-" + "".join(map(str, corner))
        kind = "open" if corner not in taught else ("target" if taught[corner] else "error")
        drawing.circle(
            x, y, 9, f"vertex {kind}", data_corner=name, fill_opacity=f"{numbers[name]:.3f}"
        )
        side, anchor = (13, "start") if corner[0] else (-13, "end")
        drawing.text(x + side, y + 4, shown(name, numbers[name]), "tick halo", anchor=anchor,
                     data_name=name, data_value=repr(numbers[name]), data_of=name)  # fmt: skip
        drawing.text(x + side, y + (-9 if corner[1] else 18), " ".join(map(str, corner)),
                     "note halo", anchor=anchor)  # fmt: skip
    return str(drawing)


def _place(corner: Sequence[int]) -> tuple[float, float]:
    x1, x2, x3 = corner
    away = 1 - x3
    return (_ORIGIN[0] + _SIDE * x1 + _BACK[0] * away, _ORIGIN[1] - _SIDE * x2 + _BACK[1] * away)


def _name(drawing: Drawing, quantities: Mapping[str, str]) -> None:
    """Say which quantity a curve and its label belong to, so that they light up with it."""
    for element in drawing.root.iter():
        name = element.attrib.pop("data-name", "") or element.text or ""
        if name in quantities:
            element.set("data-of", quantities[name])


def _point(drawing: Drawing, scale: Scale, points: Mapping[str, tuple[str, float]]) -> None:
    """Draw a line at step 0 with a dot on each curve, and say where the axes run."""
    start, end = training.ACROSS(0), training.ACROSS(training.LAST)
    past = ET.SubElement(drawing.root, "clipPath", {"id": f"{drawing.name}-past"})
    ET.SubElement(past, "rect", {"width": at(start), "height": str(drawing.height)})
    ends = {"left": start, "right": end, "top": scale.end, "bottom": scale.start}
    for side, place in ends.items():
        drawing.root.set(f"data-{side}", at(place))
    drawing.line(start, scale.start, start, scale.end, "cursor")
    for name, (quantity, value) in points.items():
        drawing.circle(
            start, scale(value), 4, f"dot {_WEIGHTS.get(name, name)}",
            data_name=name, data_value=repr(value), data_of=quantity,
        )  # fmt: skip
