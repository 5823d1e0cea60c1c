"""The interactive neuron as HTML: whole as it is, at step 0, and more lively with a script."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from watch import charts
from watch.presets import JUMPS, PRESETS, Preset, weights_at
from watch.shown import shown
from watch.values import CORNERS, values

if TYPE_CHECKING:
    from collections.abc import Callable


PHASES = ("inputs", "sum", "squash", "error", "slope", "adjust")
"""What happens in one step, in the order of the formula."""

# The article's two lines; what happens in which phase, and which quantity is called what.
_CODE = (
    "<s:output>output</s> = <p:squash>1 / (1 + exp(-(<p:sum>dot("
    "<p:inputs>training_set_inputs</p>, <s:w>synaptic_weights</s>)</p>)))</p>\n"
    "<p:adjust><s:w>synaptic_weights</s> += <only>100 * </only>dot(training_set_inputs.T, "
    "<p:error>(<s:target>training_set_outputs</s> - <s:output>output</s>)</p>"
    "<rule> * <p:slope><s:output>output</s> * (1 - <s:output>output</s>)</p></rule>)</p>"
)


class _Number(NamedTuple):
    value: str
    text: str


def markup() -> str:
    """The interactive neuron, to be put into a page."""
    first, fifth = PRESETS["original"], PRESETS["row-000"]
    start = _at(first, 0)
    numbers = {**_at(fifth, 0), **start}  # the fifth example's, to be shown where it is taught
    taught = dict(zip(first.inputs, first.targets, strict=True))
    corners = [
        {
            "name": "corner-" + "".join(map(str, corner)),
            "inputs": " ".join(map(str, corner)),
            "taught": taught.get(corner, "no"),
        }
        for corner in CORNERS
    ]
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), undefined=StrictUndefined, autoescape=True
    )
    return environment.get_template("watch.html.jinja").render(
        setup=setup(),
        presets=PRESETS.values(),
        phases=PHASES,
        jumps=list(JUMPS),
        rows=range(1, len(fifth.inputs) + 1),
        taught=len(first.inputs),
        corners=corners,
        last_detent=len(first.steps) - 1,
        below=_first(first, lambda it: it["w2"] < 0),
        free=_first(PRESETS["step-100"], _all_right),
        right_with=_first(first, _all_right),
        right_without=_first(PRESETS["no-slope"], _all_right),
        sure_with=_first(first, _sure),
        sure_without=_first(PRESETS["no-slope"], _sure),
        code=_code(),
        weights_chart=charts.weights(start),
        error_chart=charts.error(start),
        cube=charts.cube(start, taught),
        number=numbers.__getitem__,
        value=lambda name: repr(numbers[name]),
        text=lambda name, value="": shown(name, numbers[value or name]),
        at=lambda key, step, name: _number(name, _at(PRESETS[key], step)[name]),
        quantity=quantity,
        sign=lambda it: " below" if it < 0 else " none" if it == 0 else "",
        tenfold=f"{np.log(10):.2f}",
    )


def setup() -> str:
    """What the script needs to know of each training, as JSON."""
    return json.dumps(
        {
            it.key: {
                "inputs": it.inputs,
                "targets": it.targets,
                "startWeights": weights_at(it)[0],
                "learningRate": it.learning_rate,
                "slope": it.slope,
                "last": it.last,
                "steps": it.steps,
                "weightUnit": it.weight_unit,
                "decades": it.decades,
                "labels": it.labels,
                "about": charts.about(it),
            }
            for it in PRESETS.values()
        },
        separators=(",", ":"),
    )


def quantity(name: str) -> str:
    """Which quantity a number is one of: what lights up together with it."""
    if name == "error":
        return "mean"  # of the squares; `error-3` is the error of an example
    return re.sub(r"-.*", "", name) if not name.startswith("corner") else name


def _at(preset: Preset, step: int) -> dict[str, float]:
    return values(preset, step, weights_at(preset)[step])


def _number(name: str, value: float) -> _Number:
    return _Number(repr(value), shown(name, value))


def _first(preset: Preset, holds: Callable[[dict[str, float]], bool]) -> int:
    """The first step at which something holds; the step before is one of those looked at, too."""
    step = next(it for it in preset.steps if holds(_at(preset, it)))
    if step - 1 not in preset.steps:
        raise ValueError(f"{preset.key}: whether step {step} is the first cannot be seen")
    return step


def _all_right(numbers: dict[str, float]) -> bool:
    return all(
        (numbers[f"output-{row}"] - 0.5) * (numbers[f"target-{row}"] - 0.5) > 0
        for row in range(1, 5)
    )


def _sure(numbers: dict[str, float]) -> bool:
    return numbers["answer"] > 0.99


def _code() -> str:
    """The two lines with their parts marked."""
    html = re.sub(r"<p:(\w+)>", r'<span data-phase="\1">', _CODE)
    html = re.sub(r"<s:(\w+)>", r'<span data-of="\1">', html)
    html = html.replace("<only>", '<span data-for="step-100" hidden>')
    html = html.replace("<rule>", '<span data-for="original step-100 row-000">')
    return re.sub(r"</(?:p|s|only|rule)>", "</span>", html)
