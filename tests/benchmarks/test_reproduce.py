"""The table of `make reproduce`: whole, worked out rightly, and so on this machine as well."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from pathlib import Path

import numpy as np
import pytest

from provenpages import page as pages

ROOT = Path(__file__).parents[2]
SPEC = importlib.util.spec_from_file_location("repeated", ROOT / "benchmarks" / "reproduce.py")
reproduce = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(reproduce)

TABLE = json.loads((ROOT / "benchmarks" / "reproduce.json").read_text("utf-8"))
RUNS = TABLE["combinations"]
REFERENCE = RUNS[0]
SIZES = {"start weights": 3, "trained weights": 3, "answer": 1, "two layers": 4}
ARTICLE = {  # as the articles print them
    "start weights": ["-0.16595599", "0.44064899", "-0.99977125"],
    "trained weights": ["9.67299303", "-0.20784350", "-4.62963669"],
    "answer": ["0.99993704"],
}


def printed(bits, digits):
    return [f"{reproduce.number(it):.{digits}f}" for it in bits]


def test_every_combination_says_what_computed_which_numbers():
    for run in RUNS:
        assert {name: len(bits) for name, bits in run["bits"].items()} == SIZES
        assert all(re.fullmatch("[0-9a-f]{16}", it) for bits in run["bits"].values() for it in bits)
        assert re.fullmatch(r"\d+\.\d+\.\d+", run["numpy"])
        assert re.fullmatch(r"3\.\d+\.\d+", run["python"])
        assert run["processor"] == "wasm32" or (run["kernel"] and run["threads"] in {1, 2})
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", TABLE["made"])


def test_no_combination_counts_twice_and_there_are_many():
    def what(run):
        how = run.get("kernel"), run.get("threads"), *run["features"]
        return run["numpy"], run["processor"], *how

    assert len({what(run) for run in RUNS}) == len(RUNS) >= 40
    assert len({run["numpy"] for run in RUNS}) >= 5
    assert {run["processor"] for run in RUNS} >= {"wasm32"}
    assert {run["hidden"] for run in RUNS} == {*reproduce.GENERATIONS, ""}


def test_the_numpys_of_the_table_are_those_that_are_locked():
    locked = [(reproduce.LOCKS / f"{it}.txt").read_text("utf-8") for it in reproduce.SERIES]
    versions = {re.match(r"numpy==(\S+)", text)[1] for text in locked}
    native = {run["numpy"] for run in RUNS if run["processor"] != "wasm32"}
    assert native == versions, "run `make reproduce`"


def test_the_reference_is_what_every_processor_of_its_kind_can_repeat():
    oldest = min(tuple(map(int, run["numpy"].split("."))) for run in RUNS)
    assert REFERENCE["numpy"] == ".".join(map(str, oldest))
    assert REFERENCE["features"] == []
    assert (REFERENCE["kernel"], REFERENCE["threads"]) == ("Prescott", 1)


def test_how_far_apart_they_are_is_worked_out_from_the_bits():
    for run in RUNS:
        assert reproduce.compared({**run, "apart": 0, "digits": 0}, REFERENCE) == run


def test_the_digits_of_the_articles_come_out_in_every_combination():
    for run in RUNS:
        assert {name: printed(run["bits"][name], 8) for name in ARTICLE} == ARTICLE


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (1.0, 1.0, 0),
        (1.0, np.nextafter(1.0, 2), 1),
        (-1.0, np.nextafter(-1.0, -2), 1),
        (0.0, -0.0, 0),
        (5e-324, -5e-324, 2),
        (1.0, 2.0, 2**52),
    ],
)
def test_units_in_the_last_place_are_counted(one, other, expected):
    first, second = (np.float64(it).tobytes()[::-1].hex() for it in (one, other))
    assert reproduce.number(first) == one
    assert reproduce.apart(first, second) == reproduce.apart(second, first) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (0.5, 0.5, 16),
        (0.12345, 0.12346, 4),  # with five 0.12345 and 0.12346
        (0.5, -0.5, -1),
        (0.04999, 0.05001, 0),  # 0.0 and 0.1 with one, though with two they are the same
    ],
)
def test_digits_are_the_same_as_far_as_all_shorter_ones_are(one, other, expected):
    first, second = (np.float64(it).tobytes()[::-1].hex() for it in (one, other))
    assert reproduce.digits(first, second) == expected


@pytest.mark.slow
@pytest.mark.parametrize("hidden", [True, False], ids=["plain", "all that it has"])
def test_this_machine_computes_the_reference(hidden):
    this = Path(sys.executable)
    features = reproduce.native(this, {})["features"]
    variables = {"NPY_DISABLE_CPU_FEATURES": " ".join(features)} if hidden else {}
    run = reproduce.compared(reproduce.native(this, variables), REFERENCE)
    assert run["apart"]["start weights"] == [0, 0, 0]
    assert max(run["apart"]["trained weights"] + run["apart"]["answer"]) <= 3
    assert min(run["digits"]["two layers"]) >= 12
    assert run["features"] == ([] if hidden else features)


@pytest.mark.slow
def test_webassembly_computes_the_reference():
    (committed,) = [run for run in RUNS if run["processor"] == "wasm32"]
    assert reproduce.wasm()["bits"] == committed["bits"]


def test_the_page_says_how_many_there_are():
    page = pages.read(ROOT / "docs" / "proof.md")
    shown = [it.shown for it in page.numbers if it.expression == "len(runs)"]
    assert set(shown) == {str(len(RUNS))}


def test_every_expression_of_the_page_that_a_row_shows_is_of_that_row():
    page = pages.read(ROOT / "docs" / "proof.md")
    rows = [re.findall(r"far\('([^']+)'\)", line) for line in page.words if "far('" in line]
    assert [set(row) for row in rows] == [{name} for name in SIZES]
