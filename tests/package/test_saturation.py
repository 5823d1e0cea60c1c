"""Training that stands still is told, once, where it was called; other training is not."""

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
