"""How fast the package is beside the articles' loops, as `make bench` measured it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from figures.svg import Drawing, Frame, Scale, number

TABLE = Path(__file__).resolve().parents[2] / "benchmarks" / "speed.json"
_LOOP = Scale(0, 6, 150, 340)


@cache
def measured() -> dict[str, Any]:
    """What `make bench` wrote."""
    found: dict[str, Any] = json.loads(TABLE.read_text("utf-8"))
    return found


def _rows() -> list[tuple[str, str, float]]:
    """A name, what it is in words, and how many times as fast."""
    small, large, kinds = (measured()[it] for it in ("small", "large", "kinds"))
    million = {it["order"]: it["times as fast"] for it in large if it["columns"] == 30}
    integers = next(it["times as fast"] for it in kinds if it["kind"] == "int64")
    return [
        ("nine", "nine lines", small["nine lines"]["times as fast"]),
        ("eleven", "eleven lines", small["eleven lines"]["times as fast"]),
        ("class", "class, two layers", small["class with two layers"]["times as fast"]),
        ("columns", "a million rows, F", million["F"]),
        ("rows", "a million rows, C", million["C"]),
        ("integers", "a million, integers", integers),
    ]


def ratios() -> Drawing:
    """How many times as fast, for each way to train."""
    rows = _rows()
    said = "; ".join(f"{words}: {number(times, 2)}" for _, words, times in rows)
    drawing = Drawing(
        "speed-ratios",
        "How many times as fast as the articles' loops",
        "For each way to train, a line from one, where the article's own loop stands, to how many "
        f"times as fast the package is. {said}.",
        height=40 + 30 * len(rows) + 45,
    )
    bottom = 40 + 30 * len(rows)
    frame = Frame(drawing, _LOOP, Scale(0, 1, bottom, 30), 150, 340, bottom)
    frame.x_ticks([0, 1, 2, 3, 4, 5, 6], "times as fast as the loop")
    drawing.line(_LOOP(1), 30, _LOOP(1), bottom, "grid", data_name="one")
    drawing.text(_LOOP(1), 20, "the loop", "note")
    for index, (name, words, times) in enumerate(rows):
        y = 52 + 30 * index
        drawing.text(142, y + 4, words, "note", anchor="end")
        drawing.line(_LOOP(1), y, _LOOP(times), y, "curve output", data_name=f"{name}-line")
        drawing.circle(_LOOP(times), y, 5, "dot output", data_name=name)
        drawing.text(_LOOP(times) + 10, y + 4, number(times, 2), "note halo", anchor="start")
    return drawing


def growth() -> Drawing:
    """How the time of a step grows with the number of rows."""
    seen = measured()["growth"]
    rows = [it["rows"] for it in seen]
    first, last = (seen[at]["noisy milliseconds a step"]["firstneuron"] for at in (0, -1))
    drawing = Drawing(
        "speed-growth",
        "The time of a step grows in proportion to the rows",
        "Both axes are logarithmic. Two nearly straight lines, the nine lines' loop a little above "
        f"the package. From {number(rows[0])} to {number(rows[-1])} rows, the time that the "
        f"package takes for a step grows from {number(first)} to {number(last)} milliseconds.",
        height=250,
    )
    across, up = Scale(1e3, 1e7, 58, 318, np.log10), Scale(1e-3, 1e3, 200, 26, np.log10)
    frame = Frame(drawing, across, up, 58, 318, 200)
    frame.y_ticks([0.001, 0.01, 0.1, 1, 10, 100, 1000], "milliseconds a step")
    frame.x_ticks([1000, 100_000, 10_000_000], "rows of 30 numbers")
    for name, kind in (("loop", "second"), ("firstneuron", "output")):
        times = [it["noisy milliseconds a step"][name] for it in seen]
        points = [(across(x), up(y)) for x, y in zip(rows, times, strict=True)]
        drawing.curve(points, f"curve {kind}", data_name=name)
    drawing.text(across(3e5), up(60), "the nine lines' loop", "second", anchor="end")
    drawing.text(across(1.5e5), up(0.1), "firstneuron", "output", anchor="start")
    return drawing
