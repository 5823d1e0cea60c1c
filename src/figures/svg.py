"""Elements, scales and axes: the little that our pictures need."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

WIDTH = 360
"""Every picture is this wide, so that its letters are legible on the smallest phone."""


@dataclass
class Drawing:
    """An SVG picture with a title and a description for those who do not see it."""

    name: str
    title: str
    description: str
    height: int
    root: ET.Element = field(init=False)

    def __post_init__(self) -> None:
        self.root = ET.Element(
            "svg",
            {
                "viewBox": f"0 0 {WIDTH} {self.height}",
                "role": "img",
                "aria-labelledby": f"{self.name}-title {self.name}-text",
                "class": "drawing",
            },
        )
        ET.SubElement(self.root, "title", {"id": f"{self.name}-title"}).text = self.title
        ET.SubElement(self.root, "desc", {"id": f"{self.name}-text"}).text = self.description

    def line(
        self, x1: float, y1: float, x2: float, y2: float, kind: str, **more: str
    ) -> ET.Element:
        """A straight line."""
        ends = {"x1": at(x1), "y1": at(y1), "x2": at(x2), "y2": at(y2)}
        return ET.SubElement(self.root, "line", {**ends, "class": kind, **_attributes(more)})

    def circle(self, x: float, y: float, radius: float, kind: str, **more: str) -> ET.Element:
        """A circle."""
        place = {"cx": at(x), "cy": at(y), "r": at(radius)}
        return ET.SubElement(self.root, "circle", {**place, "class": kind, **_attributes(more)})

    def box(self, x: float, y: float, width: float, height: float, kind: str) -> ET.Element:
        """A rectangle with slightly rounded corners."""
        place = {"x": at(x), "y": at(y), "width": at(width), "height": at(height), "rx": "4"}
        return ET.SubElement(self.root, "rect", {**place, "class": kind})

    def text(
        self,
        x: float,
        y: float,
        words: str,
        kind: str = "ink",
        *,
        anchor: str = "middle",
        **more: str,
    ) -> ET.Element:
        """A line of text; `anchor` says which part of it stands at x."""
        place = {"x": at(x), "y": at(y), "text-anchor": anchor}
        element = ET.SubElement(self.root, "text", {**place, "class": kind, **_attributes(more)})
        element.text = words
        return element

    def curve(self, points: Iterable[tuple[float, float]], kind: str, **more: str) -> ET.Element:
        """A line through many points."""
        path = "M" + "L".join(f"{at(x)} {at(y)}" for x, y in points)
        return ET.SubElement(self.root, "path", {"d": path, "class": kind, **_attributes(more)})

    def arrow(self, x1: float, y1: float, x2: float, y2: float, kind: str = "axis") -> None:
        """A line with a head at its second end."""
        self.line(x1, y1, x2, y2, kind)
        length = math.hypot(x2 - x1, y2 - y1)
        dx, dy = (x2 - x1) / length, (y2 - y1) / length
        wings = [(x2 - 6 * dx + side * 3.5 * dy, y2 - 6 * dy - side * 3.5 * dx) for side in (1, -1)]
        self.curve([wings[0], (x2, y2), wings[1]], kind)

    def __str__(self) -> str:
        """The picture as markup."""
        return ET.tostring(self.root, encoding="unicode")


@dataclass(frozen=True)
class Scale:
    """Where a value stands: between two values, between two places."""

    first: float
    last: float
    start: float
    end: float
    warp: Callable[[float], float] = float

    def __call__(self, value: float) -> float:
        """The place of `value`."""
        low, high = self.warp(self.first), self.warp(self.last)
        return self.start + (self.warp(value) - low) / (high - low) * (self.end - self.start)


def steps_scale(last: int, start: float, end: float) -> Callable[[float], float]:
    """Steps on a logarithmic axis, with a place of its own for step 0, left of step 1."""
    logarithmic = Scale(1, last, start + 22, end, math.log10)
    return lambda step: start if step == 0 else logarithmic(step)


@dataclass(frozen=True)
class Frame:
    """The axes of a chart."""

    drawing: Drawing
    x: Callable[[float], float]
    y: Scale
    left: float
    right: float
    bottom: float

    def x_ticks(self, values: Sequence[float], label: str) -> None:
        """Ticks and numbers below the chart, and what they measure."""
        self.drawing.line(self.left, self.bottom, self.right, self.bottom, "axis")
        for value in values:
            x = self.x(value)
            self.drawing.line(x, self.bottom, x, self.bottom + 4, "axis", data_tick=f"{value:g}")
            self.drawing.text(x, self.bottom + 15, number(value), "tick")
        self.drawing.text((self.left + self.right) / 2, self.bottom + 30, label, "label")

    def y_ticks(self, values: Sequence[float], label: str) -> None:
        """Thin lines across the chart with their numbers, and what they measure."""
        for value in values:
            y = self.y(value)
            kind = "zero" if value == 0 else "grid"
            self.drawing.line(self.left, y, self.right, y, kind, data_tick=f"{value:g}")
            self.drawing.text(self.left - 6, y + 4, number(value), "tick", anchor="end")
        self.drawing.text(4, 12, label, "label", anchor="start")


def number(value: float, digits: int | None = None) -> str:
    """A number as our texts write it: a real minus sign, commas from ten thousand on."""
    if digits is not None:
        text = f"{value:.{digits}f}"
    elif value == int(value):
        text = f"{int(value):,}"
    else:
        text = np.format_float_positional(value)
    return text.replace("-", "−")


def at(place: float) -> str:
    """A coordinate, to a hundredth."""
    return f"{place:.2f}".rstrip("0").rstrip(".")


def sign_of(value: float) -> str:
    """The class of a weight: sign is shown by colour and by dashes."""
    return "positive" if value >= 0 else "negative"


def _attributes(more: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in more.items()}
