"""Console sessions: the project's own commands, as a terminal of 80 columns shows them."""

import argparse
import os
import sys
import warnings

import numpy as np
import pytest

from provenpages.page import Command
from provenpages.project import installed_programs
from provenpages.session import CannotRun, run_command


def _echo():
    print(sys.argv)


def _run(text, program=_echo):
    return run_command(Command(1, text, ""), {"echo": program, "python -m echo": program})


def test_a_command_gets_its_arguments_as_from_a_shell():
    assert _run("echo") == "['echo']\n"
    assert _run("echo  a 'b c' \"d\"  # what it does") == "['echo', 'a', 'b c', 'd']\n"
    assert _run("python -m echo x") == "['python -m echo', 'x']\n"


@pytest.mark.parametrize("text", ["echoes", "ls", "", "python", "python -m other", "./echo"])
def test_a_command_that_is_not_ours_is_not_run(text):
    with pytest.raises(CannotRun, match="is none of: echo, python -m echo"):
        _run(text)


def test_what_either_stream_is_told_counts_and_so_does_a_message_at_the_end():
    def program():
        print("out")
        print("err", file=sys.stderr)
        sys.exit("the end")

    assert _run("echo", program) == "out\nerr\nthe end\n"
    assert _run("echo", lambda: "the end") == "the end\n"
    assert _run("echo", lambda: 3) == ""


def test_the_terminal_of_whoever_tests_makes_no_difference(monkeypatch):
    def program():
        parser = argparse.ArgumentParser(prog="echo", description="word " * 40)
        parser.parse_args()

    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("FORCE_COLOR", "1")
    shown = _run("echo --help", program)
    assert 70 < max(map(len, shown.split("\n"))) <= 80
    assert "\x1b" not in shown
    assert os.environ["COLUMNS"] == "200"


def _raises():
    print("so far so good")
    raise TypeError("no")


def _warns():
    warnings.warn("careful", stacklevel=1)


def _overflows():
    np.exp(np.array([1000.0]))


@pytest.mark.parametrize(
    ("program", "message"),
    [
        (_raises, "`echo` raised TypeError: no"),
        (_warns, "`echo` raised UserWarning: careful"),
        (_overflows, "`echo` raised RuntimeWarning: overflow encountered in exp"),
    ],
)
def test_a_command_that_raises_or_warns_shows_nothing(program, message):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(CannotRun, match=message):
            _run("echo", program)


def test_a_command_finds_and_leaves_numpy_as_it_is():
    def program():
        print(np.array([2 / 3]))
        np.set_printoptions(precision=2)

    assert _run("echo", program) == _run("echo", program) == "[0.66666667]\n"


def test_the_programs_are_those_that_the_project_installs(tmp_path):
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nscripts = { a = "os.path:join", b = "os:getcwd" }\n'
    )
    assert installed_programs(tmp_path) == {
        "a": os.path.join,
        "python -m a": os.path.join,
        "b": os.getcwd,
        "python -m b": os.getcwd,
    }
    (tmp_path / "pyproject.toml").write_text("")
    assert installed_programs(tmp_path) == {}
