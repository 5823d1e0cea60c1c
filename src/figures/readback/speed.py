"""The pictures of speed, held against the file that they are drawn from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from figures.readback.picture import PIXEL, Picture, axis_ticks, describes, differ, labels, only

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_TABLE = Path(__file__).resolve().parents[3] / "benchmarks" / "speed.json"


def _table() -> Any:
    return json.loads(_TABLE.read_text("utf-8"))


def _expected() -> dict[str, tuple[str, float]]:
    table = _table()
    found = {
        name: (words, table["small"][words]["times as fast"])
        for name, words in (("nine", "nine lines"), ("eleven", "eleven lines"))
    }
    found["class"] = ("class, two layers", table["small"]["class with two layers"]["times as fast"])
    for name, order in (("columns", "F"), ("rows", "C")):
        (row,) = (
            it
            for it in table["large"]
            if (it["rows"], it["columns"], it["order"]) == (1_000_000, 30, order)
        )
        found[name] = (f"a million rows, {order}", row["times as fast"])
    (row,) = (it for it in table["kinds"] if it["kind"] == "int64")
    found["integers"] = ("a million, integers", row["times as fast"])
    return found


def _ratios(picture: Picture) -> Iterator[str]:
    expected = _expected()
    numbers = [f"{times:.2f}" for _, times in expected.values()]
    yield from axis_ticks(picture, "x", [0, 1, 2, 3, 4, 5, 6])
    yield from labels(picture, *numbers)
    yield from describes(picture, *numbers)
    one = picture.number("one", "x1")
    yield from differ(
        "one", picture.value("x", np.array([one, picture.number("one", "x2")])), [1, 1], 0.02
    )
    heights = [picture.number("one", "y1")]
    for name, (words, times) in expected.items():
        x, y = picture.place(name)
        line = [picture.number(f"{name}-line", it) for it in ("x1", "y1", "x2", "y2")]
        yield from differ(name, picture.value("x", np.array([x])), [times], 0.01)
        yield from differ(f"{name}'s line", line, [one, y, x, y], PIXEL)
        for what, side in ((words, -1), (f"{times:.2f}", 1)):
            if not any(
                abs(height - 4 - y) <= PIXEL and (at - x) * side > 0
                for at, height in picture.places(what)
            ):
                yield f"{what!r} does not stand beside {name}"
        if y <= heights[-1]:
            yield f"{name} does not stand below the one before"
        heights.append(y)
    if not heights[-1] < picture.number("one", "y2") <= _axis(picture) + PIXEL:
        yield "the line at one does not reach down to the axis"
    kinds = {f"{name}-line": "curve output" for name in expected} | dict.fromkeys(
        expected, "dot output"
    )
    texts = [(it, "note") for it, _ in expected.values()] + [(it, "note halo") for it in numbers]
    texts += [(str(it), "tick") for it in range(7)] + [("the loop", "note")]
    texts += [("times as fast as the loop", "label")]
    yield from only(picture, kinds | {"one": "grid"}, {"line.axis": 8}, texts)
    if [at for at, _ in picture.places("the loop")] != [one]:
        yield "'the loop' does not stand above one"


def _axis(picture: Picture) -> float:
    """How far down the axis below the picture lies."""
    ticks = (it for it in picture.root.iter("line") if it.get("data-tick") is not None)
    return float(next(ticks).get("y1", "nan"))


def _growth(picture: Picture) -> Iterator[str]:
    seen = _table()["growth"]
    rows = np.array([it["rows"] for it in seen])
    ours = [it["noisy milliseconds a step"]["firstneuron"] for it in seen]
    yield from axis_ticks(picture, "x", [1e3, 1e5, 1e7], logarithmic=True)
    yield from axis_ticks(picture, "y", [10.0**it for it in range(-3, 4)], logarithmic=True)
    yield from labels(picture, "rows of 30 numbers")
    ends = [np.format_float_positional(it, trim="-") for it in (ours[0], ours[-1])]
    yield from describes(picture, f"{rows[0]:,}", f"{rows[-1]:,}", *ends)
    for name in ("loop", "firstneuron"):
        times = np.array([it["noisy milliseconds a step"][name] for it in seen])
        x, y = picture.points(name).T
        yield from differ(
            f"{name}: rows",
            picture.value("x", x, logarithmic=True) / rows,
            np.ones(len(rows)),
            2e-3,
        )
        yield from differ(
            f"{name}: times",
            picture.value("y", y, logarithmic=True) / times,
            np.ones(len(times)),
            2e-3,
        )


CHECKS: dict[str, Callable[[Picture], Iterator[str]]] = {
    "speed-ratios": _ratios,
    "speed-growth": _growth,
}
