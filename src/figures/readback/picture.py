"""A drawn figure taken apart: its marks by name, its texts, its axes by their ticks."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

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

    def text(self, name: str) -> str:
        """What the mark says."""
        return self.marks[name].text or ""

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
        return np.array(sorted(found))

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
