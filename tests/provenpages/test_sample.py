"""The sample project of the page "Prove your own docs": it passes, and each slip fails."""

import ast
import inspect
import os
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import provenpages
from provenpages import page as pages
from provenpages import proof, rules
from provenpages.run import PageRun
from provenpages.session import CannotRun, run_command

ROOT = Path(__file__).parents[2]
SAMPLE = Path(__file__).parent / "sample"
FILES = sorted(it.relative_to(SAMPLE).as_posix() for it in SAMPLE.rglob("*") if it.is_file())
PAGE = pages.read(ROOT / "docs" / "prove-your-own.md")
TITLED = {it.options["title"]: it.text for it in PAGE.fences if "title" in it.options}
INDEX = "docs/index.md"
PLUGIN = "provenpages.pytest_plugin"

NESTED = """\
    ```{.python continuation}
    print(fahrenheit(-40))
    ```

    ```output
    -40.0
    ```
"""

SLIPS = {
    "output digit": ("20 68.0\n", "20 86.0\n"),
    "bound number": ("`100.4`", "`100.9`"),
    "formula sign": ("C + 32", "C - 32"),
    "console output": ("is 98.6", "is 98.5"),
    "unbound number": ('`100.4`{ data-is="fahrenheit(38)" }', "100.4"),
    "constant elsewhere": ("described in 1724", "described before 1724"),
    "nested block without a fence": (NESTED, "        print(fahrenheit(-40))\n"),
    "nested block not run": (NESTED, "    ```{.python notest}\n    1 / 0\n    ```\n"),
    "unknown language": ("```bash", "```rust"),
}
SHOWN = ("output digit", "bound number", "formula sign")  # on the page, in this order


def copied(root):
    """The sample with the tool beside it, as the page says to copy it."""
    shutil.copytree(SAMPLE, root)
    ignored = shutil.ignore_patterns("site", "__pycache__")
    shutil.copytree(Path(provenpages.__file__).parent, root / "provenpages", ignore=ignored)
    return root


def run(project, module, *options):
    # In CI pytest words its summary at length, and to update is refused.
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    return subprocess.run(
        [sys.executable, "-m", module, *options],
        cwd=project,
        env=environment | {"PYTHONDONTWRITEBYTECODE": "1", "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def session(project, *options):
    return run(project, "pytest", "-q", "--color=no", "-p", "no:cacheprovider", *options)


def with_slips(text, *names):
    for name in names:
        old, new = SLIPS[name]
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


def reports(failed, path):
    """What a failed session says of the page at `path`, report by report."""
    assert failed.returncode == 1, failed.stdout + failed.stderr
    lines = re.sub(r"^(?:[=_]{3,} .*|FAILED .*)$", "\n", failed.stdout, flags=re.MULTILINE)
    return [it.strip("\n") for it in lines.split("\n\n") if it.lstrip("\n").startswith(path)]


@pytest.mark.slow
def test_the_sample_passes_and_uses_the_copy_beside_it(tmp_path):
    project = copied(tmp_path / "degrees")
    passed = session(project)
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert "6 passed" in passed.stdout
    (project / "provenpages" / "pytest_plugin.py").unlink()
    assert "No module named" in session(project).stderr


@pytest.fixture(scope="module")
def failed(tmp_path_factory):
    """A session over copies of the page, each with one slip, and one with all that are shown."""
    project = copied(tmp_path_factory.mktemp("sample") / "degrees")
    text = (project / INDEX).read_text("utf-8")
    for number, name in enumerate(SLIPS):
        (project / "docs" / f"slip{number}.md").write_text(with_slips(text, name), "utf-8")
    (project / INDEX).write_text(with_slips(text, *SHOWN), "utf-8")
    return session(project)


@pytest.mark.slow
@pytest.mark.parametrize("name", SLIPS)
def test_each_slip_fails_by_itself_with_page_and_line(failed, name):
    path = f"docs/slip{[*SLIPS].index(name)}.md"
    text = (SAMPLE / INDEX).read_text("utf-8")
    line = text[: text.index(SLIPS[name][0])].count("\n") + 1
    assert [it.partition(": ")[0] for it in reports(failed, path)] == [f"{path}:{line}"]


@pytest.mark.slow
def test_the_page_shows_what_a_failure_looks_like(failed):
    shown = next(it.text for it in PAGE.fences if it.language == "text")
    assert "\n\n".join(reports(failed, INDEX)) + "\n" == shown


@pytest.mark.slow
def test_what_has_changed_is_brought_up_to_date(tmp_path):
    project = copied(tmp_path / "degrees")
    text = (project / INDEX).read_text("utf-8")
    changed = with_slips(text, "output digit", "bound number", "console output")
    (project / INDEX).write_text(changed, "utf-8")
    update = run(project, "provenpages", "update", "--yes", "docs")
    assert update.returncode == 0, update.stderr
    assert (project / INDEX).read_text("utf-8") == text


@pytest.mark.slow
def test_the_checks_notice_every_change_of_the_page(tmp_path):
    mutate = run(copied(tmp_path / "degrees"), "provenpages", "mutate", "docs")
    assert mutate.returncode == 0, mutate.stdout + mutate.stderr
    _, made, caught, _ = mutate.stdout.splitlines()[-1].split()
    assert int(caught) == int(made) > 30


@pytest.mark.slow
def test_switched_off_nothing_is_compared(tmp_path):
    project = copied(tmp_path / "degrees")
    text = (project / INDEX).read_text("utf-8")
    (project / INDEX).write_text(with_slips(text, *SHOWN), "utf-8")
    off = session(project, "-p", f"no:{PLUGIN}")
    assert off.returncode == 0, off.stdout + off.stderr
    assert "1 passed" in off.stdout
    assert f"pytest -p no:{PLUGIN}" in PAGE.text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('["bash"]', '"bash"', "languages: needs a list of names"),
        ('"in 1724"', '"in spring"', "constant 'in spring': needs a number"),
    ],
)
def test_a_mistake_in_the_settings_is_told_in_a_sentence(tmp_path, old, new, message):
    project = copied(tmp_path / "degrees")
    pyproject = project / "pyproject.toml"
    pyproject.write_text(pyproject.read_text("utf-8").replace(old, new), "utf-8")
    refused = session(project)
    assert refused.returncode == pytest.ExitCode.USAGE_ERROR
    assert refused.stderr.strip().startswith(f"ERROR: pyproject.toml: {message}")


def test_without_any_program_a_session_is_told_so():
    (command,) = pages.parse("```console\n$ ls\n```\n", Path("page.md")).sessions[0].commands
    with pytest.raises(CannotRun, match="`ls` is none of: no programs"):
        run_command(command, {})


def test_facts_that_fail_do_not_matter_to_a_page_without_formulas():
    page = pages.parse("---\nfacts: 1 / 0\n---\n", Path("page.md"))
    assert list(proof.formula_disagreements(PageRun(page))) == []


def test_the_page_shows_every_file_of_the_sample_as_it_is():
    assert sorted(TITLED) == FILES
    for name, text in TITLED.items():
        assert text == (SAMPLE / name).read_text("utf-8")


def test_the_page_names_what_has_to_be_installed():
    (command,) = re.findall("^pip install (.*)$", PAGE.text, re.MULTILINE)
    modules = {
        name.partition(".")[0]
        for path in Path(provenpages.__file__).parent.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for name in _imported(node)
    }
    foreign = modules - sys.stdlib_module_names - {"provenpages"}
    names = {"yaml": "pyyaml", "markdown_it": "markdown-it-py"}
    needed = {names.get(module, module.replace("_", "-")) for module in foreign}
    assert "pymdownx." in TITLED["mkdocs.yml"]
    assert set(command.split()) == needed | {"pymdown-extensions"}


def _imported(node):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def test_the_page_documents_the_interface_as_it_is():
    calls = re.findall(r"^\| `([\w.]+)\(([\w, ]*)\)(?:\.(\w+)\((\w*)\))?`", PAGE.text, re.MULTILINE)
    for path, parameters, method, further in calls:
        module, _, name = path.rpartition(".")
        function = getattr(import_module(module), name)
        told = parameters.split(", ")
        every = inspect.signature(function).parameters
        assert list(every)[: len(told)] == told
        assert all(every[it].default is not inspect.Parameter.empty for it in [*every][len(told) :])
        if method:
            assert list(inspect.signature(getattr(function, method)).parameters)[1:] == [further]
    documented = {path.removeprefix("provenpages.proof.") for path, *_ in calls}
    assert {name for name in vars(proof) if name.endswith("_disagreements")} <= documented


def test_the_page_names_what_a_page_and_a_run_hold():
    (row,) = re.findall(r"^\| `provenpages.page.read.*$", PAGE.text, re.MULTILINE)
    for name in re.findall(r"`([a-z]+)`", row.rpartition("| a `Page`")[2]):
        assert hasattr(PAGE, name)
    (row,) = re.findall(r"^\| `provenpages.run.PageRun.*$", PAGE.text, re.MULTILINE)
    for name in re.findall(r"`([a-z]+)\(", row):
        assert hasattr(PageRun, name)


def test_the_page_names_every_option_of_a_block():
    said = PAGE.text.partition("nothing may stand beside the language but ")[2].partition(".")[0]
    assert set(re.findall(r"`(\w+)`", said)) == rules.OPTIONS
