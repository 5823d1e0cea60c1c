"""What `make bench-elsewhere` writes, and that the page's table is made of it."""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from provenpages import page as pages
from provenpages import project

ROOT = Path(__file__).parents[2]
SPEC = importlib.util.spec_from_file_location("costs", ROOT / "benchmarks" / "elsewhere.py")
costs = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(costs)

WRITTEN = json.loads(costs.TABLE.read_text("utf-8"))
TIMES = {"import", "run", "whole"}


def test_the_file_has_a_row_for_every_form_with_all_that_is_measured():
    assert list(WRITTEN["rows"]) == list(costs.forms())
    for row in WRITTEN["rows"].values():
        assert row["megabytes"] >= 0
        assert row["times the nine lines"].keys() == row["noisy seconds"].keys() == TIMES
        assert row["noisy seconds"]["run"] > 0


def test_the_nine_lines_are_the_unit():
    assert WRITTEN["rows"][costs.UNIT]["times the nine lines"] == dict.fromkeys(TIMES, 1.0)


def test_the_file_says_when_with_what_and_how_often():
    assert dt.date.fromisoformat(WRITTEN["date"]) >= dt.date(2026, 1, 1)
    assert WRITTEN["rounds"] >= 3
    needed = {it for form in costs.forms().values() for it in form.needs}
    assert WRITTEN["versions"].keys() == {"python", *needed}
    assert "noisy" in WRITTEN["about"]


def test_the_table_on_the_page_shows_every_row():
    page = pages.read(ROOT / "docs" / "elsewhere.md")
    bound = [it.expression for it in page.numbers]
    for name in WRITTEN["rows"]:
        wanted = [f"disk('{name}')", f"times('{name}', 'import')", f"times('{name}', 'run')"]
        assert [it for it in [*wanted, f"seconds('{name}')"] if it not in bound] == []


def test_what_is_measured_is_what_the_pages_show():
    for name, form in costs.forms().items():
        shown = "".join(it.read_text("utf-8") for it in (ROOT / "docs").glob("*.md"))
        assert name == "firstneuron" or form.program in shown


def test_the_median_counts_and_the_ratio_is_to_the_nine_lines():
    took = {
        costs.UNIT: [{"run": 1.0}, {"run": 9.0}, {"run": 2.0}],
        "other": [{"run": 0.1}, {"run": 5.0}, {"run": 123.4}],
    }
    table = costs.table({costs.UNIT: 57_390_000, "other": 0}, took)
    assert table["other"] == {
        "megabytes": 0.0,
        "times the nine lines": {"run": 2.5},
        "noisy seconds": {"run": 5.0},
    }
    assert table[costs.UNIT]["megabytes"] == 57.39


def test_the_size_is_that_of_a_distribution_and_all_that_it_requires():
    alone, package = costs.size(("numpy",)), costs.size(("firstneuron",))
    assert 20e6 < alone < 200e6
    own = sum(it.stat().st_size for it in (ROOT / "src" / "firstneuron").glob("*.py"))
    assert package == alone + own
    assert costs.size(("firstneuron", "numpy")) == package
    assert costs.size(()) == 0


@pytest.mark.parametrize(
    ("name", "program", "said"),
    [
        ("plain Python", "print(1)", "plain Python: 1"),
        ("plain Python", "raise ValueError('no')", "ValueError: no"),
        ("JavaScript", "console.log(1)", "JavaScript: 1"),
        ("JavaScript", "no()", "ReferenceError"),
    ],
)
def test_a_form_that_fails_or_answers_something_else_is_not_measured(tmp_path, name, program, said):
    with pytest.raises(SystemExit, match=re.escape(said)):
        costs.seconds(name, costs.Form(program, "0.99993704"), tmp_path)


def test_imports_are_timed_apart_from_the_rest(tmp_path):
    busy = "import time\nwhile time.process_time() < 0.3:\n    pass\n"
    (tmp_path / "slow.py").write_text(busy, "utf-8")
    took = costs.seconds("any", costs.Form("import slow\nprint(1)\n", "1"), tmp_path)
    assert took["whole"] > took["import"] > 0.1 > took["run"]


@pytest.mark.slow
@pytest.mark.elsewhere
@pytest.mark.skipif(
    bool(project.elsewhere(ROOT).missing()),
    reason="the benchmark needs PyTorch, scikit-learn and Dask: make test-elsewhere",
)
def test_every_form_can_be_measured():
    run = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "elsewhere.py", "--quick"],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert run.returncode == 0, run.stdout + run.stderr
