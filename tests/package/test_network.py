"""How a network behaves, whatever it is trained on."""

import copy
import pickle

import numpy as np
import pytest

from firstneuron import (
    NEW_SITUATION,
    TRAINING_SET_INPUTS,
    TRAINING_SET_OUTPUTS,
    NeuralNetwork,
    record_training,
)
from package.interrupt import interrupt_at_line

ARTICLE = (TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS)

# Every step adds 2.5e306 to the weight while the weighted sum stays small: too large for
# float64 after some seventy steps, not at once.
OVERFLOWS = ([[1e-309]], [[1e308]])
OVERFLOWS_AT_ONCE = ([[1e10], [0]], [[1], [0]])  # and the second row makes NaN of infinity


def test_start_weights_are_taken_as_they_are_flat_or_in_a_column():
    flat = NeuralNetwork(start_weights=[0.5, -2, 3])
    column = NeuralNetwork(start_weights=[[0.5], [-2], [3]])

    assert flat.synaptic_weights.tolist() == [[0.5], [-2.0], [3.0]]
    assert column.synaptic_weights.tolist() == [[0.5], [-2.0], [3.0]]


def test_start_weights_are_copied():
    mine = np.array([[0.5], [-2], [3]])
    network = NeuralNetwork(start_weights=mine)
    network.train(*ARTICLE, 10)
    mine[0] = 7

    assert mine.tolist() == [[7], [-2], [3]]
    assert network.synaptic_weights[0] != 7


def test_without_a_seed_every_network_starts_elsewhere_between_minus_one_and_one():
    first, second = (NeuralNetwork(number_of_inputs=1000, seed=None) for _ in range(2))

    assert not np.array_equal(first.synaptic_weights, second.synaptic_weights)
    assert -1 <= first.synaptic_weights.min() < -0.9
    assert 0.9 < first.synaptic_weights.max() < 1


@pytest.mark.parametrize("seed", [0, 2**32 - 1, np.int64(3), np.uint8(255)])
def test_every_seed_of_numpys_generator_is_accepted(seed):
    again = NeuralNetwork(seed=int(seed))

    assert np.array_equal(NeuralNetwork(seed=seed).synaptic_weights, again.synaptic_weights)


@pytest.mark.parametrize("number", [1, 2, 4, 50])
def test_any_number_of_inputs_gives_as_many_weights_and_one_answer_a_row(number):
    network = NeuralNetwork(number_of_inputs=number)
    inputs = np.eye(number)
    network.train(inputs, np.ones((number, 1)), 100)

    assert network.synaptic_weights.shape == (number, 1)
    assert network.think(inputs[0]).shape == (1,)
    assert network.think(inputs).shape == (number, 1)
    assert (network.think(inputs) > 0.8).all()


def test_one_row_and_many_rows_get_the_same_answers():
    network = NeuralNetwork()
    together = network.think(TRAINING_SET_INPUTS)
    one_by_one = [network.think(row) for row in TRAINING_SET_INPUTS]

    np.testing.assert_allclose(together, one_by_one, rtol=1e-15)


def test_all_inputs_zero_is_answered_with_exactly_one_half():
    network = NeuralNetwork(seed=3)
    network.train(*ARTICLE, 100)

    assert network.think([0, 0, 0]).tolist() == [0.5]


def test_thinking_changes_nothing():
    network = NeuralNetwork()
    before = network.synaptic_weights.copy()
    network.think(NEW_SITUATION)

    assert np.array_equal(network.synaptic_weights, before)


def test_zero_steps_change_nothing():
    network = NeuralNetwork()
    before = network.synaptic_weights.copy()
    network.train(*ARTICLE, 0)

    assert np.array_equal(network.synaptic_weights, before)


def test_training_leaves_the_callers_arrays_as_they_were():
    inputs, targets = (np.array(data, dtype=float) for data in ARTICLE)
    NeuralNetwork().train(inputs, targets, 10)

    assert np.array_equal(inputs, TRAINING_SET_INPUTS)
    assert np.array_equal(targets, TRAINING_SET_OUTPUTS)


def test_weights_read_before_training_stay_as_they_were():
    network = NeuralNetwork()
    read, copied = network.synaptic_weights, network.synaptic_weights.copy()
    network.train(*ARTICLE, 10)

    assert np.array_equal(read, copied)
    assert not np.array_equal(network.synaptic_weights, copied)


def test_setting_the_weights_takes_a_copy():
    network, mine = NeuralNetwork(), np.array([[1.0], [2.0], [3.0]])
    network.synaptic_weights = mine
    mine[:] = 0

    assert network.synaptic_weights.tolist() == [[1], [2], [3]]


def test_weights_can_be_set_flat_and_are_then_a_column():
    network = NeuralNetwork()
    network.synaptic_weights = [1, 2, 3]

    assert network.synaptic_weights.shape == (3, 1)
    assert network.synaptic_weights.dtype == np.float64


def test_weights_can_be_changed_in_place_and_the_answers_follow():
    network = NeuralNetwork()
    network.synaptic_weights *= 0

    assert network.think(NEW_SITUATION).tolist() == [0.5]


def test_weights_made_unusable_in_place_are_refused_by_name():
    network = NeuralNetwork()
    network.synaptic_weights[0] = np.nan

    with pytest.raises(ValueError, match="synaptic_weights and biases: expected finite numbers"):
        network.think(NEW_SITUATION)
    with pytest.raises(ValueError, match="synaptic_weights and biases: expected finite numbers"):
        network.train(*ARTICLE, 1)


def test_repr_shows_the_network_in_a_form_that_makes_it_again():
    network = NeuralNetwork(number_of_inputs=2, start_weights=[0.25, -3])

    assert repr(network) == "NeuralNetwork(number_of_inputs=2, start_weights=[0.25, -3])"


@pytest.mark.parametrize(
    "duplicate",
    [copy.copy, copy.deepcopy, lambda network: pickle.loads(pickle.dumps(network))],  # noqa: S301 -- our own bytes
    ids=["copy", "deepcopy", "pickle"],
)
def test_copies_know_what_the_network_knew_and_learn_on_their_own(duplicate):
    network = NeuralNetwork()
    network.train(*ARTICLE, 10)
    knew = network.synaptic_weights.copy()
    twin = duplicate(network)
    twin.train(*ARTICLE, 10)

    assert np.array_equal(network.synaptic_weights, knew)
    network.train(*ARTICLE, 10)
    assert np.array_equal(network.synaptic_weights, twin.synaptic_weights)


def test_training_prints_nothing_unless_asked(capfd):
    NeuralNetwork().train(*ARTICLE, 100)

    assert capfd.readouterr() == ("", "")


def test_progress_goes_to_standard_error_and_ends_with_the_last_step(capfd, nine_lines_loop):
    network = NeuralNetwork()
    weights = nine_lines_loop(*ARTICLE, network.synaptic_weights, 10_000)[-1]
    network.train(*ARTICLE, 10_000, progress=True)

    out, err = capfd.readouterr()
    lines = err.splitlines()
    outputs = 1 / (1 + np.exp(-TRAINING_SET_INPUTS @ weights))
    error = sum((TRAINING_SET_OUTPUTS - outputs).ravel() ** 2) / 4
    assert out == ""
    assert len(lines) == 20
    assert lines[0].startswith("step 500 of 10,000, mean squared error 0.00")
    assert lines[-1] == f"step 10,000 of 10,000, mean squared error {error:.6f}"


@pytest.mark.parametrize(("steps", "lines"), [(0, 0), (1, 1), (3, 3), (19, 19), (21, 20)])
def test_progress_never_has_more_lines_than_steps_nor_more_than_twenty(steps, lines, capfd):
    NeuralNetwork().train(*ARTICLE, steps, progress=True)

    assert len(capfd.readouterr().err.splitlines()) == lines


@pytest.mark.parametrize("steps", [0, 1, 7, 1234])
def test_progress_changes_no_bit_of_the_weights(steps):
    silent, telling = NeuralNetwork(), NeuralNetwork()
    silent.train(*ARTICLE, steps)
    telling.train(*ARTICLE, steps, progress=True)

    assert silent.synaptic_weights.tobytes() == telling.synaptic_weights.tobytes()


@pytest.mark.parametrize(
    "train",
    [
        lambda network: network.train(*OVERFLOWS, 200, learning_rate=1e308),
        lambda network: network.train(*OVERFLOWS, 200, learning_rate=1e308, progress=True),
        lambda network: record_training(network, *OVERFLOWS, [0, 9, 200], learning_rate=1e308),
        lambda network: network.train([[1e100]], [[1e308]], 1),
        lambda network: network.train(*OVERFLOWS_AT_ONCE, 3, learning_rate=1e308),
    ],
    ids=["slowly", "with progress", "recorded", "by its inputs", "at once"],
)
def test_weights_that_grow_beyond_float64_are_refused_and_the_old_ones_stay(train):
    network = NeuralNetwork(number_of_inputs=1, start_weights=[0.0])

    with (
        np.errstate(all="raise"),
        pytest.raises(OverflowError, match=r"grew beyond 1e\+150 .* try a smaller one"),
    ):
        train(network)
    assert network.synaptic_weights.tolist() == [[0.0]]
    network.train([[1]], [[1]], 1)
    assert network.synaptic_weights.tolist() == [[0.125]]


@pytest.mark.parametrize("progress", [False, True])
def test_interrupted_anywhere_the_network_keeps_whole_steps(progress, nine_lines_loop):
    steps = 4
    start = NeuralNetwork().synaptic_weights
    after = [weights.tobytes() for weights in nine_lines_loop(*ARTICLE, start, steps)]
    kept = set()
    for number in range(1, 10_000):
        network = NeuralNetwork()

        def train(network=network):
            network.train(*ARTICLE, steps, progress=progress)

        with np.errstate():  # a tracer can interrupt even the end of a `with`; a signal cannot
            if not interrupt_at_line(number, train):
                break
        kept.add(after.index(network.synaptic_weights.tobytes()))
        network.train(*ARTICLE, 1)

    assert number > 20, "training was not interrupted at all"
    assert network.synaptic_weights.tobytes() == after[steps]
    assert kept == set(range(steps + 1))


def test_interrupted_while_the_weights_overflow_the_network_keeps_usable_ones():
    for number in range(1, 10_000):
        network = NeuralNetwork(number_of_inputs=1, start_weights=[0.0])

        def train(network=network):
            with pytest.raises(OverflowError):
                network.train(*OVERFLOWS_AT_ONCE, 3, learning_rate=1e308)

        with np.errstate():
            if not interrupt_at_line(number, train):
                break
        assert network.synaptic_weights.tolist() == [[0.0]]

    assert number > 20, "training was not interrupted at all"


def test_the_largest_numbers_that_can_be_trained_with_are_trained_with():
    network = NeuralNetwork(number_of_inputs=2, start_weights=[1e150, -1e150])
    network.train([[1e150, 1e150], [-1e150, -1e150], [0, 0]], [[0.5], [0.5], [0.5]], 2)
    assert network.synaptic_weights.tolist() == [[1e150], [-1e150]]
