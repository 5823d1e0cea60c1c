"""Pictures with one mark or one label changed, each with the question whether it is noticed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from figures import FIGURES, draw
from figures.readback import disagreements
from provenpages.mutants import Mutant, digits_changed

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLACES = ("x1", "y1", "x2", "y2", "cx", "cy")
_VISIBLE = 3.0  # a shift of three units is three pixels on a phone
_PROSE = {"note", "label", "symbol", "code"}


def mutants() -> Iterator[Mutant]:
    """Every plotted value moved, and every digit of a label and a description changed."""
    for name in FIGURES:
        root = ET.fromstring(draw(name))  # noqa: S314  (drawn by ourselves)
        for element in list(root.iter()):
            if element.tag in {"text", "desc"}:
                yield from _texts(name, root, element)
            elif "synapse" in element.get("class", ""):
                yield from _synapse(name, root, element)
            elif element.get("data-name") or element.get("data-tick"):
                yield from _places(name, root, element)


def _texts(name: str, root: ET.Element, element: ET.Element) -> Iterator[Mutant]:
    words = element.text or ""
    for _, changed in digits_changed(words):
        element.text = changed
        yield _mutant(
            "label" if element.tag == "text" else "description", name, words, changed, root
        )
        element.text = words


def _places(name: str, root: ET.Element, element: ET.Element) -> Iterator[Mutant]:
    for attribute in _PLACES:
        value = element.get(attribute)
        if value is not None and (element.get("data-name") or attribute[0] in _varies(element)):
            element.set(attribute, f"{float(value) + _VISIBLE:g}")
            what = element.get("data-name") or f"tick {element.get('data-tick')}"
            yield _mutant("plotted", name, f"{what} {attribute}={value}", "moved", root)
            element.set(attribute, value)
    path = element.get("d", "")
    for match in re.finditer(r"-?[\d.]+", path):
        moved = f"{float(match[0]) - _VISIBLE:g}"
        element.set("d", path[: match.start()] + moved + path[match.end() :])
        yield _mutant("plotted", name, f"{element.get('data-name')} at {match[0]}", moved, root)
        element.set("d", path)


def _synapse(name: str, root: ET.Element, element: ET.Element) -> Iterator[Mutant]:
    """Its width and its kind of line say something, and its ends say what it joins."""
    yield from _places(name, root, element)
    changes = [("stroke-width", f"{float(element.get('stroke-width', '0')) + 1:.2f}")]
    changes.append(("stroke-dasharray", "" if element.get("stroke-dasharray") else "6 5"))
    kind = element.get("class", "")
    swap = {"positive": "negative", "negative": "positive"}
    changes.append(("class", " ".join(swap.get(word, word) for word in kind.split())))
    for attribute, value in changes:
        before = element.get(attribute)
        if value:
            element.set(attribute, value)
        else:
            del element.attrib[attribute]
        what = f"{element.get('data-name')} {attribute}={before}"
        yield _mutant("plotted", name, what, value, root)
        if before is None:
            del element.attrib[attribute]
        else:
            element.set(attribute, before)


def _varies(tick: ET.Element) -> str:
    """The axis along which a tick line says something: across it."""
    return "x" if tick.get("x1") == tick.get("x2") else "y"


def _mutant(kind: str, name: str, before: str, after: str, root: ET.Element) -> Mutant:
    svg = ET.tostring(root, encoding="unicode")
    return Mutant(kind, f"figure:{name}", before, after, lambda: bool(disagreements(name, svg)))
