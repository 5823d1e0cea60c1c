"""`make mutate-package`: what it changes, that the change arrives, and how it judges."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from textwrap import dedent

import pytest

ROOT = Path(__file__).parents[2]
SPEC = importlib.util.spec_from_file_location("changed", ROOT / "benchmarks" / "mutants.py")
mutants = importlib.util.module_from_spec(SPEC)
sys.modules["changed"] = mutants  # where its dataclass looks for it
SPEC.loader.exec_module(mutants)

SAMPLE = dedent(
    """
    from contextlib import contextmanager
    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from typing import (
            Any,
        )

    LIMIT = 3

    def limit(more=1):
        return LIMIT + more

    @contextmanager
    def giving():
        yield 1 + 1

    class Neuron:
        kind = "neuron"

        def __init__(self):
            self.weights = [1.0]

        @property
        def weight(self):
            return self.weights[0]

        @weight.setter
        def weight(self, value):
            self.weights[0] = value

        @classmethod
        def make(cls):
            return cls()
    """
)


@pytest.fixture
def sample(tmp_path, monkeypatch):
    path = tmp_path / "sample_of_mutants.py"
    path.write_text(SAMPLE)
    monkeypatch.syspath_prepend(tmp_path)
    yield importlib.import_module("sample_of_mutants")
    del sys.modules["sample_of_mutants"]


def seen(module):
    neuron = module.Neuron.make()
    neuron.weight = 5.0
    with module.giving() as given:
        return [module.limit(), given, neuron.kind, neuron.weight]


@pytest.mark.parametrize(
    ("function", "before", "after", "expected"),
    [
        ("", "LIMIT = 3", "LIMIT = 4", [5, 2, "neuron", 5.0]),
        ("limit", "LIMIT + more", "LIMIT - more", [2, 2, "neuron", 5.0]),
        ("limit", "more=1", "more=2", [5, 2, "neuron", 5.0]),
        ("giving", "yield 1 + 1", "yield 1 - 1", [4, 0, "neuron", 5.0]),
        ("", '"neuron"', '"NEURON"', [4, 2, "NEURON", 5.0]),
        ("Neuron.weight", "return self.weights[0]", "return None", [4, 2, "neuron", None]),
        ("Neuron.weight", "weights[0] = value", "weights[0] = None", [4, 2, "neuron", None]),
        ("Neuron.__init__", "[1.0]", "[2.0]", [4, 2, "neuron", 5.0]),
    ],
)
def test_a_change_arrives_in_what_was_imported_before(function, before, after, expected, sample):
    assert seen(sample) == [4, 2, "neuron", 5.0]
    source = mutants.bare(SAMPLE).replace(before, after)
    assert source != mutants.bare(SAMPLE)
    mutants.put_in(mutants.Mutant("sample", function, before, after, source), sample, SAMPLE)

    assert seen(sample) == expected


def test_what_is_in_the_way_is_blank_and_every_line_stays_where_it_was():
    before, after = SAMPLE.splitlines(), mutants.bare(SAMPLE).splitlines()

    assert [old for old, new in zip(before, after, strict=True) if old != new] == [
        *("    from typing import (", "        Any,", "    )"),
        *("@contextmanager", "    @property", "    @weight.setter"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("a\nb\nc\n", "a\nx\nc\n", ("b", "x")),
        ("f(\n    1,\n    2,\n)\n", "f(\n    2,\n)\n", ("1,", "")),
        ("a\na\n", "a\na\na\n", ("", "a")),
        ("a\n", "a\n", ("", "")),
    ],
)
def test_a_change_is_shown_by_the_lines_that_differ(before, after, expected):
    assert mutants.difference(before, after) == expected


def survivor(name):
    return mutants.Mutant("rule", "sum_of", name, f"{name}!", "")


@pytest.mark.parametrize(
    ("outcomes", "new", "stale"),
    [
        ({"a": "survived", "b": "survived"}, ["b"], []),
        ({"a": "survived", "b": "caught"}, [], []),
        ({"a": "caught", "b": "caught"}, [], ["a"]),
        ({}, [], ["a"]),
    ],
)
def test_only_what_is_listed_may_survive_and_has_to(outcomes, new, stale):
    reasons = {survivor("a").key: "equal to it", ("start", "x", "y"): "not asked about"}
    found = mutants.judged({survivor(it): how for it, how in outcomes.items()}, reasons, ["rule"])

    assert found == ([survivor(it).key for it in new], [survivor(it).key for it in stale])


GROUP = '[[equivalent]]\nwhere = "rule.sum_of"\nreason = "{}"\nchanges = [["a", "b"]]\n'


def test_a_list_gives_each_change_its_reason(tmp_path):
    path = tmp_path / "list.toml"
    path.write_text(GROUP.format("only speed differs"))

    assert mutants.listed(path) == {("rule.sum_of", "a", "b"): "only speed differs"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GROUP.format("speed"), "say why in a few words"),
        (2 * GROUP.format("only speed differs"), "listed twice"),
    ],
)
def test_a_list_without_reasons_or_with_doubles_is_refused(text, words, tmp_path):
    path = tmp_path / "list.toml"
    path.write_text(text)

    with pytest.raises(ValueError, match=words):
        mutants.listed(path)


def test_the_list_of_this_project_names_functions_that_are_there():
    for where, before, _ in mutants.listed(ROOT / "equivalent-mutants-package.toml"):
        module = where.partition(".")[0]
        assert module in mutants.MODULES
        lines = mutants.bare((ROOT / f"src/firstneuron/{module}.py").read_text("utf-8"))
        assert " ".join(before.split()) in " ".join(lines.split()), f"{where}: gone: {before}"
