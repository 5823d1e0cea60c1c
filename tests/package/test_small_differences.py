"""Differences so small that only a test made for them tells: defaults, bounds and last bits."""

import inspect
import re
from fractions import Fraction

import numpy as np
import pytest

from firstneuron import (
    TRAINING_SET_INPUTS,
    TRAINING_SET_OUTPUTS,
    MultiLayerNetwork,
    NeuralNetwork,
    mini_batches,
    record_training,
    train_with_early_stop,
    weighted_sum,
)


def test_each_row_whose_products_overflow_keeps_its_own_last_bits():
    # The first row is too large whatever is done; scaled like it, the second one would lose bits.
    first, second, weight = [1.7e308, 1.7e308], [3.3, -3.3 + 2**-51], 2.0**1023
    exact = sum(Fraction(it) for it in second) * Fraction(weight)

    sums = weighted_sum([first, second], [weight, weight]).ravel().tolist()

    assert sums == [np.inf, float(exact)]


def test_errors_too_small_to_be_squared_are_recorded_as_zero_and_warn_nobody():
    network = NeuralNetwork(number_of_inputs=1, start_weights=[-460])
    with np.errstate(all="raise"):
        record = record_training(network, [[1]], [[0]], [0])

    assert 0 < record.mean_absolute_error[0] < 1e-199
    assert record.mean_squared_error.tolist() == [0.0]


def test_weights_can_be_set_and_the_bias_stays():
    network = NeuralNetwork(number_of_inputs=2, bias=0.5)
    network.synaptic_weights = [3, 4]

    assert (network.synaptic_weights.tolist(), network.bias) == ([[3.0], [4.0]], 0.5)


@pytest.mark.parametrize("network", [NeuralNetwork(), MultiLayerNetwork([3, 1])], ids=repr)
def test_weights_that_do_not_fit_are_refused_by_the_name_they_were_set_by(network):
    with pytest.raises((TypeError, ValueError), match=r"^synaptic_weights(\[0\])?: expected"):
        network.synaptic_weights = [[1], [2]]
    with pytest.raises((TypeError, ValueError), match=r"^synaptic_weights: expected"):
        network.synaptic_weights = 7


def test_up_to_twenty_weights_are_shown():
    assert repr(NeuralNetwork(number_of_inputs=20)).count(", ") == 20
    assert repr(NeuralNetwork(number_of_inputs=21)) == "<NeuralNetwork with 21 inputs>"


@pytest.mark.parametrize(
    ("sizes", "words"),
    [
        ([1, 1], "1 weight and 1 bias"),
        ([2, 1], "2 weights and 1 bias"),
        ([1, 2], "2 weights and 2 biases"),
    ],
)
def test_one_weight_and_one_bias_are_spoken_of_as_one(sizes, words):
    assert re.search(f", {words}>$", repr(MultiLayerNetwork(sizes, bias=0)))


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (NeuralNetwork, {"number_of_inputs": 3, "seed": 1, "start_weights": None, "bias": None}),
        (
            MultiLayerNetwork,
            {"layer_sizes": (3, 4, 1), "seed": 1, "start_weights": None, "bias": None},
        ),
        (NeuralNetwork.train, {"learning_rate": 1.0, "progress": False}),
        (NeuralNetwork.train_in_batches, {"learning_rate": 1.0}),
        (mini_batches, {"passes": 1, "shuffle": True, "seed": 1}),
        (record_training, {"learning_rate": 1.0}),
        (
            train_with_early_stop,
            {"most_steps": 100_000, "check_every": 100, "patience": 10, "learning_rate": 1.0},
        ),
    ],
    ids=lambda it: getattr(it, "__qualname__", ""),
)
def test_what_is_not_said_is_what_the_reference_shows(function, expected):
    parameters = inspect.signature(function).parameters.values()

    assert {it.name: it.default for it in parameters if it.default is not it.empty} == expected


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ((4,), r"got shape \(4,\); write \.reshape\(-1, 1\) to make it a column$"),
        ((2, 2, 2), r"got shape \(2, 2, 2\)$"),
    ],
)
def test_only_a_row_is_told_how_to_become_a_column(shape, words):
    with pytest.raises(ValueError, match=words):
        mini_batches(np.ones(shape), np.ones((4, 1)), 1)


def test_a_record_shows_its_last_step_and_error_however_many_there_are():
    record = record_training(
        NeuralNetwork(), TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS, [2, 30, 400]
    )
    first, _, last = record.mean_squared_error

    assert repr(record) == (
        "<TrainingRecord of steps 2 to 400, 3 in all: "
        f"mean squared error {first:.3g} to {last:.3g}>"
    )


def test_a_held_out_error_that_stays_the_same_is_no_progress():
    network = NeuralNetwork()
    before = network.synaptic_weights
    stop = train_with_early_stop(
        network,
        (TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS),
        ([[0, 0, 0]], [[1]]),  # always answered with one half
        check_every=1,
        patience=3,
        most_steps=50,
    )

    assert (stop.best_step, stop.steps.tolist()) == (0, [0, 1, 2, 3])
    assert network.synaptic_weights.tolist() == before.tolist()


def test_what_came_instead_of_a_number_is_named_in_full():
    class BoX:
        pass

    with pytest.raises(TypeError, match=r"got BoX$"):
        weighted_sum([BoX()], [1])


def test_progress_tells_step_and_error_after_few_steps_too(capfd):
    network = NeuralNetwork()
    network.train(TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS, 3, progress=True)
    errors = TRAINING_SET_OUTPUTS - network.think(TRAINING_SET_INPUTS)
    out, err = capfd.readouterr()
    lines = err.splitlines()

    assert out == ""
    assert len(lines) == 3
    assert lines[-1] == f"step 3 of 3, mean squared error {np.mean(errors**2):.6f}"
