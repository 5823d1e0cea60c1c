"""What does it cost to prove the site, and how does that grow with the number of blocks?

    .venv/bin/python benchmarks/proof.py           # several minutes
    .venv/bin/python benchmarks/proof.py --quick   # some seconds; shows only that it works

The bar: the whole proof costs at most 1.5 times running the site's blocks once as plain
scripts, plus two seconds; and its time grows linearly with the number of blocks.

*Plain* is every chain of blocks as a script of its own, with names of its own, all of them in
one process. The proof is one process, too, so both start Python and import NumPy once: a
process for each chain would pay for that some thirty times over and flatter the proof. What is
printed is thrown away by both. The pages' `facts`, numbers, formulas and sessions are no part
of plain: they are what the proof adds.

Times are noisy on a machine that does other things, too. Noise only ever adds, so the least of
several times is the best guess; but the allowance of two seconds is worth more on a faster one.
"""

# ruff: noqa: INP001, T201 -- a script that prints

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

from provenpages import page as pages

ROOT = Path(__file__).resolve().parents[1]
BAR, ALLOWANCE = 1.5, 2.0

PLAIN = "import runpy, sys\nfor it in sys.argv[1:]: runpy.run_path(it, run_name='__main__')"
PROOF = ["-m", "pytest", "-q"]
STOCK = [*PROOF, "-p", "no:provenpages.pytest_plugin"]  # pytest-markdown-docs on its own

PYPROJECT = """\
[tool.pytest.ini_options]
addopts = [
  "-p", "provenpages.pytest_plugin",
  "--markdown-docs",
  "--markdown-docs-syntax=superfences",
]
"""
MKDOCS_YML = """\
site_name: Benchmark
plugins: []
markdown_extensions:
  - attr_list
  - pymdownx.highlight: { pygments_lang_class: true }
  - pymdownx.superfences
"""


class Cost(NamedTuple):
    """What a process cost, in seconds."""

    wall: float
    cpu: float


def cost(arguments: list[str], folder: Path, limit: float | None = None) -> Cost:
    """What Python costs with these arguments.

    Raises:
        SystemExit: It failed, so that its time means nothing.
        TimeoutExpired: It had not ended after `limit` seconds.
    """
    before, start = os.times(), time.perf_counter()
    done = subprocess.run(  # noqa: S603  (commands of this file)
        [sys.executable, *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        timeout=limit,
    )
    wall, after = time.perf_counter() - start, os.times()
    if done.returncode:
        raise SystemExit(f"{done.stdout}\nfailed: python {' '.join(arguments)[:200]}")
    user = after.children_user - before.children_user
    return Cost(wall, user + after.children_system - before.children_system)


def site(paths: list[str], rounds: int, folder: Path) -> None:
    """Print what proving the pages costs, beside their blocks as plain scripts."""
    files = [it for path in paths for it in sorted((ROOT / path).rglob("*.md")) or [ROOT / path]]
    chains = [chain for file in files for chain in pages.read(file).chains]
    scripts = [folder / f"chain{number}.py" for number in range(len(chains))]
    for script, chain in zip(scripts, chains, strict=True):
        script.write_text("\n".join(example.text for example in chain), "utf-8")
    commands = ["-c", PLAIN, *map(str, scripts)], [*PROOF, *paths]
    # In turns, so that a slow minute of the machine falls on both.
    turns = [[cost(command, ROOT) for command in commands] for _ in range(rounds)]
    columns = []
    for typical in (median, min):
        for kind in range(len(Cost._fields)):
            plain, proof = (typical(turn[which][kind] for turn in turns) for which in (0, 1))
            columns.append((plain, proof, (proof - ALLOWANCE) / plain))
    blocks = sum(map(len, chains))
    print(f"{blocks} blocks in {len(chains)} chains on {len(files)} pages; rounds: {rounds}")
    print(
        f"{'seconds':<24}{'median wall':>12}{'median CPU':>12}{'least wall':>12}{'least CPU':>12}"
    )
    names = "blocks as plain scripts", "the whole proof", "(proof - 2 s) / plain"
    for name, row in zip(names, zip(*columns, strict=True), strict=True):
        print(f"{name:<24}" + "".join(f"{number:12.2f}" for number in row))
    print(f"{'the bar':<24}" + f"{BAR:12.2f}" * len(columns) + "\n", flush=True)


def page_of(blocks: int, *, one_chain: bool) -> str:
    """A page of trivial blocks, each with an output."""
    fence, code = ("{.python continuation}", "n += 1") if one_chain else ("python", "n = {}")
    numbered = [("python", "n = 0"), *[(fence, code.format(n)) for n in range(1, blocks)]]
    return "\n".join(
        f"```{opening}\n{first}\nprint(n)\n```\n\n```output\n{n}\n```\n"
        for n, (opening, first) in enumerate(numbered)
    )


def growth(sizes: list[int], rounds: int, limit: float, folder: Path) -> None:
    """Print what proving pages of so many blocks costs, beside pytest-markdown-docs alone.

    That one compares no output. For each block of a chain it runs all those above it again.
    """
    (folder / "docs").mkdir()
    (folder / "pyproject.toml").write_text(PYPROJECT, "utf-8")
    (folder / "mkdocs.yml").write_text(MKDOCS_YML, "utf-8")
    print(f"One page of trivial blocks: least CPU time of {rounds}. *Each more* is what a block")
    print("adds to the row above: the same in every row, if the growth is linear. Beside it")
    print(f"pytest-markdown-docs without us: once, and stopped after {limit:.0f} s.")
    print(f"{'':<12}{'blocks':>8}{'proof':>10}{'per block':>12}{'each more':>12}{'stock':>10}")
    for one_chain in (True, False):
        previous = None
        for blocks in sizes:
            (folder / "docs" / "page.md").write_text(page_of(blocks, one_chain=one_chain), "utf-8")
            proof = min(cost([*PROOF, "docs"], folder).cpu for _ in range(rounds))
            more = ""
            if previous:
                more = f"{(proof - previous[1]) / (blocks - previous[0]) * 1000:.2f} ms"
            previous = blocks, proof
            try:
                stock = f"{cost([*STOCK, 'docs'], folder, limit).cpu:.2f} s"
            except subprocess.TimeoutExpired:
                stock = f"> {limit:.0f} s"
            name = "one chain" if one_chain else "many chains"
            each = f"{proof / blocks * 1000:.2f} ms"
            print(f"{name:<12}{blocks:8}{proof:8.2f} s{each:>12}{more:>12}{stock:>10}", flush=True)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Measure what it costs to prove the site.")
    parser.add_argument("--quick", action="store_true", help="show only that it works")
    quick = parser.parse_args().quick
    print("Times are noisy: compare those of one run with each other, and with no others.\n")
    with tempfile.TemporaryDirectory() as scripts, tempfile.TemporaryDirectory() as project:
        if quick:
            site(["README.md"], 1, Path(scripts))
            growth([3], 1, 10, Path(project))
        else:
            site(["docs", "README.md"], 9, Path(scripts))
            growth([10, 100, 1000, 3000], 3, 100, Path(project))  # 3000 shows what 1000 hides


if __name__ == "__main__":
    main()
