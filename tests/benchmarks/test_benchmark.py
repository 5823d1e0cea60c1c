"""The benchmark runs. That each block runs once is counted in tests/provenpages."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_the_benchmark_prints_the_ratio_and_the_growth(tmp_path):
    run = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "proof.py", "--quick"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    rows = re.findall(r"^(\S.*?)  +-?\d", run.stdout, re.MULTILINE)
    assert rows == [
        *("blocks as plain scripts", "the whole proof", "(proof - 2 s) / plain", "the bar"),
        *("one chain", "many chains"),
    ]
