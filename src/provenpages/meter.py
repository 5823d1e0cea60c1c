"""Measure whether the checks bite: let them loose on every mutant, and count who gets away.

An unmutated run has to pass first. Mutants that change nothing that could be wrong are listed
in a file with the reason; such a line is itself an error once its mutant is caught.
"""

from __future__ import annotations

import random
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint
from typing import TYPE_CHECKING

from provenpages import mutants, proof
from provenpages import page as pages
from provenpages.project import constants, elsewhere, installed_programs, modules, mutant_makers
from provenpages.rules import ENOUGH_WORDS
from provenpages.run import PageRun

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from provenpages.mutants import Mutant
    from provenpages.report import Disagreement
    from provenpages.session import Programs


@dataclass
class Tally:
    """How many mutants of each kind were made and caught, and which got away."""

    made: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    survivors: list[Mutant] = field(default_factory=list)
    equivalent: list[Mutant] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """A table by kind, then everything that needs a look."""
        rows = [f"{'':>14} {'made':>6} {'caught':>6} {'same':>6}"]
        same = Counter(it.kind for it in self.equivalent)
        rows += [
            f"{kind:>14} {self.made[kind]:6} {self.caught[kind]:6} {same[kind]:6}"
            for kind in self.made
        ]
        total, caught = self.made.total(), self.caught.total()
        rows.append(f"{'all':>14} {total:6} {caught:6} {same.total():6}")
        rows += [
            f"{it.where}: {it.kind} survives\n  {it.before}\n  {it.after}" for it in self.survivors
        ]
        rows += [f"listed as equivalent, but caught or gone: {line}" for line in self.stale]
        return "\n".join(rows)


def measure(
    root: Path, paths: Sequence[Path], *, sample: int | None = None, seed: int = 0
) -> Tally | list[Disagreement]:
    """Try every mutant of these pages and of the project's pictures.

    Args:
        root: The project's folder.
        paths: The pages.
        sample: How many mutants to try, drawn at random; all if None.
        seed: Where the draw begins.

    Returns:
        The tally, or what is wrong with the unmutated pages: then nothing is measured.
    """
    programs, known, named = installed_programs(root), constants(root), modules(root)
    absent = elsewhere(root)
    runs = [PageRun(pages.read(path), modules=named, elsewhere=absent) for path in paths]
    wrong = [problem for run in runs for problem in _wrong(run, programs)]
    if wrong:
        return wrong
    every = [mutant for run in runs for mutant in mutants.of_page(run, programs, known)]
    for maker in mutant_makers(root):
        every += EntryPoint(name="", value=maker, group="").load()()
    if sample is not None:
        every = random.Random(seed).sample(every, min(sample, len(every)))  # noqa: S311  (no secret)
    shown = {str(path) for path in paths}
    listed = {key: why for key, why in _equivalent(root).items() if key[0] in shown}
    return tally(every, listed, complete=sample is None)


def tally(
    every: Iterable[Mutant], equivalent: dict[tuple[str, str, str], str], *, complete: bool
) -> Tally:
    """Try these mutants.

    Args:
        every: The mutants.
        equivalent: Those that change nothing that could be wrong, with the reason.
        complete: Whether every listed equivalent has to turn up.
    """
    result, seen = Tally(), set()
    for mutant in every:
        result.made[mutant.kind] += 1
        key = (mutant.where.rpartition(":")[0], mutant.before, mutant.after)
        if mutant.caught():
            result.caught[mutant.kind] += 1
        elif key in equivalent:
            result.equivalent.append(mutant)
            seen.add(key)
        else:
            result.survivors.append(mutant)
    if complete:
        result.stale = [f"{it[0]}: {it[1]}" for it in equivalent if it not in seen]
    return result


def _wrong(run: PageRun, programs: Programs) -> Iterator[Disagreement]:
    for chain in run.page.chains:
        for example in chain:
            yield from proof.example_disagreements(run, example)
    yield from proof.number_disagreements(run)
    yield from proof.try_disagreements(run)
    yield from proof.session_disagreements(run.page, programs)
    yield from proof.script_disagreements(run)
    if run.page.formulas:
        yield from proof.formula_disagreements(run)


def _equivalent(root: Path) -> dict[tuple[str, str, str], str]:
    """The listed equivalents: page, line before and line after, and the reason.

    Raises:
        ValueError: A reason of fewer than three words.
    """
    path = root / "equivalent-mutants.toml"
    if not path.is_file():
        return {}
    found = {}
    for group in tomllib.loads(path.read_text("utf-8"))["equivalent"]:
        if len(group["reason"].split()) < ENOUGH_WORDS:
            raise ValueError(f"{path.name}: {group['page']}: say why in a few words")
        for before, after in group["changes"]:
            found[group["page"], before, after] = group["reason"]
    return found
