"""Training that stands still is told, once, where it was called; other training is not."""

import linecache
import warnings

import numpy as np
import pytest

from firstneuron import (
    TRAINING_SET_INPUTS,
    TRAINING_SET_OUTPUTS,
    MultiLayerNetwork,
    NeuralNetwork,
    SaturationWarning,
    mini_batches,
    record_training,
    train_with_early_stop,
)
from package.published import ROWS, XOR

ARTICLE = (TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS)
A_HUNDRED_TIMES = (np.tile(TRAINING_SET_INPUTS, (100, 1)), np.tile(TRAINING_SET_OUTPUTS, (100, 1)))
NOISE = np.random.default_rng(3)


def told(act):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        act()
    return caught


@pytest.mark.parametrize(
    "act",
    [
        lambda: NeuralNetwork().train(*ARTICLE, 1_000, learning_rate=100),
        lambda: NeuralNetwork().train(*ARTICLE, 1_000, learning_rate=100, progress=True),
        lambda: NeuralNetwork().train(*A_HUNDRED_TIMES, 1_000),
        lambda: NeuralNetwork(bias=0).train(*A_HUNDRED_TIMES, 1_000),
        lambda: record_training(NeuralNetwork(), *ARTICLE, range(100), learning_rate=100),
        lambda: NeuralNetwork().train_in_batches([A_HUNDRED_TIMES] * 100),
        lambda: train_with_early_stop(NeuralNetwork(), A_HUNDRED_TIMES, ARTICLE),
        lambda: MultiLayerNetwork([3, 1]).train(*A_HUNDRED_TIMES, 1_000),
        lambda: MultiLayerNetwork([3, 4, 1]).train(*A_HUNDRED_TIMES, 100, learning_rate=100),
        lambda: NeuralNetwork().train_in_batches([A_HUNDRED_TIMES] * 10),
        lambda: NeuralNetwork().train_in_batches(mini_batches(*A_HUNDRED_TIMES, 200, passes=8)),
        lambda: NeuralNetwork(start_weights=[1, 1, 1]).train([[-90, 0, 1]] * 4, [[1]] * 4, 10),
        lambda: MultiLayerNetwork([5, 4, 1], bias=0).train(*scattered(1), 500),
        lambda: MultiLayerNetwork([5, 4, 2], bias=0).train(*scattered(2), 500),
    ],
    ids=[
        "step size", "with progress", "many rows", "with a bias", "recorded", "in batches",
        "with early stop", "one layer", "two layers", "few batches", "mini-batches",
        "all targets the same", "rare targets", "rare targets, two answers",
    ],
)  # fmt: skip
def test_training_that_stands_still_is_told_once_at_the_line_that_called_for_it(act):
    (warning,) = told(act)
    assert warning.category is SaturationWarning
    assert warning.filename == __file__
    assert "train" in linecache.getline(warning.filename, warning.lineno)
    assert str(warning.message).startswith("training stands still: ")


def test_it_says_how_many_answers_are_wrong_and_what_to_try():
    with pytest.warns(SaturationWarning) as caught:
        NeuralNetwork().train(*ARTICLE, 1_000, learning_rate=100)
    text = str(caught[0].message)
    assert "2 of 4 answers are wrong" in text
    assert "try a learning_rate below 100" in text


def scattered(answers):
    """Inputs of a size of a hundred; the target of a row in ten is 1, or the other way round."""
    random = np.random.RandomState(0)
    rare = (random.random_sample(1000) < 0.1).astype(int)
    inputs = random.normal(size=(1000, 5)) * 100 + rare[:, None] * 50
    return inputs, rare[:, None] if answers == 1 else np.eye(2)[rare]


def very_rare():
    """One target in four hundred is 1, and the inputs tell little of it."""
    random = np.random.RandomState(0)
    inputs = random.normal(size=(50_000, 10))
    sums = inputs @ random.normal(size=(10, 1)) * 0.4 - 6.5
    return inputs, random.random_sample((50_000, 1)) < 1 / (1 + np.exp(-sums))


def many_classes():
    """Which of three hundred kinds a row belongs to."""
    random = np.random.RandomState(0)
    kinds = random.randint(300, size=3_000)
    inputs = random.normal(size=(300, 30))[kinds] + random.normal(size=(3_000, 30)) * 0.3
    return inputs, np.eye(300)[kinds]


def noisy():
    """The sign of a weighted sum, with a fifth of the targets turned round."""
    inputs = NOISE.normal(size=(500, 3))
    right = inputs @ [[1.0], [-2.0], [0.5]] > 0
    return inputs, right ^ (NOISE.random((500, 1)) < 0.2)


@pytest.mark.parametrize(
    "act",
    [
        lambda: NeuralNetwork().train(*ARTICLE, 10_000),
        lambda: NeuralNetwork().train(*ARTICLE, 0),
        lambda: NeuralNetwork().train(*ARTICLE, 11_028, learning_rate=100),  # it has broken loose
        lambda: NeuralNetwork().train(TRAINING_SET_INPUTS, [[1]] * 4, 10_000),
        lambda: NeuralNetwork().train(TRAINING_SET_INPUTS, [[0], [1], [0], [1]], 10_000),
        lambda: NeuralNetwork().train(ROWS, XOR, 999),
        lambda: NeuralNetwork().train(*noisy(), 3_000, learning_rate=0.01),
        lambda: NeuralNetwork(bias=0).train(*noisy(), 3_000, learning_rate=0.01),
        lambda: NeuralNetwork().train_in_batches(mini_batches(*noisy(), 10, passes=20)),
        lambda: NeuralNetwork().train_in_batches(mini_batches(*A_HUNDRED_TIMES, 4, passes=20)),
        lambda: MultiLayerNetwork([3, 4, 1]).train(*ARTICLE, 10_000),
        # It was stuck for most of the time; what counts is how it ends.
        lambda: NeuralNetwork().train_in_batches(mini_batches(*A_HUNDRED_TIMES, 200, passes=20)),
        lambda: NeuralNetwork(number_of_inputs=10, bias=0).train_in_batches(
            mini_batches(*very_rare(), 1000, passes=10), learning_rate=0.05
        ),
        lambda: MultiLayerNetwork([30, 40, 300], bias=0).train_in_batches(
            mini_batches(*many_classes(), 20), learning_rate=0.5
        ),
        lambda: train_with_early_stop(
            MultiLayerNetwork(), A_HUNDRED_TIMES, ARTICLE, check_every=1, patience=3
        ),
    ],
    ids=[
        "the article", "no step", "loose again", "all the same", "second input", "XOR", "noise",
        "noise and bias", "noise in batches", "small batches", "two layers",
        "loose again in batches", "very rare", "many classes", "stopped before it stood still",
    ],
)  # fmt: skip
def test_other_training_is_not(act):
    assert told(act) == []


def test_targets_out_of_reach_are_named_as_the_reason():
    with pytest.warns(SaturationWarning, match=r"try targets from 0 to 1, since no answer lies"):
        NeuralNetwork().train(TRAINING_SET_INPUTS, [[200], [220], [210], [190]], 100)


def test_the_weights_are_those_of_the_training_even_where_warnings_are_errors():
    quiet, loud = NeuralNetwork(), NeuralNetwork()
    told(lambda: quiet.train(*ARTICLE, 500, learning_rate=100))
    with pytest.raises(SaturationWarning):
        loud.train(*ARTICLE, 500, learning_rate=100)  # pytest makes warnings errors here
    assert loud.synaptic_weights.tobytes() == quiet.synaptic_weights.tobytes()


def answering(outputs):
    """A neuron and inputs, for which it answers this."""
    outputs = np.array(outputs, dtype=float)
    inputs = np.array([-800, *np.log(outputs[1:-1] / (1 - outputs[1:-1])), 40.0])
    network = NeuralNetwork(number_of_inputs=1, start_weights=[1])
    assert network.think(inputs[[0, -1], None]).ravel().tolist() == [0, 1]
    return network, inputs[:, None]


def seen_with(targets, outputs):
    """What is said of a step at which a neuron answered this; the first output is 0, the last 1."""
    network, inputs = answering(outputs)
    targets = np.array(targets, dtype=float)[:, None]
    return [str(it.message) for it in told(lambda: network.train(inputs, targets, 1))]


def at_the_bound(share, unsure, rows):
    """Outputs of rows half sure of 0 and half of 1, with this share of the greatest mean slope."""
    slope = share * 0.01 * unsure * rows / (rows - 2)  # of the first and the last it is 0
    low = 0.5 - np.sqrt(0.25 - slope)
    return [0.0, *[low, 1 - low] * (rows // 2 - 1), 1.0]


@pytest.mark.parametrize("ones", [0, 1, 2, 3])
@pytest.mark.parametrize("rows", [4, 10])
def test_the_slopes_are_held_against_answers_as_unsure_as_the_targets(rows, ones):
    targets = [1] * ones + [0] * (rows - ones)  # what the outputs say is mostly wrong
    rate = (ones + 1) / (rows + 2)
    unsure = rate * (1 - rate)

    assert seen_with(targets, at_the_bound(0.97, unsure, rows)) != []
    assert seen_with(targets, at_the_bound(1.03, unsure, rows)) == []


def test_with_targets_out_of_reach_they_are_held_against_undecided_answers():
    for target in (1.5, -0.5, 7):
        targets = [target, *[1, 0] * 4, target]
        assert len(seen_with(targets, at_the_bound(0.97, 0.25, 10))) == 1
        assert seen_with(targets, at_the_bound(1.03, 0.25, 10)) == []


@pytest.mark.parametrize(("wrong", "is_told"), [(0, False), (2, False), (4, True), (10, True)])
def test_answers_better_than_one_for_all_are_not_told(wrong, is_told):
    # Five of ten targets are 1: one answer for all has a squared error of 5 - 5 * 5 / 10 = 2.5.
    right = np.array([0, 1] * 5)
    targets = np.where(np.arange(10) < wrong, 1 - right, right)

    assert (seen_with(targets, [0.0, *[1 - 1e-9, 1e-9] * 4, 1.0]) != []) == is_told


def test_answers_just_as_good_as_one_for_all_are_told_and_one_is_called_one():
    # Two of four targets are 1: one answer for all has a squared error of 2 - 2 * 2 / 4 = 1.
    (text,) = seen_with([1, 0, 0, 1], [0.0, 1e-200, 1e-200, 1.0])

    assert "1 of 4 answers is wrong, but the slopes are nearly 0" in text


def test_an_error_of_one_half_is_not_wrong():
    outputs = [0.0, *[1e-9] * 199, 0.5, *[1 - 1e-9] * 198, 1.0]
    targets = [1, 0] * 200  # a hundred of each half are wrong; the undecided one is none of them
    (text,) = seen_with(targets, outputs)

    assert "200 of 400 answers are wrong" in text


BATCH = ([[-60.0]] * 25 + [[60.0]] * 25, [[0.0, 1.0]] * 50)


@pytest.mark.parametrize(("batches", "answers"), [(1, 100), (2, 200), (3, 200), (9, 200)])
def test_batches_are_judged_by_the_last_hundred_rows(batches, answers):
    network = MultiLayerNetwork([1, 2], start_weights=[[[1.0, 1.0]]])
    (warning,) = told(lambda: network.train_in_batches([BATCH] * batches))

    assert f"{answers // 2} of {answers} answers are wrong" in str(warning.message)


@pytest.mark.parametrize("place", [0, 1])
def test_one_batch_with_targets_out_of_reach_is_enough_to_name_them(place):
    network = MultiLayerNetwork([1, 2], start_weights=[[[1.0, 1.0]]])
    batches = [BATCH, BATCH]
    batches[place] = (BATCH[0], [[0.0, 7.0]] * 50)
    (warning,) = told(lambda: network.train_in_batches(batches))

    assert "try targets from 0 to 1" in str(warning.message)


def test_targets_too_large_to_be_squared_or_added_up_warn_nobody():
    with np.errstate(all="raise"):
        network = NeuralNetwork(number_of_inputs=1, start_weights=[0])
        network.train_in_batches([([[1e-10]], [[1e155]])] * 3)
        stop = train_with_early_stop(
            NeuralNetwork(number_of_inputs=1, start_weights=[0]),
            ([[1e-10], [1e-10]], [[1e155], [1e155]]),
            ([[1]], [[1]]),
            most_steps=3,
        )

    assert np.isfinite(network.synaptic_weights).all()
    assert stop.best_step == 3


def test_sums_of_targets_that_overflow_warn_nobody():
    with np.errstate(all="raise"):
        network = NeuralNetwork(number_of_inputs=1, start_weights=[0])
        network.train_in_batches([([[1e-10]], [[1.3e154]])] * 2)
        huge = ([[1e-200], [1e-200]], [[1e308], [1e308]])
        train_with_early_stop(network, huge, ([[1]], [[1]]), most_steps=3)
    assert np.isfinite(network.synaptic_weights).all()
