"""What `make bench` measures and writes, and that the page is made of it."""

from __future__ import annotations

import datetime as dt
import importlib.util
import inspect
import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from firstneuron import NeuralNetwork
from package.published import SPENCER_HARPER_AFTER, TRASK_WEIGHTS
from provenpages import page as pages

ROOT = Path(__file__).parents[2]
SPEC = importlib.util.spec_from_file_location("speed", ROOT / "benchmarks" / "speed.py")
speed = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(speed)

WRITTEN = json.loads(speed.TABLE.read_text("utf-8"))


def test_the_file_says_when_with_what_and_that_times_are_noisy():
    assert dt.date.fromisoformat(WRITTEN["date"]) >= dt.date(2026, 11, 26)
    assert WRITTEN["versions"].keys() == {"python", "numpy"}
    assert "noisy" in WRITTEN["about"]
    times = [key for row in every_row() for key in row if "seconds" in key]
    assert times
    assert all(key.startswith("noisy ") for key in times)


def every_row():
    yield from WRITTEN["small"].values()
    yield WRITTEN["process"]
    for part in ("batches", "large", "kinds", "growth"):
        yield from WRITTEN[part]


def test_what_was_measured_meets_the_bars():
    bars, small = WRITTEN["bars"], WRITTEN["small"]
    assert bars == speed.BARS
    assert small["nine lines"]["times as fast"] >= bars["nine lines"]
    for layers in ("eleven lines", "class with two layers"):
        assert small[layers]["times as fast"] >= bars["two layers"]
    for row in (*WRITTEN["large"], *WRITTEN["growth"]):
        if row["rows"] * row["columns"] >= 3_000_000:
            assert row["percent more memory"]["firstneuron"] <= bars["percent more memory"]
    for row in WRITTEN["large"]:
        if row["columns"] in (30, 100):
            assert row["times as fast"] >= 1
            if row["order"] == "F":
                assert row["percent of the bandwidth"] >= bars["percent of the bandwidth"]
    assert all(row["times as fast"] >= bars["other numbers"] for row in WRITTEN["kinds"])
    assert WRITTEN["process"]["times import numpy"] <= bars["import numpy"]


def test_every_digit_is_the_loops():
    for name, row in WRITTEN["small"].items():
        assert row["units in the last place"] == (None if name == "with a bias" else 0)


def test_the_loops_are_the_articles_own():
    nine = pages.read(ROOT / "docs" / "nine-lines.md").examples[0].text
    loop = [line.strip() for line in nine.splitlines() if line.startswith("    ")]
    source = [line.strip() for line in inspect.getsource(speed.articles.nine_lines).splitlines()]
    assert len(loop) == 2
    assert set(loop) <= set(source)
    trained = NeuralNetwork()
    trained.train(*[getattr(speed, f"TRAINING_SET_{it}") for it in ("INPUTS", "OUTPUTS")], 10_000)
    np.testing.assert_array_equal(speed.articles.nine_lines(10_000)[0], trained.synaptic_weights)
    for found, printed in zip(speed.articles.two_layers(60_000), SPENCER_HARPER_AFTER, strict=True):
        np.testing.assert_allclose(found, printed, atol=5e-9)
    for found, printed in zip(speed.articles.eleven_lines(60_000), TRASK_WEIGHTS[1], strict=True):
        np.testing.assert_allclose(found, printed, atol=5e-9)


def test_ulps_counts_units_in_the_last_place():
    one = np.array([1.0, -2.0])
    assert speed.ulps([one], [one]) == 0
    assert speed.ulps([one], [np.nextafter(one, 9)]) == 1
    assert speed.ulps([one], [one + 8 * np.spacing(2.0)]) >= 8


def test_turns_alternate_and_do_not_count_the_first():
    done = []
    took = speed.turns(2, lambda: done.append("a"), lambda: done.append("b"))
    assert done == ["a", "b"] * 3
    assert [len(it) for it in took] == [2, 2]
    assert speed.ratio([3, 4, 5], [2, 1, 3]) == 2


def test_extra_memory_sees_an_array():
    assert 8_000_000 <= speed.extra_memory(lambda: np.ones(1_000_000).sum()) < 8_100_000


def test_the_page_shows_every_row():
    shown = (ROOT / "docs" / "speed.md").read_text("utf-8")
    for name in WRITTEN["small"]:
        assert f"small('{name}')" in shown
    for row in WRITTEN["large"]:
        size = f"10**{len(str(row['rows'])) - 1}, {row['columns']}, '{row['order']}'"
        assert f"times({size})" in shown
        assert f"share({size})" in shown
    for row in WRITTEN["batches"]:
        assert f"batch({row['rows']:_})" in shown
    for row in WRITTEN["kinds"]:
        assert f"kind('{row['kind']}')" in shown


@pytest.mark.slow
def test_the_benchmark_runs_and_leaves_the_file_alone():
    before = speed.TABLE.read_bytes()
    run = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "speed.py", "--quick"],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert set(re.findall(r"^(large|kinds|growth) \{", run.stdout, re.MULTILINE)) == {
        *("large", "kinds", "growth")
    }
    assert speed.TABLE.read_bytes() == before
