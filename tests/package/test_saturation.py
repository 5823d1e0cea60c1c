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
    ],
    ids=[
        "step size", "with progress", "many rows", "with a bias", "recorded", "in batches",
        "with early stop", "one layer", "two layers",
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
    ],
    ids=[
        "the article", "no step", "loose again", "all the same", "second input", "XOR", "noise",
        "noise and bias", "noise in batches", "small batches", "two layers",
    ],
)  # fmt: skip
def test_other_training_is_not(act):
    assert told(act) == []


def test_the_weights_are_those_of_the_training_even_where_warnings_are_errors():
    quiet, loud = NeuralNetwork(), NeuralNetwork()
    told(lambda: quiet.train(*ARTICLE, 500, learning_rate=100))
    with pytest.raises(SaturationWarning):
        loud.train(*ARTICLE, 500, learning_rate=100)  # pytest makes warnings errors here
    assert loud.synaptic_weights.tobytes() == quiet.synaptic_weights.tobytes()
