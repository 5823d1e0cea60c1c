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


@pytest.mark.parametrize("name", ["requirements-elsewhere.txt", "requirements-mutants.txt"])
def test_what_is_locked_twice_has_the_same_version(name):
    one, other = versions("requirements.txt"), versions(name)
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


def oldest_and_all(project):
    """The oldest Python and NumPy that are supported, and every Python that is named."""
    python = re.fullmatch(r">=(3\.\d+)", project["requires-python"])[1]
    (dependency,) = project["dependencies"]
    numpy = re.fullmatch(r"numpy>=(\d+\.\d+)", dependency)[1]
    named = re.findall(r"(?m)Python :: (3\.\d+)$", "\n".join(project["classifiers"]))
    return python, numpy, named


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PYTHON, NUMPY, PYTHONS = oldest_and_all(PROJECT)


def said_otherwise(text):
    """What a text says of the oldest Python or NumPy that is not so."""
    said = re.findall(r"(Python|NumPy) (\d+\.\d+) or newer", text)
    return [it for it in said if it not in {("Python", PYTHON), ("NumPy", NUMPY)}]


def test_the_package_needs_numpy_and_nothing_else():
    assert PROJECT["dependencies"] == [f"numpy>={NUMPY}"]


def test_every_python_from_the_oldest_on_is_named_and_tested():
    minors = [int(it.removeprefix("3.")) for it in PYTHONS]
    assert PYTHONS[0] == PYTHON
    assert minors == list(range(minors[0], minors[-1] + 1))
    ci = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8"))["jobs"]
    assert ci["test"]["strategy"]["matrix"]["python"] == PYTHONS
    makefile = (ROOT / "Makefile").read_text("utf-8")
    searched = re.search(r"for p in python3 (.*) python; do", makefile)[1].split()
    assert searched == [f"python{it}" for it in reversed(PYTHONS)]
    assert set(re.findall(r"version_info < \((\d+), (\d+)\)", makefile)) == {
        tuple(PYTHON.split("."))
    }
    assert set(re.findall(r"--python-version (\S+)", makefile)) == {PYTHON}


def test_the_oldest_numpy_is_tested_with_the_oldest_python_and_the_newest_with_the_newest():
    ci = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8"))["jobs"]
    tried = ci["numpy"]["strategy"]["matrix"]["include"]
    assert tried == [
        {"numpy": NUMPY, "python": PYTHON},
        {"numpy": "newest", "python": PYTHONS[-1]},
    ]
    locked = sorted(path.stem for path in (ROOT / "requirements-numpy").glob("[0-9]*.txt"))
    assert locked[0] == NUMPY


@pytest.mark.parametrize("path", [*TEXTS, ROOT / "Makefile"], ids=lambda path: path.name)
def test_no_text_says_otherwise_what_is_supported(path):
    assert said_otherwise(path.read_text("utf-8")) == []


def test_the_texts_that_people_read_first_say_what_is_supported():
    for name in ("README.md", "CONTRIBUTING.md", "docs/api.md", "Makefile"):
        assert f"Python {PYTHON} or newer" in (ROOT / name).read_text("utf-8")
    for name in ("README.md", "docs/api.md"):
        assert f"NumPy {NUMPY} or newer" in (ROOT / name).read_text("utf-8")


def test_another_range_is_found():
    assert said_otherwise("It needs Python 3.10 or newer, NumPy 2.0 or newer") == [
        ("Python", "3.10")
    ]
    with pytest.raises(TypeError):
        oldest_and_all({"requires-python": ">=3.11,<4", "dependencies": [], "classifiers": []})


def test_the_version_is_the_same_everywhere():
    version = re.search(
        r'__version__ = "(.+)"', (ROOT / "src/firstneuron/__init__.py").read_text()
    )[1]
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))["version"] == version
    assert version in (ROOT / "CHANGELOG.md").read_text("utf-8")
