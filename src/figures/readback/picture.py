"""A drawn figure taken apart: its marks by name, its texts, its axes by their ticks."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LEGEND = "solid: pushes up · dashed: holds back · thick: strong"
"""What every picture of weights says below them."""

PIXEL = 0.011
"""Coordinates are written to a hundredth."""


def said(number: float, digits: int) -> str:
    """A number as the pictures write it."""
    return f"{number:.{digits}f}".replace("-", "−")


class Picture:
    """A drawn figure: its marks by name, its texts, and its axes by their ticks."""

    def __init__(self, svg: str) -> None:
        self.root = ET.fromstring(svg)  # noqa: S314  (drawn by ourselves)
        self.marks = {it.get("data-name", ""): it for it in self.root.iter() if it.get("data-name")}
        self.texts = [it.text or "" for it in self.root.iter("text")]
        self.description = next((it.text or "" for it in self.root.iter("desc")), "")
        self.title = next((it.text or "" for it in self.root.iter("title")), "")

    def text(self, name: str) -> str:
        """What the mark says."""
        return self.marks[name].text or ""

    def place(self, name: str) -> tuple[float, float]:
        """Where a circle has its middle, or where a label stands."""
        x, y = ("cx", "cy") if self.marks[name].tag == "circle" else ("x", "y")
        return self.number(name, x), self.number(name, y)

    def places(self, words: str) -> list[tuple[float, float]]:
        """Where these words stand, from left to right."""
        found = [it for it in self.root.iter("text") if it.text == words]
        return sorted((float(it.get("x", "nan")), float(it.get("y", "nan"))) for it in found)

    def number(self, name: str, attribute: str) -> float:
        """An attribute of a mark."""
        return float(self.marks[name].get(attribute, "nan"))

    def points(self, name: str) -> Any:
        """The places that a path goes through, shape (points, 2)."""
        numbers = re.findall(r"-?[\d.]+", self.marks[name].get("d", ""))
        return np.array(numbers, float).reshape(-1, 2)

    def ticks(self, axis: str) -> Any:
        """Value and place of each tick of the axis, rising."""
        across = "y" if axis == "x" else "x"
        found = [
            (float(it.get("data-tick", "nan")), float(it.get(axis + "1", "nan")))
            for it in self.root.iter("line")
            if it.get("data-tick") is not None
            and it.get(axis + "1") == it.get(axis + "2")
            and it.get(across + "1") != it.get(across + "2")
        ]
        return np.array(sorted(found)).reshape(-1, 2)

    def value(self, axis: str, places: Any, *, logarithmic: bool = False) -> Any:
        """What these places mean, by the two outermost ticks (above 0 on a logarithmic axis)."""
        ticks = self.ticks(axis)
        if logarithmic:
            ticks = ticks[ticks[:, 0] > 0]
            ticks[:, 0] = np.log10(ticks[:, 0])
        (low, start), (high, end) = ticks[0], ticks[-1]
        values = low + (places - start) * (high - low) / (end - start)
        return 10**values if logarithmic else values


def differ(what: str, real: Any, expected: Any, within: float) -> Iterator[str]:
    """These values are as expected, each to within so much."""
    real, expected = np.asarray(real, float), np.asarray(expected, float)
    if real.shape != expected.shape:
        yield f"{what}: {real.shape} values, expected {expected.shape}"
    elif not np.all(np.abs(real - expected) <= within):
        worst = int(np.argmax(np.abs(real - expected)))
        yield f"{what}: {real.flat[worst]}, expected {expected.flat[worst]}"


_NUMBER = re.compile(r"−?\d+(?:\.\d+)?(?:,\d{3})*")


def describes(picture: Picture, *numbers: str) -> Iterator[str]:
    """The description has these numbers, in this order, and no others."""
    found = _NUMBER.findall(picture.description)
    if found != list(numbers):
        yield f"the description has the numbers {found}, expected {list(numbers)}"


def labels(picture: Picture, *expected: str) -> Iterator[str]:
    """The labels with a digit in them are these, each as often as given, and the ticks."""
    ticks = [
        np.format_float_positional(value, trim="-").replace("-", "−")
        for axis in "xy"
        for value in (
            picture.ticks(axis)[:, 0] if picture.root.find("line[@data-tick]") is not None else []
        )
    ]
    found = Counter(text.replace(",", "") for text in picture.texts if re.search(r"\d", text))
    wanted = Counter(text.replace(",", "") for text in [*expected, *ticks])
    for text in (found - wanted) | (wanted - found):
        yield f"a label {text!r} too {'many' if found[text] > wanted[text] else 'few'}"


def axis_ticks(
    picture: Picture, axis: str, values: list[float], *, logarithmic: bool = False
) -> Iterator[str]:
    """The ticks are these values, evenly placed, each with its number beside it."""
    ticks = picture.ticks(axis)
    yield from differ(f"{axis} ticks", ticks[:, 0], sorted(values), 0)
    used = ticks[ticks[:, 0] > 0] if logarithmic else ticks
    means = picture.value(axis, used[:, 1], logarithmic=logarithmic)
    yield from differ(
        f"{axis} ticks' places",
        means / used[:, 0].clip(1e-9) if logarithmic else means,
        np.ones(len(used)) if logarithmic else used[:, 0],
        2e-3,
    )
    for value, place in ticks:
        words = np.format_float_positional(value, trim="-").replace("-", "−")
        beside = [
            it
            for it in picture.root.iter("text")
            if (it.text or "").replace(",", "") == words
            and "tick" in it.get("class", "")
            and abs(float(it.get(axis, "nan")) - place) <= 4 + PIXEL
        ]
        if not beside:
            yield f"no {axis} tick is labelled {words}"


_DRAWN = {
    "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "d", "rx", "width", "height", "class",
    "text-anchor", "data-name", "data-value", "data-tick", "stroke-width", "stroke-dasharray",
}  # fmt: skip


def only(
    picture: Picture,
    marks: dict[str, str],
    frame: dict[str, int],
    words: Iterable[tuple[str, str]],
) -> Iterator[str]:
    """Nothing else is drawn, and nothing otherwise.

    Args:
        picture: The picture.
        marks: The class of each of its marks by name, labels apart; each stands there once.
        frame: How many there are without a name, by tag and class: `rect.plane`.
        words: Every label with its class, as often as it is there.
    """
    found: Counter[str] = Counter()
    said: Counter[tuple[str, str]] = Counter()
    for element in picture.root.iter():
        name, kind = element.get("data-name", ""), element.get("class", "")
        if element.tag in {"svg", "title", "desc"}:
            continue
        if element.tag == "text":
            said[element.text or "", kind] += 1
        else:
            found[name or f"{element.tag}.{kind}"] += 1
            if marks.get(name, kind) != kind:
                yield f"{name} is drawn as {kind!r}, expected {marks[name]!r}"
        unknown = set(element.attrib) - _DRAWN - ({"transform"} if element.tag == "text" else set())
        if unknown:
            yield f"{element.tag} has {sorted(unknown)}"
    wanted, told = Counter([*marks]) + Counter(frame), Counter(words)
    for name in (found - wanted) | (wanted - found):
        yield f"a mark {name!r} too {'many' if found[name] > wanted[name] else 'few'}"
    for text, kind in (said - told) | (told - said):
        many = said[text, kind] > told[text, kind]
        yield f"a label {text!r} ({kind}) too {'many' if many else 'few'}"


def axes_of_inputs(
    picture: Picture, squares: Sequence[tuple[float, float, float]]
) -> Iterator[str]:
    """Input 1 is named below the middle of each square, input 2 at the left, turned, it alone.

    Args:
        picture: The picture.
        squares: Left, right and bottom of each, from left to right.
    """
    for (x, y), (left, right, bottom) in zip(picture.places("input 1 →"), squares, strict=True):
        if abs(x - (left + right) / 2) > _NEAR or y < bottom:
            yield "input 1 does not run below its square"
    for label in picture.root.iter("text"):
        x, y = (float(label.get(it, "nan")) for it in ("x", "y"))
        turned = re.fullmatch(rf"rotate\(-90 {x:g} {y:g}(\.0)?\)", label.get("transform", ""))
        if (label.text == "input 2 →") != bool(turned and x < squares[0][0]):
            yield f"{label.text!r} runs another way"


def frames(picture: Picture, squares: Sequence[tuple[float, float, float]]) -> Iterator[str]:
    """The squares are drawn where their corners are."""
    for plane, (left, right, bottom) in zip(picture.root.iter("rect"), squares, strict=True):
        side = right - left
        drawn = [float(plane.get(it, "nan")) for it in ("x", "y", "width", "height")]
        yield from differ("a square", drawn, [left, bottom - side, side, side], 1)


def sign_of(weight: float) -> str:
    """The class of what shows a weight."""
    return "negative" if weight < 0 else "positive"


def tells(picture: Picture, title: str, description: str) -> Iterator[str]:
    """What those hear who do not see the picture, word for word."""
    if picture.title != title:
        yield f"the title is {picture.title!r}, expected {title!r}"
    if picture.description != description:
        yield f"the description is {picture.description!r}, expected {description!r}"


def heads(picture: Picture, words: str, x: float, above: float) -> Iterator[str]:
    """These words stand over the middle of their column."""
    if not any(abs(at - x) <= _NEAR and y < above for at, y in picture.places(words)):
        yield f"{words!r} does not stand over its column"


def stands_in(picture: Picture, text: str, circle: str) -> Iterator[str]:
    """A label stands in its circle."""
    (x, y), (middle, height) = picture.place(text), picture.place(circle)
    if abs(x - middle) > _NEAR or abs(y - height) > picture.number(circle, "r") / 2:
        yield f"{text} does not stand in {circle}"


_NEAR = 3.0


def synapse(picture: Picture, name: str, weight: float, width: float) -> Iterator[str]:
    """How a synapse is drawn says what its weight is."""
    line = picture.marks[name]
    yield from differ(name, picture.number(name, "data-value"), weight, 1e-9)
    yield from differ(f"{name}: width", picture.number(name, "stroke-width"), width, 6e-3)
    if line.get("stroke-dasharray") != ("6 5" if weight < 0 else None):
        yield f"{name}: dashes and sign differ"


def joins(
    picture: Picture, name: str, circles: tuple[str, str], fan: float, reach: float
) -> Iterator[str]:
    """A synapse runs from the right of one circle to the left of another.

    Args:
        picture: The picture.
        name: The synapse.
        circles: The names of the two.
        fan: How far, of the height between the two, it arrives from the middle.
        reach: How deep it goes into the second circle.
    """
    (x1, y1), (x2, y2) = map(picture.place, circles)
    radii = [picture.number(circle, "r") for circle in circles]
    expected = [x1 + radii[0], y1, x2 - radii[1] + reach, y2 + (y1 - y2) * fan]
    line = [picture.number(name, it) for it in ("x1", "y1", "x2", "y2")]
    yield from differ(f"{name} joins {' and '.join(circles)}", line, expected, 1.5)


def at_its_line(picture: Picture, labels: dict[str, str]) -> Iterator[str]:
    """Each weight's label stands at its line, nearer than at any other."""
    for label, own in labels.items():
        x, y = picture.place(label)
        heights = {}
        for line in labels.values():
            x1, y1, x2, y2 = (picture.number(line, it) for it in ("x1", "y1", "x2", "y2"))
            heights[line] = y1 + (y2 - y1) * (x - x1) / (x2 - x1)
        away = {line: abs(height - (y - _HALF_A_LETTER)) for line, height in heights.items()}
        if min(away, key=away.__getitem__) != own or away[own] > _BESIDE:
            yield f"{label} does not stand at {own}"


_HALF_A_LETTER = 4.0
_BESIDE = 20.0
