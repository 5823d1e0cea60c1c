"""What runs a reader's code: as Python would, and never to the harm of the next run."""

from __future__ import annotations

import ast
import subprocess
import sys
import warnings

import numpy as np
import pytest

from provenpages.in_page import Interpreter, NotSolved


class Reader:
    """Somebody who runs blocks and sees what is printed."""

    def __init__(self, check=None):
        self.shown = []
        self.interpreter = Interpreter(lambda *piece: self.shown.append(piece), check)

    def run(self, source, place="page#block-1", name="block-1.py", **options):
        self.shown.clear()
        return self.interpreter.run(place, source, name, **options)

    @property
    def out(self):
        return "".join(text for stream, text in self.shown if stream == "out")

    @property
    def err(self):
        return "".join(text for stream, text in self.shown if stream == "err")


@pytest.fixture
def reader():
    return Reader()


def test_what_is_printed_is_shown_a_line_at_a_time(reader):
    assert reader.run("print('a', 'b')\nprint('c', end='')\nprint('d')\nprint('e', end='')") == (
        "well",
        "",
        None,
    )
    assert reader.shown == [("out", "a b\n"), ("out", "cd\n"), ("out", "e")]


def test_what_is_flushed_is_shown_at_once(reader):
    reader.run("print('working', end='', flush=True)\nprint(' done')")
    assert reader.shown == [("out", "working"), ("out", " done\n")]


def test_a_line_without_an_end_is_shown_in_parts(reader):
    reader.run("for _ in range(10**4): print('abc', end='')")
    assert reader.out == "abc" * 10**4
    assert 10 < len(reader.shown) < 100


def test_errors_and_warnings_are_told_apart_from_what_is_printed():
    program = """
from provenpages.in_page import Interpreter
shown = []
source = "import sys, warnings\\nprint('ah', file=sys.stderr)\\nwarnings.warn('oh')"
Interpreter(lambda *piece: shown.append(piece)).run("", source, "a.py")
print(shown)
"""  # by itself, since pytest takes warnings for its own
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    warned = "a.py:3: UserWarning: oh\n  warnings.warn('oh')\n"
    assert ast.literal_eval(done.stdout) == [("err", "ah\n"), ("err", warned)]
    assert done.stderr == ""


def test_blocks_of_one_place_share_their_names_and_others_do_not(reader):
    reader.run("x = 1", "one")
    reader.run("print(x)", "one")
    assert reader.out == "1\n"
    assert reader.run("print(x)", "two").ended == "error"
    assert reader.run("print(x)", "one", afresh=True).ended == "error"
    assert reader.err.endswith("NameError: name 'x' is not defined\n")


def test_settings_and_random_numbers_stay_where_they_were_set(reader):
    reader.run("import numpy as np\nnp.set_printoptions(precision=1)\nnp.random.seed(1)", "one")
    reader.run("import numpy as np\nprint(np.array([1 / 3]))", "two")
    assert reader.out == "[0.33333333]\n"
    reader.run("print(np.array([1 / 3]), np.random.random())", "one")
    assert reader.out == f"[0.3] {np.random.RandomState(1).random_sample()}\n"


def test_a_traceback_is_pythons_without_the_inside_of_libraries(reader):
    reader.run("import numpy as np\ndef f():\n    return np.linalg.inv([[1, 2]])\n")
    assert reader.run("f()", name="block-2.py").ended == "error"
    *lines, last = reader.err.splitlines()
    assert [line for line in lines if "^" not in line and "~" not in line] == [
        "Traceback (most recent call last):",
        '  File "block-2.py", line 1, in <module>',
        "    f()",
        '  File "block-1.py", line 3, in f',
        "    return np.linalg.inv([[1, 2]])",
    ]
    assert last.startswith("numpy.linalg.LinAlgError: Last 2 dimensions")


def test_causes_and_groups_of_errors_are_trimmed_too(reader):
    source = """
import json
try:
    json.loads("{")
except ValueError as error:
    raise ExceptionGroup("both", [error, KeyError("k")]) from error
"""
    reader.run(source)
    assert reader.err.count("Traceback") >= 2
    assert 'File "block-1.py", line 4' in reader.err
    assert "json/" not in reader.err
    assert "in_page" not in reader.err


def test_a_syntax_error_shows_its_place(reader):
    assert reader.run("x = (").ended == "error"
    assert reader.err.startswith('  File "block-1.py", line 1\n    x = (\n')
    assert "was never closed" in reader.err


@pytest.mark.parametrize(
    ("source", "ended", "message", "err"),
    [
        ("raise SystemExit", "exit", "", ""),
        ("import sys; sys.exit(0)", "exit", "", ""),
        ("import sys; sys.exit(3)", "error", "it ended itself with status 3", ""),
        ("import sys; sys.exit('bye')", "error", "it ended itself with status 1", "bye\n"),
        ("raise SystemExit(True)", "error", "it ended itself with status 1", ""),
        (
            "class Bad:\n    def __str__(self): 1 / 0\nraise SystemExit(Bad())",
            "error",
            "it ended itself with status 1",
            "",
        ),
    ],
)
def test_a_program_may_end_itself(reader, source, ended, message, err):
    assert reader.run(source) == (ended, message, None)
    assert reader.err == err


@pytest.mark.parametrize(
    "source", ["input('name? ')", "import sys; sys.stdin.read()", "import sys; next(sys.stdin)"]
)
def test_whoever_asks_for_input_is_told_that_nobody_can_type(reader, source):
    assert reader.run(source).ended == "error"
    assert "EOFError: nobody can type an answer to input() here" in reader.err


def test_what_is_not_here_is_said(reader):
    outcome = reader.run("import no_such_module")
    assert outcome.ended == "error"
    assert "has NumPy, firstneuron and Python's own library" in outcome.message
    assert reader.run("import numpy; numpy.ones((10**7, 10**7))").message.startswith("there is not")


@pytest.mark.parametrize(
    "harm",
    [
        "import sys; sys.stdout = sys.stderr = None",
        "import sys; sys.stdout.close()",
        "import sys; sys.stdin.close()",
        "del print",
        "def f(): f()\nf()",
        "import warnings; warnings.simplefilter('error')",
        "import numpy; numpy.seterr(under='raise')",
        "__name__ = 1",
        "globals().clear()",
        "raise BaseException('odd')",
        "raise GeneratorExit",
        "raise KeyboardInterrupt",
        "class Odd(Exception):\n    def __str__(self): 1 / 0\nraise Odd",
        "print('\\ud800')",
        "x = '\0'",
    ],
)
def test_the_next_run_works_whatever_happened(reader, harm):
    reader.run(harm)
    reader.run("import numpy as np\nprint(np.float64(1e-300) * 1e-300)", "next")  # an underflow
    assert reader.out == "0.0\n"


def test_a_logger_that_kept_the_screen_goes_on_printing_there(reader):
    reader.run("import logging, sys\nlog = logging.Logger('own')")
    reader.run("log.addHandler(logging.StreamHandler(sys.stdout))")
    reader.run("log.warning('careful')")
    assert reader.out == "careful\n"


def test_what_is_no_text_cannot_be_written(reader):
    assert reader.run("import sys; sys.stdout.write(b'bytes')").ended == "error"
    assert "TypeError: write() argument must be str, not bytes" in reader.err


def test_it_leaves_no_trace_outside():
    before = np.get_printoptions(), np.geterr(), warnings.filters[:]
    Reader().run("import numpy as np\nnp.set_printoptions(precision=1)\nnp.seterr(all='raise')")
    assert (np.get_printoptions(), np.geterr(), warnings.filters[:]) == before


# ---- exercises


def answer_is_42(exercise, names):
    assert exercise == "answer"
    right = names["answer"]() == 42
    if not right:
        raise NotSolved("not that one")
    return "well done"


def test_an_exercise_is_checked_after_a_run_that_ended_well():
    reader = Reader(answer_is_42)
    wrong = reader.run("def answer(): return 41", exercise="answer")
    assert wrong.feedback == (False, "not that one", "")
    right = reader.run("def answer(): return 42", exercise="answer")
    assert right.feedback == (True, "well done", "")
    assert reader.run("def answer(): return 42").feedback is None
    assert reader.run("1 / 0", exercise="answer").feedback is None


def test_an_error_in_the_readers_own_function_is_shown_as_pythons():
    reader = Reader(answer_is_42)
    outcome = reader.run("def answer():\n    return 1 / 0\n", exercise="answer")
    assert outcome.ended == "well"
    assert not outcome.feedback.solved
    assert outcome.feedback.error == (
        "Traceback (most recent call last):\n"
        '  File "block-1.py", line 2, in answer\n'
        "    return 1 / 0\n"
        "           ~~^~~\n"
        "ZeroDivisionError: division by zero\n"
    )
