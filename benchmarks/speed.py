"""How fast is `firstneuron`, beside the articles' own loops?

    make bench                                    # about ten minutes; writes benchmarks/speed.json
    .venv/bin/python benchmarks/speed.py --quick  # some seconds; shows only that it works

Everything is compared in turns with the articles' loops (`benchmarks/speed/articles.py`), in the
same process, so that a slow minute of the machine falls on both; what counts is the median. The
ratios depend little on the machine. The times in milliseconds do, and are marked as noisy.

A product of BLAS leaves its threads awake for a while, waiting for the next one, which would slow
down what comes after it. So there is a pause between turns.
"""

# ruff: noqa: INP001, T201 -- a script that prints

from __future__ import annotations

import argparse
import compileall
import datetime as dt
import json
import os
import platform
import subprocess
import sys
import time
import tracemalloc
import warnings
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "benchmarks" / "speed"))

import articles  # noqa: E402 -- found by the line above

from firstneuron import (  # noqa: E402
    TRAINING_SET_INPUTS,
    TRAINING_SET_OUTPUTS,
    MultiLayerNetwork,
    NeuralNetwork,
    SaturationWarning,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

TABLE = ROOT / "benchmarks" / "speed.json"
PAUSE = 0.1
BARS = {
    "nine lines": 1.9,
    "two layers": 1.8,
    "import numpy": 1.5,
    "other numbers": 3,
    "percent more memory": 5,
    "percent of the bandwidth": 60,
}
SEVEN = [[0, 0, 1], [0, 1, 1], [1, 0, 1], [0, 1, 0], [1, 0, 0], [1, 1, 1], [0, 0, 0]]
SEVEN_TARGETS = [[0], [1], [1], [1], [1], [0], [0]]
FOUR, FOUR_TARGETS = [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], [[0], [1], [1], [0]]

Row = dict[str, Any]


def turns(rounds: int, *acts: Callable[[], object], pause: float = 0.0) -> list[list[float]]:
    """How long each took, in seconds, in each of so many rounds; the first one does not count."""
    took: list[list[float]] = [[] for _ in acts]
    for number in range(rounds + 1):
        for act, times in zip(acts, took, strict=True):
            time.sleep(pause)
            began = time.perf_counter()
            act()
            if number:
                times.append(time.perf_counter() - began)
    return took


def ratio(slow: Sequence[float], fast: Sequence[float]) -> float:
    """How many times as long the one takes, by the medians."""
    return float(f"{median(slow) / median(fast):.3g}")


def ulps(one: Sequence[NDArray[np.float64]], other: Sequence[NDArray[np.float64]]) -> int:
    """The largest distance of two numbers, in units in the last place."""
    pairs = zip(one, other, strict=True)
    return max(
        int((np.abs(a - b) / np.spacing(np.minimum(abs(a), abs(b)))).max()) for a, b in pairs
    )


def small(rounds: int, steps: int) -> dict[str, Row]:
    """The articles' networks on the articles' examples."""

    def one_neuron() -> NeuralNetwork:
        network = NeuralNetwork()
        network.train(TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS, steps)
        return network

    def with_bias() -> None:
        NeuralNetwork(bias=0).train(TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS, steps)

    def layers(inputs: list[list[int]], targets: list[list[int]]) -> MultiLayerNetwork:
        network = MultiLayerNetwork()
        network.train(inputs, targets, steps)
        return network

    acts: list[Callable[[], Any]] = [
        lambda: articles.nine_lines(steps),
        one_neuron,
        with_bias,
        lambda: articles.eleven_lines(steps),
        lambda: layers(FOUR, FOUR_TARGETS),
        lambda: articles.two_layers(steps),
        lambda: layers(SEVEN, SEVEN_TARGETS),
    ]
    nine, ours, biased, eleven, our_eleven, class_, our_class = turns(rounds, *acts)

    def row(theirs: list[float], own: list[float], apart: int | None) -> Row:
        each = {"loop": theirs, "firstneuron": own}
        return {
            "times as fast": ratio(theirs, own),
            "units in the last place": apart,
            "noisy microseconds a step": {
                name: round(median(it) / steps * 1e6, 2) for name, it in each.items()
            },
        }

    return {
        "nine lines": row(nine, ours, ulps(acts[0](), [acts[1]().synaptic_weights])),
        "with a bias": row(nine, biased, None),
        "eleven lines": row(eleven, our_eleven, ulps(acts[3](), acts[4]().synaptic_weights)),
        "class with two layers": row(
            class_, our_class, ulps(acts[5](), acts[6]().synaptic_weights)
        ),
    }


def batches(rows: int, each: int, rounds: int) -> Row:
    """Training in batches of so many rows each, beside the loop on the same batches."""
    inputs, targets = examples(rows, 30)
    cut = [(inputs[at : at + each], targets[at : at + each]) for at in range(0, rows, each)]

    def theirs() -> None:
        weights = np.zeros((30, 1))
        for some, wanted in cut:
            articles.nine_lines(1, some, wanted, weights)

    def ours() -> None:
        NeuralNetwork(number_of_inputs=30, start_weights=np.zeros(30)).train_in_batches(cut)

    loop, own = turns(rounds, theirs, ours, pause=PAUSE)
    return {
        "rows": each,
        "times as fast": ratio(loop, own),
        "noisy microseconds a batch": {
            "loop": float(f"{median(loop) / len(cut) * 1e6:.3g}"),
            "firstneuron": float(f"{median(own) / len(cut) * 1e6:.3g}"),
        },
    }


def process(rounds: int) -> Row:
    """The whole command line, in units of `import numpy`."""
    compileall.compile_dir(ROOT / "src" / "firstneuron", quiet=1)  # as in any installed package
    commands = ["-c", "import numpy"], ["-m", "firstneuron"]

    def run(command: Sequence[str]) -> Callable[[], object]:
        given = [sys.executable, *command]
        return lambda: subprocess.run(given, check=True, stdout=subprocess.DEVNULL)  # noqa: S603

    imports, ours = turns(rounds, *map(run, commands))
    return {
        "times import numpy": ratio(ours, imports),
        "noisy milliseconds": {
            "import numpy": round(median(imports) * 1e3),
            "python -m firstneuron": round(median(ours) * 1e3),
        },
    }


def examples(rows: int, columns: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Small random inputs, so that no number of rows saturates the neuron, and random targets."""
    random = np.random.default_rng(1)
    inputs = random.standard_normal((rows, columns))
    inputs *= 1e-3
    return inputs, random.integers(0, 2, (rows, 1)).astype(float)


def bandwidth(numbers: NDArray[np.float64], rounds: int) -> float:
    """Bytes in a second: the fastest that NumPy reads these numbers, by sum, maximum or product."""
    flat = numbers.ravel(order="K")
    acts = (flat.sum, flat.max, lambda: np.dot(flat, flat))
    return flat.nbytes / min(min(it) for it in turns(rounds, *acts, pause=PAUSE))


def extra_memory(act: Callable[[], object]) -> int:
    """Bytes that are needed at the same time while it runs; NumPy's arrays are counted."""
    tracemalloc.start()
    act()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def large(rows: int, columns: int, order: str, rounds: int, kind: str = "float64") -> Row:
    """One neuron with much data in one memory order, beside the loop of the nine lines."""
    inputs, targets = examples(rows, columns)
    if kind != "float64":
        inputs *= 2000
    given = np.asarray(inputs.astype(kind, copy=False), order=order)
    fast = inputs if order == "C" and kind == "float64" else np.asfortranarray(inputs)
    reading = bandwidth(fast, min(rounds, 3))
    del inputs, fast
    steps = max(5, min(1000, int(2e9 / (rows * columns))))

    def theirs() -> None:
        with np.errstate(over="ignore"):
            articles.nine_lines(steps, given, targets, np.zeros((columns, 1)))

    def ours() -> None:
        network = NeuralNetwork(number_of_inputs=columns, start_weights=np.zeros(columns))
        network.train(given, targets, steps)

    loop, own = turns(rounds, theirs, ours, pause=PAUSE)
    return {
        "rows": rows,
        "columns": columns,
        "order": order,
        "kind": kind,
        "steps": steps,
        "times as fast": ratio(loop, own),
        "percent of the bandwidth": round(
            200 * rows * columns * 8 * steps / median(own) / reading, 1
        ),
        "percent more memory": {
            name: round(100 * extra_memory(act) / given.nbytes, 2)
            for name, act in (("loop", theirs), ("firstneuron", ours))
        },
        "noisy milliseconds a step": {
            "loop": float(f"{median(loop) / steps * 1e3:.3g}"),
            "firstneuron": float(f"{median(own) / steps * 1e3:.3g}"),
        },
    }


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="show only that it works")
    quick = parser.parse_args().quick
    # What is measured is time; what targets at random can teach is nobody's question here.
    warnings.simplefilter("ignore", SaturationWarning)
    rounds = 1 if quick else 9
    if quick:
        sizes, kinds, growth = [(1000, 30)], ["int64"], [100, 1000]
    else:
        sizes = [(10**7, 3), (10**6, 30), (10**6, 100), (10**5, 1000)]
        kinds = ["int64", "uint8", "bool", "float32"]
        growth = [10**3, 10**4, 10**5, 10**6, 8 * 10**6]
    content: Row = {
        "about": "Written by `make bench`. The ratios count; times are noisy.",
        "date": dt.datetime.now(tz=dt.UTC).date().isoformat(),
        "machine": f"{platform.system()}, {platform.machine()}, {os.cpu_count()} cores",
        "versions": {"python": platform.python_version(), "numpy": np.__version__},
        "bars": BARS,
        "small": small(3 * rounds, 100 if quick else 10_000),
        "process": process(2 * rounds),
        "batches": [batches(1000 if quick else 10**6, it, rounds) for it in (100, 1000, 10_000)],
        "large": [],
        "kinds": [],
        "growth": [],
    }
    print(json.dumps(content, indent=1), flush=True)
    several = max(1, rounds // 2)
    plan = [("large", *size, order, "float64") for size in sizes for order in "CF"]
    plan += [("kinds", *sizes[-3 % len(sizes)], "C", kind) for kind in kinds]
    plan += [("growth", rows, 30, "F", "float64") for rows in growth]
    for part, rows, columns, order, kind in plan:
        content[part].append(large(rows, columns, order, several, kind))
        print(part, json.dumps(content[part][-1]), flush=True)
    if not quick:
        TABLE.write_text(json.dumps(content, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
