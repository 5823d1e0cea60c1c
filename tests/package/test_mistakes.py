"""Whatever is wrong is refused, in words that say what came and what was expected."""

import re
from datetime import date
from decimal import Decimal
from itertools import product

import numpy as np
import pytest

from firstneuron import (
    TRAINING_SET_INPUTS,
    TRAINING_SET_OUTPUTS,
    MultiLayerNetwork,
    NeuralNetwork,
    adjustment,
    half_squared_error,
    record_training,
    sigmoid,
    sigmoid_slope,
    train_with_early_stop,
    weighted_sum,
)

X, Y = TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS
ROW = [1, 0, 1]
HALVES = [[0.5]] * 4


def set_weights(network, value):
    network.synaptic_weights = value


# Every argument that takes numbers: its name in the message, and a call with a bad one.
NUMBERS = {
    "sigmoid z": lambda bad, _: sigmoid(bad),
    "sigmoid_slope outputs": lambda bad, _: sigmoid_slope(bad),
    "weighted_sum inputs": lambda bad, _: weighted_sum(bad, ROW),
    "weighted_sum weights": lambda bad, _: weighted_sum(ROW, bad),
    "half_squared_error targets": lambda bad, _: half_squared_error(bad, HALVES),
    "half_squared_error outputs": lambda bad, _: half_squared_error(HALVES, bad),
    "adjustment inputs": lambda bad, _: adjustment(bad, Y, HALVES),
    "adjustment targets": lambda bad, _: adjustment(X, bad, HALVES),
    "adjustment outputs": lambda bad, _: adjustment(X, Y, bad),
    "NeuralNetwork start_weights": lambda bad, _: NeuralNetwork(start_weights=bad),
    "setter synaptic_weights": lambda bad, network: set_weights(network, bad),
    "think inputs": lambda bad, network: network.think(bad),
    "train training_set_inputs": lambda bad, network: network.train(bad, Y, 5),
    "train training_set_outputs": lambda bad, network: network.train(X, bad, 5),
    "train learning_rate": lambda bad, network: network.train(X, Y, 5, learning_rate=bad),
    "record_training training_set_inputs": (
        lambda bad, network: record_training(network, bad, Y, [0, 5])
    ),
    "record_training training_set_outputs": (
        lambda bad, network: record_training(network, X, bad, [0, 5])
    ),
    "record_training learning_rate": (
        lambda bad, network: record_training(network, X, Y, [0, 5], learning_rate=bad)
    ),
}

NO_NUMBERS = {
    "text": ("1", TypeError, "real numbers, got str"),
    "words": (["a", "b"], TypeError, "real numbers, got str"),
    "number and word": ([1, "b"], TypeError, "real numbers, got str"),
    "bytes": (b"1", TypeError, "real numbers, got bytes"),
    "None": (None, TypeError, "real numbers, got None"),
    "None among numbers": ([1, None, 0], TypeError, "real numbers, got None"),
    "complex": (1 + 2j, TypeError, "real numbers, got complex128"),
    "complex array": (np.array([1j, 2]), TypeError, "real numbers, got complex128"),
    "date": (date(2015, 7, 20), TypeError, "real numbers, got date"),
    "datetime64": (np.array(["2015-07-20"], "M8[D]"), TypeError, "real numbers, got datetime64"),
    "timedelta64": (np.timedelta64(3, "s"), TypeError, "real numbers, got timedelta64"),
    "Decimal": ([Decimal(1)], TypeError, "real numbers, got Decimal"),
    "set": ({1, 0}, TypeError, "real numbers, got set"),
    "empty set": (set(), TypeError, "real numbers, got set"),
    "dict": ({0: 1}, TypeError, "real numbers, got dict"),
    "generator": ((number for number in ROW), TypeError, "real numbers, got generator"),
    "function": (abs, TypeError, "real numbers, got builtin_function_or_method"),
    "record array": (np.zeros(2, dtype="i4, f8"), TypeError, "real numbers, got void"),
    "nothing": ([], ValueError, r"numbers, got none \(shape \(0,\)\)"),
    "no rows": (np.empty((0, 3)), ValueError, r"numbers, got none \(shape \(0, 3\)\)"),
    "empty rows": ([[], []], ValueError, r"numbers, got none \(shape \(2, 0\)\)"),
    "NaN": (np.nan, ValueError, "finite numbers, got nan"),
    "NaN among numbers": ([[0, 1, np.nan]], ValueError, "finite numbers, got nan"),
    "infinity": ([np.inf, 1, 0], ValueError, "finite numbers, got inf"),
    "minus infinity": ([[1], [-np.inf]], ValueError, "finite numbers, got -inf"),
    "int beyond float64": ([10**400, 1, 1], ValueError, "within float64, got one too large"),
    "ragged": ([[1, 0, 1], [1, 0]], ValueError, "rows of equal length, got ragged rows"),
    "row and number": ([[1, 0, 1], 1], ValueError, "rows of equal length, got ragged rows"),
    "ragged objects": (
        np.array([[1, 0, 1], [1, 0]], dtype=object),
        ValueError,
        "rows of equal length, got ragged rows",
    ),
    "masked": (np.ma.array(ROW, mask=[0, 1, 0]), ValueError, "everywhere, got masked values"),
}


@pytest.fixture(name="network")
def _network():
    """A network whose weights must be at the end what they were at the beginning."""
    network = NeuralNetwork()
    before = network.synaptic_weights.copy()
    yield network
    assert np.array_equal(network.synaptic_weights, before)


@pytest.mark.parametrize(
    ("argument", "bad"),
    # No start weights means random ones, so None is no mistake there.
    sorted(set(product(NUMBERS, NO_NUMBERS)) - {("NeuralNetwork start_weights", "None")}),
)
def test_what_is_not_finite_real_numbers_is_refused_by_name(argument, bad, network):
    value, error, says = NO_NUMBERS[bad]
    name = argument.split()[1]

    with pytest.raises(error, match=rf"^{name}: expected .*{says}$"):
        NUMBERS[argument](value, network)


def test_masked_array_with_nothing_masked_is_an_array_like_any_other():
    assert sigmoid(np.ma.array([0, 0])).tolist() == [0.5, 0.5]


TARGETS = (
    "training_set_outputs: expected shape (4, 1), one target for each row of inputs, got shape "
)
MAKE_A_COLUMN = "; write array([[0, 1, 1, 0]]).T, or .reshape(-1, 1), to make it a column"

SHAPES = {
    "number to think about": (
        lambda network: network.think(1),
        "inputs: expected one row of 3 numbers or many, shape (3,) or (rows, 3), got shape ()",
    ),
    "too few to think about": (
        lambda network: network.think([1, 0]),
        "inputs: expected one row of 3 numbers or many, shape (3,) or (rows, 3), got shape (2,)",
    ),
    "column to think about": (
        lambda network: network.think([[1], [0], [0]]),
        "inputs: expected one row of 3 numbers or many, shape (3,) or (rows, 3), got shape (3, 1)",
    ),
    "cube to think about": (
        lambda network: network.think(np.zeros((2, 2, 3))),
        (
            "inputs: expected one row of 3 numbers or many, "
            "shape (3,) or (rows, 3), got shape (2, 2, 3)"
        ),
    ),
    "one row to learn from": (
        lambda network: network.train(ROW, [[1]], 5),
        "training_set_inputs: expected shape (rows, 3), one row for each example, got shape (3,)",
    ),
    "too few columns to learn from": (
        lambda network: network.train(X[:, :2], Y, 5),
        "training_set_inputs: expected shape (rows, 3), one row for each example, got shape (4, 2)",
    ),
    "inputs turned": (
        lambda network: network.train(X.T, Y, 5),
        "training_set_inputs: expected shape (rows, 3), one row for each example, got shape (3, 4)",
    ),
    "targets without .T": (
        lambda network: network.train(X, [[0, 1, 1, 0]], 5),
        f"{TARGETS}(1, 4){MAKE_A_COLUMN}",
    ),
    "flat targets": (
        lambda network: network.train(X, [0, 1, 1, 0], 5),
        f"{TARGETS}(4,){MAKE_A_COLUMN}",
    ),
    "too few targets": (
        lambda network: network.train(X, Y[:3], 5),
        f"{TARGETS}(3, 1)",
    ),
    "two targets a row": (
        lambda network: network.train(X, np.hstack([Y, Y]), 5),
        f"{TARGETS}(4, 2)",
    ),
    "recorded targets without .T": (
        lambda network: record_training(network, X, [[0, 1, 1, 0]], [0, 5]),
        f"{TARGETS}(1, 4){MAKE_A_COLUMN}",
    ),
    "too few start weights": (
        lambda _: NeuralNetwork(start_weights=[1, 2]),
        "start_weights: expected shape (3, 1), one weight for each input, got shape (2,)",
    ),
    "start weights in a row": (
        lambda _: NeuralNetwork(start_weights=[[1, 2, 3]]),
        "start_weights: expected shape (3, 1), one weight for each input, got shape (1, 3)",
    ),
    "number as weights": (
        lambda network: set_weights(network, 1),
        "synaptic_weights: expected shape (3, 1), one weight for each input, got shape ()",
    ),
    "too many weights": (
        lambda network: set_weights(network, [1, 2, 3, 4]),
        "synaptic_weights: expected shape (3, 1), one weight for each input, got shape (4,)",
    ),
    "fewer weights than inputs": (
        lambda _: weighted_sum(ROW, [1, 2]),
        "weights: expected shape (3, 1), one weight for each input, got shape (2,)",
    ),
    "weights in a row": (
        lambda _: weighted_sum(ROW, [[1, 2, 3]]),
        "weights: expected shape (3, 1), one weight for each input, got shape (1, 3)",
    ),
    "number to sum": (
        lambda _: weighted_sum(1, [1]),
        "inputs: expected one row of n numbers or many, shape (n,) or (rows, n), got shape ()",
    ),
    "targets and outputs that differ": (
        lambda _: half_squared_error([1, 0], [[1], [0]]),
        "expected targets and outputs of the same shape, got (2,) and (2, 1)",
    ),
    "flat outputs to adjust by": (
        lambda _: adjustment(X, Y, [0.5] * 4),
        "expected targets and outputs of the same shape, got (4, 1) and (4,)",
    ),
    "flat inputs to adjust by": (
        lambda _: adjustment([0, 1, 1, 0], Y, HALVES),
        (
            "expected inputs of shape (rows, n) and targets of shape (rows, 1), "
            "got shapes (4,) and (4, 1)"
        ),
    ),
    "one row to adjust by": (
        lambda _: adjustment(ROW, [[1]], [[0.5]]),
        (
            "expected inputs of shape (rows, n) and targets of shape (rows, 1), "
            "got shapes (3,) and (1, 1)"
        ),
    ),
    "fewer targets than rows": (
        lambda _: adjustment(X, Y[:2], HALVES[:2]),
        (
            "expected inputs of shape (rows, n) and targets of shape (rows, 1), "
            "got shapes (4, 3) and (2, 1)"
        ),
    ),
    "sums in place of outputs": (
        lambda _: adjustment(X, Y, [[0], [1], [2], [3]]),
        "outputs: expected outputs of the sigmoid, from 0 to 1, got 2.0; pass sigmoid(z), not z",
    ),
    "several learning rates": (
        lambda network: network.train(X, Y, 5, learning_rate=[0.5]),
        "learning_rate: expected one number above 0, got [0.5]",
    ),
    "learning rate of 0": (
        lambda network: network.train(X, Y, 5, learning_rate=0),
        "learning_rate: expected one number above 0, got 0",
    ),
    "negative learning rate": (
        lambda network: network.train(X, Y, 5, learning_rate=-0.5),
        "learning_rate: expected one number above 0, got -0.5",
    ),
    "learning rate of 0, even for no step": (
        lambda network: record_training(network, X, Y, [0], learning_rate=0),
        "learning_rate: expected one number above 0, got 0",
    ),
}


@pytest.mark.parametrize("mistake", SHAPES)
def test_what_does_not_fit_is_refused_in_words_that_help(mistake, network):
    call, message = SHAPES[mistake]

    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        call(network)


NOT_WHOLE = {
    "fraction": 1.5,
    "float": 2.0,
    "NaN": np.nan,
    "True": True,
    "NumPy's True": np.True_,
    "text": "3",
    "list": [3],
    "array of one": np.array([3]),
    "complex": 3j,
}

# The argument's name, its bounds in words, a call with a bad one, and numbers out of bounds.
WHOLE = {
    "number_of_training_iterations": (
        "0 or more",
        lambda bad, network: network.train(X, Y, bad),
        [-1, -(10**20), np.int8(-5)],
    ),
    "steps": (
        "0 or more",
        lambda bad, network: record_training(network, X, Y, [0, bad]),
        [-1],
    ),
    "seed": (
        "from 0 to 4294967295",
        lambda bad, _: NeuralNetwork(seed=bad),
        [-1, 2**32, 10**20],
    ),
    "number_of_inputs": (
        "1 or more",
        lambda bad, _: NeuralNetwork(number_of_inputs=bad),
        [0, -3],
    ),
}


@pytest.mark.parametrize("argument", WHOLE)
@pytest.mark.parametrize("bad", NOT_WHOLE.values(), ids=NOT_WHOLE)
def test_what_is_not_a_whole_number_is_refused_by_name(argument, bad, network):
    bounds, call, _ = WHOLE[argument]
    message = f"{argument}: expected a whole number, {bounds}, got {bad!r}"

    with pytest.raises(TypeError, match=f"^{re.escape(message)}$"):
        call(bad, network)


@pytest.mark.parametrize(
    ("argument", "bad"), [(argument, bad) for argument in WHOLE for bad in WHOLE[argument][2]]
)
def test_whole_numbers_out_of_bounds_are_refused_by_name(argument, bad, network):
    bounds, call, _ = WHOLE[argument]

    with pytest.raises(
        ValueError, match=rf"^{argument}: expected a whole number, {bounds}, got {bad}$"
    ):
        call(bad, network)


class Broken:
    def __repr__(self):
        raise RuntimeError


@pytest.mark.parametrize(
    ("seed", "error", "got"),
    [
        (10**5000, ValueError, "an int of 16,610 bits"),
        ([10**5000], TypeError, "list that cannot be shown"),
        (Broken(), TypeError, "Broken that cannot be shown"),
        (list(range(1000)), TypeError, f"{str(list(range(20)))[:57]}…"),
        (np.eye(2), TypeError, "array([[1., 0.], [0., 1.]])"),
    ],
    ids=["huge", "huge in a list", "broken", "long", "several lines"],
)
def test_what_came_is_told_in_one_short_line_whatever_it_is(seed, error, got):
    message = f"seed: expected a whole number, from 0 to 4294967295, got {got}"

    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        NeuralNetwork(seed=seed)


@pytest.mark.parametrize("count", [10**16, 10**18, 10**30, 10**5000], ids="abcd")
def test_more_weights_than_memory_can_hold_are_refused_by_name(count):
    says = "expected no more weights than memory can hold, got "
    with pytest.raises(ValueError, match=f"^number_of_inputs: {says}"):
        NeuralNetwork(number_of_inputs=count)
    with pytest.raises(ValueError, match=rf"^layer_sizes: {says}shape (\(|tuple)"):
        MultiLayerNetwork([3, count])


@pytest.mark.parametrize(
    "act",
    [
        lambda huge: MultiLayerNetwork([huge]),
        MultiLayerNetwork,
        lambda huge: record_training(NeuralNetwork(), X, Y, [huge, huge]),
        lambda huge: record_training(huge, X, Y, [1]),
        lambda huge: train_with_early_stop(huge, (X, Y), (X, Y)),
        lambda huge: NeuralNetwork().train_in_batches(huge),
    ],
)
def test_a_number_too_long_to_be_written_is_told_as_any_other(act):
    with pytest.raises(
        (TypeError, ValueError),
        match=r"^(layer_sizes|steps|network|batches): expected .* got "
        r"(an int of 16,610 bits|list that cannot be shown)$",
    ):
        act(10**5000)


@pytest.mark.parametrize("argument", ["number_of_training_iterations", "number_of_inputs"])
def test_none_is_no_whole_number(argument, network):
    bounds, call, _ = WHOLE[argument]

    with pytest.raises(
        TypeError, match=rf"^{argument}: expected a whole number, {bounds}, got None$"
    ):
        call(None, network)


@pytest.mark.parametrize(
    ("steps", "error", "got"),
    [
        ([], ValueError, "[]"),
        ([1, 1], ValueError, "[1, 1]"),
        ([0, 5, 3], ValueError, "[0, 5, 3]"),
        (range(3, 0, -1), ValueError, "[3, 2, 1]"),
        (5, TypeError, "5"),
        (None, TypeError, "None"),
    ],
)
def test_recorded_steps_have_to_rise(steps, error, got, network):
    message = f"steps: expected one or more rising steps, got {got}"

    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        record_training(network, X, Y, steps)


@pytest.mark.parametrize("nobody", [None, NeuralNetwork, [1, 2, 3]])
def test_only_a_network_can_be_recorded(nobody):
    with pytest.raises(
        TypeError, match=r"^network: expected a NeuralNetwork or a MultiLayerNetwork, got "
    ):
        record_training(nobody, X, Y, [1])


def test_options_are_given_by_name():
    with pytest.raises(TypeError, match="positional"):
        NeuralNetwork(3)
    with pytest.raises(TypeError, match="positional"):
        NeuralNetwork().train(X, Y, 5, 0.5)
    with pytest.raises(TypeError, match="positional"):
        record_training(NeuralNetwork(), X, Y, [5], 0.5)


def test_masked_rows_in_a_list_are_refused_as_a_masked_array_is():
    rows = list(np.ma.masked_array(X, mask=[[1, 0, 0]] + [[0] * 3] * 3))
    with pytest.raises(ValueError, match=r"^training_set_inputs: expected numbers everywhere"):
        NeuralNetwork().train(rows, Y, 1)


@pytest.mark.parametrize(
    "inputs",
    [
        [[1, np.ma.masked, 0]],
        ([np.ma.array([1]), 0, np.ma.array([1], mask=True)],),
        np.array([1, np.ma.masked, 0], dtype=object),
    ],
    ids=["a number", "an array deep in lists", "an element of an array"],
)
def test_whatever_is_masked_in_the_depth_is_refused_too(inputs):
    with pytest.raises(ValueError, match=r"^inputs: expected numbers everywhere, got masked"):
        NeuralNetwork().think(inputs)


def test_a_record_array_with_a_mask_is_no_numbers_as_one_without_is():
    with pytest.raises(TypeError, match=r"^inputs: expected real numbers, got void$"):
        NeuralNetwork().think(np.ma.zeros(3, dtype="i4, f8"))


def test_what_an_object_says_of_itself_is_told():
    class Torn:
        def __array__(self, *_, **__):
            raise ValueError("the file is cut short")

    with pytest.raises(ValueError, match=r"^inputs: the file is cut short"):
        NeuralNetwork().think(Torn())


def test_what_is_nearly_an_array_is_refused_by_name_even_in_a_list():
    class Half:
        def __array__(self, *_, **__):
            return np.array(1.0)  # NumPy asks for a number, too, if it has no shape

    with pytest.raises(TypeError, match=r"^inputs: expected real numbers, but .*not 'Half'"):
        NeuralNetwork().think([0, Half(), 0])


def test_a_neuron_of_many_inputs_shows_itself_shortly():
    assert repr(NeuralNetwork(number_of_inputs=1000, bias=0.5)) == (
        "<NeuralNetwork with 1,000 inputs, bias=0.5>"
    )


@pytest.mark.parametrize("steps", [2**63, 2**70, 10**30])
def test_more_steps_than_can_be_counted_are_refused_by_name(steps):
    network, examples = NeuralNetwork(), (TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS)
    for name, act in {
        "number_of_training_iterations": lambda: network.train(*examples, steps),
        "steps": lambda: record_training(network, *examples, [0, steps]),
        "most_steps": lambda: train_with_early_stop(network, examples, examples, most_steps=steps),
    }.items():
        with pytest.raises(ValueError, match=f"^{name}: expected no more than 9,223,[0-9,]+ steps"):
            act()
