"""What runs on the forge is safe, as far as zizmor can tell: at its strictest, it finds nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

GITHUB = Path(__file__).parents[2] / ".github"
ZIZMOR = shutil.which("zizmor", path=Path(sys.executable).parent)
CHECKED = ["workflows/ci.yml", "workflows/pages.yml", "workflows/rot.yml", "dependabot.yml"]


def audited(folder):
    """How zizmor ends for a folder, asking nobody, and what it says."""
    options = ["--offline", "--persona=auditor", "--strict-collection", "--color=never"]
    done = subprocess.run(
        [ZIZMOR, *options, "--format=plain", folder], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def copy(tmp_path):
    return Path(shutil.copytree(GITHUB, tmp_path / ".github"))


def test_it_finds_nothing_and_has_looked_at_each_file():
    found, said = audited(GITHUB)
    assert (found, "No findings to report" in said) == (0, True), said
    assert [it for it in CHECKED if f"completed {GITHUB / it}" not in said] == []
    there = [*GITHUB.glob("workflows/*"), GITHUB / "dependabot.yml"]
    assert sorted(CHECKED) == sorted(it.relative_to(GITHUB).as_posix() for it in there)


def test_nothing_that_it_finds_is_waved_through():
    ignored = "zizmor: ignore"
    assert [it for it in CHECKED if ignored in (GITHUB / it).read_text("utf-8")] == []
    assert not [*GITHUB.parent.glob("zizmor.y*ml"), *GITHUB.glob("zizmor.y*ml")]


@pytest.mark.parametrize(
    ("name", "good", "bad", "finding"),
    [
        (
            "workflows/ci.yml",
            "actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97",
            "actions/setup-python@v7",
            "unpinned-uses",
        ),
        ("workflows/ci.yml", "persist-credentials: false", "fetch-depth: 1", "artipacked"),
        (
            "workflows/ci.yml",
            "- run: make test-elsewhere",
            '- run: echo "${{ github.event.pull_request.title }}"',
            "template-injection",
        ),
        ("workflows/rot.yml", "permissions: {}", "permissions: write-all", "excessive-permissions"),
        ("workflows/pages.yml", "concurrency:\n  group: pages\n ", "x:\n ", "concurrency-limits"),
        ("workflows/pages.yml", "permissions: {}", "permissions: {", "failed to load"),
        ("dependabot.yml", "cooldown:\n      default-days: 7", "labels: []", "dependabot-cooldown"),
    ],
)
def test_it_does_refuse_what_is_unsafe(copy, name, good, bad, finding):
    text = (copy / name).read_text("utf-8")
    assert good in text
    (copy / name).write_text(text.replace(good, bad, 1), "utf-8")
    found, said = audited(copy)
    assert found != 0
    assert finding in said, said
