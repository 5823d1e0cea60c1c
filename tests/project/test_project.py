"""The project's own files keep their promises."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from provenpages import page as pages

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
TEXTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def runs(node):
    """Every `run:` of a workflow."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "run":
                yield value
            else:
                yield from runs(value)
    elif isinstance(node, list):
        for value in node:
            yield from runs(value)


def test_help_names_every_target():
    shown = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert set(re.findall(r"^  make ([\w-]+)", shown, re.MULTILINE)) == TARGETS


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_make_target_that_a_text_shows_exists(path):
    page = pages.read(path)
    commands = [line.strip() for fence in page.fences for line in fence.text.splitlines()]
    commands += re.findall(r"`([^`\n]+)`", page.text)
    shown = {it.split()[1] for it in commands if re.match(r"make [a-z]", it)}
    assert shown <= TARGETS


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_option_of_the_command_line_that_a_text_shows_exists(path):
    page = pages.read(path)
    commands = [command.text for session in page.sessions for command in session.commands]
    commands += re.findall(r"`(firstneuron [^`\n]+)`", page.text)
    shown = {
        word for it in commands if "firstneuron" in it for word in it.split() if word[:2] == "--"
    }
    usage = subprocess.run(
        [sys.executable, "-m", "firstneuron", "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert shown <= set(re.findall(r"--[\w-]+", usage))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_call_the_same_targets_as_people(path):
    commands = list(runs(yaml.safe_load(path.read_text("utf-8"))))
    called = {target for command in commands for target in re.findall(r"\bmake ([a-z-]+)", command)}
    assert called
    assert called <= TARGETS


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_by_full_hash(path):
    uses = re.findall(r"uses: *(\S+)", path.read_text("utf-8"))
    assert uses
    assert [it for it in uses if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", it)] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_get_no_permission_they_do_not_name(path):
    assert yaml.safe_load(path.read_text("utf-8"))["permissions"] in ({}, {"contents": "read"})


def test_every_job_of_ci_has_to_succeed():
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8"))["jobs"]
    assert set(jobs["green"]["needs"]) == jobs.keys() - {"green"}


def test_what_ci_gives_away_is_what_it_tested():
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8"))["jobs"]
    *_, tested, given = jobs["wheel"]["steps"]
    assert tested == {"run": "make wheel"}
    assert given["uses"].startswith("actions/upload-artifact@")
    assert given["with"]["path"] == "dist/firstneuron-*"


def test_ci_runs_everything():
    assert "make test" in (ROOT / ".ci" / "run").read_text("utf-8")


def versions(name):
    """The versions that a list of requirements pins, by package: one for each Python, perhaps."""
    found = {}
    text = (ROOT / name).read_text("utf-8")
    for package, version in re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE):
        found.setdefault(package, set()).add(version)
    return found


def test_what_is_locked_twice_has_the_same_version():
    one, other = versions("requirements.txt"), versions("requirements-elsewhere.txt")
    assert "numpy" in one.keys() & other.keys()
    assert {it: one[it] for it in one.keys() & other} == {
        it: other[it] for it in one.keys() & other
    }


def test_what_pytorch_needs_is_locked_but_not_pytorch():
    assert list(versions("requirements-torch.txt")) == ["torch"]
    locked = versions("requirements-elsewhere.txt")
    assert {"filelock", "jinja2", "networkx", "sympy", "typing-extensions"} <= locked.keys()
    assert "torch" not in locked


def test_the_receipt_was_written_with_the_versions_that_are_pinned():
    pinned = versions("requirements-elsewhere.txt") | versions("requirements-torch.txt")
    pinned["sklearn"] = pinned["scikit-learn"]
    receipt = json.loads((ROOT / "tests" / "elsewhere" / "receipt.json").read_text("utf-8"))
    assert receipt["versions"].keys() == {"dask", "numpy", "sklearn", "torch"}
    for name, version in receipt["versions"].items():
        assert version in pinned[name], f"run `make test-elsewhere`: {name} was {version}"


def test_the_package_needs_numpy_and_nothing_else():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["dependencies"] == ["numpy>=2.0"]
    assert project["requires-python"] == ">=3.11"


def test_the_version_is_the_same_everywhere():
    version = re.search(
        r'__version__ = "(.+)"', (ROOT / "src/firstneuron/__init__.py").read_text()
    )[1]
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))["version"] == version
    assert version in (ROOT / "CHANGELOG.md").read_text("utf-8")
