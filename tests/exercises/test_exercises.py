"""What readers write, right, wrong and worse, put to the checks as it is in their page.

The model solutions are those of the pages. Other attempts lie in the folders beside this file. A
wrong one says in its first line what its reader has to be told.
"""

from __future__ import annotations

import ast
import re
import warnings
from itertools import product
from pathlib import Path

import numpy as np
import pytest

import exercises
from exercises import bias, hidden_deltas, one_step
from firstneuron import (
    TRAINING_SET_INPUTS,
    TRAINING_SET_OUTPUTS,
    NeuralNetwork,
    half_squared_error,
    sigmoid,
)
from provenpages import page as pages
from provenpages.in_page import Interpreter

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PAGES = [pages.read(path) for path in sorted((ROOT / "docs").glob("*.md"))]
STARTERS = {it.exercise: it for page in PAGES for it in page.examples if it.exercise}
SOLUTIONS = {
    starter.exercise: solution
    for page in PAGES
    for starter, solution in zip(page.examples, page.examples[1:], strict=False)
    if starter.exercise
}
RIGHT = sorted(HERE.glob("*/right_*.py"))
WRONG = sorted({*HERE.glob("*/*.py")} - {*RIGHT})
FUNCTIONS = {
    "bias": "train",
    "hidden_deltas": "hidden_deltas",
    "one_step": "step",
    "slope": "slope_at",
}
NAMES = ("training_set_inputs", "training_set_outputs", "synaptic_weights", "answer")


class Attempt:
    """What came of running the code in a page, as an exercise."""

    def __init__(self, exercise, code):
        self.printed, self.errors = "", ""
        interpreter = Interpreter(self._show, exercises.check)
        self.outcome = interpreter.run("place", code, "block-1.py", exercise=exercise)
        self.feedback = self.outcome.feedback
        self.interpreter = interpreter

    def _show(self, stream, text):
        if stream == "out":
            self.printed += text
        else:
            self.errors += text

    @property
    def told(self):
        """All that the reader is told, beside what the code prints."""
        return self.errors + (self.feedback.error + self.feedback.text if self.feedback else "")


def wrong_ones(exercise):
    return [path for path in WRONG if path.parent.name == exercise]


def words_for(path):
    return path.read_text("utf-8").partition("\n")[0].removeprefix("# ")


def name_of(path):
    return f"{path.parent.name}/{path.stem}"


def test_every_exercise_of_a_page_is_checked_and_every_check_has_a_page():
    modules = {path.stem for path in (ROOT / "src" / "exercises").glob("[a-z]*.py")}
    assert set(STARTERS) == modules
    assert {path.parent.name for path in WRONG} == modules


def test_each_exercise_stands_on_one_page_once_and_begins_afresh():
    named = [it for page in PAGES for it in page.examples if it.exercise]
    assert len(named) == len(STARTERS)
    assert not any(it.continues for it in [*named, *SOLUTIONS.values()])


@pytest.mark.parametrize("exercise", STARTERS)
def test_what_the_page_begins_with_runs_and_is_not_solved_yet(exercise):
    attempt = Attempt(exercise, STARTERS[exercise].text)
    assert attempt.outcome.ended == "well"
    assert attempt.printed == STARTERS[exercise].output.text
    assert not attempt.feedback.solved
    assert not attempt.feedback.error


@pytest.mark.parametrize("exercise", STARTERS)
def test_the_solution_of_the_page_is_right(exercise):
    attempt = Attempt(exercise, SOLUTIONS[exercise].text)
    assert attempt.feedback.solved, attempt.told


@pytest.mark.parametrize("path", RIGHT, ids=name_of)
def test_another_way_of_being_right_is_right(path):
    attempt = Attempt(path.parent.name, path.read_text("utf-8"))
    assert attempt.feedback.solved, attempt.told


@pytest.mark.parametrize("path", WRONG, ids=name_of)
def test_a_wrong_one_is_told_what_is_wrong(path):
    attempt = Attempt(path.parent.name, path.read_text("utf-8"))
    assert not (attempt.feedback and attempt.feedback.solved)
    assert words_for(path) in attempt.told


@pytest.mark.parametrize("exercise", STARTERS)
def test_no_wrong_one_is_told_what_is_meant_for_another(exercise):
    for path in wrong_ones(exercise):
        told = Attempt(exercise, path.read_text("utf-8")).told
        others = {words_for(other) for other in wrong_ones(exercise)} - {words_for(path)}
        assert [words for words in others if words in told] == [], path.stem


HOSTILE_VALUES = [
    *("None", "...", "'0.25'", "b'1'", "1j", "10**400", "[]", "{}", "set()", "object()", "print"),
    *("[1, [2]]", "float('nan')", "[float('inf')]", "(i for i in [1])", "type('', (), {})()"),
    *("np.array('x')", "np.zeros((0, 3))", "np.zeros((2, 3, 4))", "np.array([None])", "True"),
    *("np.ma.masked", "np.datetime64('2015')", "Unwilling()", "Leaving()", "Liar()", "1e308"),
]
HOSTILE_CLASSES = """
import numpy as np

class Unwilling:
    def __array__(self, *_, **__): raise RuntimeError("no array")
    def __repr__(self): raise RuntimeError("no text")
    def __eq__(self, other): raise RuntimeError("no comparison")

class Leaving:
    def __array__(self, *_, **__): raise SystemExit(3)

class Liar:
    __class__ = float
    __signature__ = "(z)"
    def __len__(self): return -1
    def __getitem__(self, index): return self
    def __call__(self, *_): return self
"""
HOSTILE_BODIES = [
    *("raise SystemExit", "exit('bye')", "raise BaseException('odd')", "return function(*given)"),
    *("raise StopIteration", "yield 1", "input('z? ')", "return given", "del given[0]", "1 / 0"),
    *("import nothing_of_this_name", "return open('/no/such/file')", "globals().clear()"),
    *("np.seterr(all='raise'); return np.exp(1e3)", "import warnings; warnings.warn('!'); return"),
    *(
        "given[0].resize(0, refcheck=False)",
        "raise ExceptionGroup('two', [ValueError(), OSError()])",
    ),
]


def is_refused(attempt):
    return attempt.outcome.ended == "well" and not attempt.feedback.solved and attempt.feedback.text


@pytest.mark.parametrize("exercise", FUNCTIONS)
@pytest.mark.parametrize("value", HOSTILE_VALUES)
def test_no_value_breaks_a_check(exercise, value):
    name = FUNCTIONS[exercise]
    assert is_refused(Attempt(exercise, f"{HOSTILE_CLASSES}\n{name} = {value}"))
    given_back = f"{HOSTILE_CLASSES}\ndef {name}(*given):\n    return {value}"
    assert is_refused(Attempt(exercise, given_back))


@pytest.mark.parametrize("exercise", FUNCTIONS)
@pytest.mark.parametrize("body", HOSTILE_BODIES)
def test_no_function_breaks_a_check(exercise, body):
    name = FUNCTIONS[exercise]
    code = f"import numpy as np\ndef {name}(*given):\n    {body}\nfunction = {name}\n"
    assert is_refused(Attempt(exercise, code))


@pytest.mark.parametrize("exercise", FUNCTIONS)
@pytest.mark.parametrize("parameters", ["", "a, b", "*, z", "a, b, c, d, e"])
def test_a_function_that_takes_something_else_is_told_what_to_take(exercise, parameters):
    name = FUNCTIONS[exercise]
    attempt = Attempt(exercise, f"def {name}({parameters}):\n    return 1")
    assert f"Begin it with def {name}(" in attempt.told


@pytest.mark.parametrize(("name", "value"), [*product(NAMES, HOSTILE_VALUES)])
def test_no_value_under_any_name_breaks_the_nine_lines(name, value):
    lines = SOLUTIONS["answer_zero"].text.replace("10000", "10")
    assert is_refused(Attempt("answer_zero", f"{lines}{HOSTILE_CLASSES}\n{name} = {value}"))


def test_an_error_in_the_readers_function_is_shown_with_its_lines_and_no_others():
    code = "def slope_at(z):\n    return unknown(z)\n"
    feedback = Attempt("slope", code).feedback
    assert feedback.error == (
        "Traceback (most recent call last):\n"
        '  File "block-1.py", line 2, in slope_at\n'
        "    return unknown(z)\n"
        "           ^^^^^^^\n"
        "NameError: name 'unknown' is not defined\n"
    )
    assert feedback.text.startswith("slope_at(0) ended with NameError; it is shown above.")


def test_what_a_function_prints_for_the_check_is_not_shown():
    right = SOLUTIONS["slope"].text
    noisy = right.replace(
        "    output =", "    print(z)\n    import warnings\n    warnings.warn('!')\n    output ="
    )
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("default")
        attempt = Attempt("slope", noisy)
    assert attempt.feedback.solved
    assert attempt.printed == "2\n0.880797 0.104994\n"
    assert len(warned) == 1


def test_a_check_leaves_the_readers_settings_and_random_numbers_alone():
    code = (
        "import numpy as np\nnp.random.seed(1)\nnp.seterr(all='raise')\n"
        "def slope_at(z):\n    np.random.random()\n    np.seterr(all='ignore')\n    return 1\n"
    )
    attempt = Attempt("slope", code)
    attempt.interpreter.run("place", "print(np.random.random(), np.geterr()['over'])", "block-2.py")
    assert attempt.printed == f"{np.random.RandomState(1).random_sample()} raise\n"


def test_strict_settings_of_the_reader_do_not_fail_a_right_solution():
    strict = "import numpy, warnings\nnumpy.seterr(all='raise')\nwarnings.simplefilter('error')\n"
    for exercise, solution in SOLUTIONS.items():
        assert Attempt(exercise, strict + solution.text).feedback.solved, exercise


def test_code_that_ends_with_an_error_is_not_put_to_the_check():
    assert Attempt("slope", "def slope_at(z):").feedback is None


def test_exactly_five_choices_of_targets_answer_zero_and_all_change_three_or_more():
    lines = SOLUTIONS["answer_zero"].text
    row = lines.partition("array([[1, 1, 0, 1]])")
    assert row[1]
    told = {}
    for targets in product((0, 1), repeat=4):
        feedback = Attempt("answer_zero", f"{row[0]}array([{list(targets)}]){row[2]}").feedback
        if feedback.solved:
            told[targets] = feedback.text.partition("from your targets. ")[2]
    three = "You turned three of them. Fewer are not enough: can you see why?"
    four = "You turned all four of them. Turning three is enough: which one may stay?"
    assert told == {
        (0, 0, 0, 1): three,
        (1, 0, 0, 0): three,
        (1, 0, 0, 1): four,
        (1, 0, 1, 1): three,
        (1, 1, 0, 1): three,
    }


def test_the_step_that_is_asked_for_goes_straight_down_the_loss_as_measured():
    weights = NeuralNetwork().synaptic_weights
    inputs, targets = TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS

    def loss(at):
        outputs = NeuralNetwork(start_weights=at).think(inputs)
        return half_squared_error(targets, outputs)

    nudges = 1e-6 * np.eye(3)[:, :, None]
    downhill = [(loss(weights - nudge) - loss(weights + nudge)) / 2e-6 for nudge in nudges]
    change = one_step.after_a_step(inputs, targets, weights) - weights
    assert change[:, 0] == pytest.approx(downhill, abs=1e-8)


def test_the_bias_that_is_asked_for_goes_straight_down_the_loss_as_measured():
    inputs, targets = TRAINING_SET_INPUTS.astype(float), TRAINING_SET_OUTPUTS.astype(float)
    weights, begun = bias.trained(inputs, targets, 5)

    def loss(at):
        return half_squared_error(targets, sigmoid(inputs @ weights + at))

    downhill = (loss(begun - 1e-6) - loss(begun + 1e-6)) / 2e-6
    change = bias.trained(inputs, targets, 6)[1] - begun
    assert abs(change) > 0.01
    assert change == pytest.approx(downhill, abs=1e-8)


def test_with_a_bias_and_a_fifth_example_0_0_0_is_answered_with_as_little_as_the_page_asks_for():
    said = Attempt("bias", SOLUTIONS["bias"].text).feedback.text
    answer = float(re.search(r"by the bias alone: ([\d.]+) after", said)[1])
    assert answer < bias.ENOUGH < 0.5


@pytest.mark.parametrize("one", [hidden_deltas.xor(), hidden_deltas.two_outputs()])
def test_the_deltas_that_are_asked_for_are_how_the_loss_falls_with_each_hidden_sum_as_measured(one):
    sums = one.inputs @ one.first
    measured = np.zeros_like(sums)

    def loss(at):
        return half_squared_error(one.targets, sigmoid(sigmoid(at) @ one.weights))

    for place in np.ndindex(sums.shape):
        nudge = np.zeros_like(sums)
        nudge[place] = 1e-6
        measured[place] = (loss(sums - nudge) - loss(sums + nudge)) / 2e-6
    assert np.abs(measured).max() > 0.01
    assert one.deltas == pytest.approx(measured, abs=1e-8)


@pytest.mark.parametrize("path", WRONG, ids=name_of)
def test_a_wrong_one_is_python_and_says_what_its_reader_is_told(path):
    ast.parse(path.read_text("utf-8"))
    assert len(words_for(path).split()) > 1
