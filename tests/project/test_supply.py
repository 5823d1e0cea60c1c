"""What comes from elsewhere is what was locked: every installation is held against hashes."""

from __future__ import annotations

import ast
import json
import re
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTHON_LOCKS = {  # and how many packages each holds at least
    "requirements.txt": 60,
    "requirements-elsewhere.txt": 15,
    "requirements-portable.txt": 5,
    "requirements-mutants.txt": 15,
    "requirements-numpy/tools.txt": 10,
    **{
        path.relative_to(ROOT).as_posix(): 1
        for path in (ROOT / "requirements-numpy").glob("[0-9]*.txt")
    },
}
NPM_LOCKS = {"package-lock.json": 40, "benchmarks/lighthouse/package-lock.json": 100}
UNLOCKED = {  # how a command ends that installs something without a hash, and why it may
    "-r requirements-torch.txt": "the file says it: on Linux the index has builds for GPUs alone",
    "install --quiet numpy": "the newest NumPy is not known before it is asked for",
    "install --quiet --pre numpy": "nor is the one to come",
}
SCRIPTS = sorted(
    path
    for folder in ("benchmarks", "src", "tests")
    for path in (ROOT / folder).rglob("*.py")
    if "node_modules" not in path.parts and path != Path(__file__)
)
TEXTS = [
    *(ROOT / "CONTRIBUTING.md", ROOT / ".ci" / "run"),
    *sorted((ROOT / ".github").rglob("*.yml")),
]
BAD_SCRIPTS = {
    'def get(): run(["-m", "pip", "install", "numpy==2.0.2"])': ["get: pip install without hashes"],
    'def get(): run(["pip", "download", "-r", "lock.txt"])': ["get: pip download without hashes"],
    'def pack(): run(["-m", "build"])': ["pack: build fetches what it needs, without hashes"],
    'def get(): run(["-m", "pip", "install", "--require-hashes", "-r", "lock.txt"])': [],
    'def get(): run(["-m", "pip", "install", "--no-index", "our.whl"])': [],
    'def pack(): run(["-m", "build", "--no-isolation"])': [],
}


def unheld(text: str) -> list[str]:
    """The commands in a text that install something that no hash is held against."""
    text = re.sub(r"\\\n\s*", "", text)
    found = []
    for command in re.findall(r"\bpip (?:install|download)\b[^\n;&|`]*", text):
        ours = "--no-deps" in command and command.rstrip().endswith(("-e .", "--editable ."))
        allowed = any(command.rstrip().endswith(it) for it in UNLOCKED)
        if not ("--require-hashes" in command or ours or allowed):
            found.append(command.rstrip())
    for command in re.findall(r"\bnpm\b.*\b(?:ci|install)\b[^\n;&|`]*", text):
        locked = "--ignore-scripts" in command or "--package-lock-only" in command
        if not locked or (re.search(r"\binstall\b", command) and "-lock-only" not in command):
            found.append(command.rstrip())
    found += [it for it in re.findall(r"-m build\b[^\n;&|`]*", text) if "--no-isolation" not in it]
    return found


def unheld_by_script(source: str) -> list[str]:
    """The functions of a Python program that have pip install something without a hash."""
    found = []
    for function in ast.walk(ast.parse(source)):
        if not isinstance(function, ast.FunctionDef):
            continue
        constants = [it for it in ast.walk(function) if isinstance(it, ast.Constant)]
        words = [it.value for it in sorted(constants, key=lambda it: (it.lineno, it.col_offset))]
        what = {"install", "download"} & {*words} if "pip" in words else set()
        if what and not {"--require-hashes", "--no-index"} & {*words}:
            found.append(f"{function.name}: pip {min(what)} without hashes")
        if ("-m", "build") in pairwise(words) and "--no-isolation" not in words:
            found.append(f"{function.name}: build fetches what it needs, without hashes")
    return found


def recipes(*what: str) -> str:
    """What make would do for these targets, with nothing there yet."""
    make = ["make", "--no-print-directory", "--dry-run", "--always-make"]
    done = subprocess.run([*make, *what], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.parametrize(
    "target", sorted(set(re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"))))
)
def test_no_command_of_the_makefile_installs_what_no_hash_is_held_against(target):
    for version in ("2.0", "newest", "pre") if target == "numpy" else ("",):
        commands = recipes(target, *([f"VERSION={version}"] if version else []))
        assert unheld(commands) == []
    if target not in {"help", "clean"}:
        assert "pip install --quiet --require-hashes -r requirements.txt" in commands


def test_numpy_of_each_series_is_held_against_hashes():
    for path in (ROOT / "requirements-numpy").glob("[0-9]*.txt"):
        commands = recipes("numpy", f"VERSION={path.stem}")
        assert f"--require-hashes -r requirements-numpy/{path.name}" in commands
        assert not any(it in commands for it in UNLOCKED)


def test_every_exception_is_made_somewhere():
    made = [recipes("numpy", f"VERSION={it}") for it in ("newest", "pre")]
    lines = re.sub(r"\\\n\s*", "", "\n".join([*made, recipes("test-elsewhere")])).splitlines()
    assert [it for it in UNLOCKED if not any(line.endswith(it) for line in lines)] == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_no_text_or_workflow_installs_what_no_hash_is_held_against(path):
    assert unheld(path.read_text("utf-8")) == []


def test_no_program_installs_what_no_hash_is_held_against():
    found = {path: unheld_by_script(path.read_text("utf-8")) for path in SCRIPTS}
    assert {path: it for path, it in found.items() if it} == {}
    assert {"reproduce.py", "download.py", "test_packaging.py"} <= {path.name for path in found}


@pytest.mark.parametrize(
    "command",
    [
        "python -m pip install uv",
        "python -m pip install --quiet 'numpy==2.0.2' pytest",
        "uv pip install -r requirements.txt",
        "python -m pip install --no-deps firstneuron",
        "python -m pip install --quiet --pre numpy scipy",
        "npm ci",
        "npm install --ignore-scripts katex",
        "python -m build --wheel",
    ],
)
def test_a_command_that_no_hash_is_held_against_is_found(command):
    (found,) = unheld(f"\t@{command}\n")
    assert found in command


@pytest.mark.parametrize(("source", "expected"), BAD_SCRIPTS.items(), ids=str)
def test_a_program_that_no_hash_is_held_against_is_found(source, expected):
    assert unheld_by_script(source) == expected


def test_every_list_of_requirements_is_a_lock_or_says_why_not():
    there = {
        path.relative_to(ROOT).as_posix()
        for path in [*ROOT.glob("requirements*.txt"), *ROOT.glob("requirements-numpy/*.txt")]
    }
    assert there == {*PYTHON_LOCKS, "requirements-torch.txt"}
    assert "no hash" in (ROOT / "requirements-torch.txt").read_text("utf-8")


@pytest.mark.parametrize("name", [*PYTHON_LOCKS, *NPM_LOCKS])
def test_locks_hold_hashes_and_no_download_address(name):
    lock = (ROOT / name).read_text("utf-8")
    options = [line for line in lock.splitlines() if line.startswith("-")]
    addresses = re.findall(r"https?://\S+\.(?:tgz|whl|gz)", lock)
    assert options + addresses == []
    assert '"resolved"' not in lock


@pytest.mark.parametrize(("name", "least"), PYTHON_LOCKS.items())
def test_every_locked_package_of_python_has_a_hash(name, least):
    lock = (ROOT / name).read_text("utf-8")
    packages = re.split(
        r"\n(?=[a-z0-9])", re.sub(r"^\s*#.*\n", "", lock, flags=re.MULTILINE).strip()
    )
    assert len(packages) >= least
    assert [it for it in packages if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", it)] == []


@pytest.mark.parametrize(("name", "least"), NPM_LOCKS.items())
def test_every_locked_package_of_npm_has_a_hash(name, least):
    packages = json.loads((ROOT / name).read_text("utf-8"))["packages"]
    del packages[""]  # what is installed from here
    assert len(packages) >= least
    without = {
        it: about
        for it, about in packages.items()
        if not re.fullmatch(r"sha512-[\w+/]{86}==", about.get("integrity", ""))
    }
    assert without == {}
