"""Training that ends when it no longer helps with examples that were kept aside."""

import numpy as np
import pytest

from firstneuron import (
    TRAINING_SET_INPUTS,
    TRAINING_SET_OUTPUTS,
    EarlyStop,
    MultiLayerNetwork,
    NeuralNetwork,
    train_with_early_stop,
)

ARTICLE = (TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS)
MISLEADING = ([[0, 1, 0]], [[1]])  # helped by the first two steps, then harmed


def held_out_errors(steps):
    """What the loop of the nine lines makes of the misleading example, after each step."""
    weights, errors = NeuralNetwork().synaptic_weights.copy(), []
    for _ in range(steps + 1):
        errors.append((1 - 1 / (1 + np.exp(-weights[1, 0]))) ** 2)
        output = 1 / (1 + np.exp(-(TRAINING_SET_INPUTS @ weights)))
        weights += TRAINING_SET_INPUTS.T @ ((TRAINING_SET_OUTPUTS - output) * output * (1 - output))
    return errors


@pytest.mark.parametrize("patience", [1, 5, 10])
def test_it_keeps_the_best_step_and_ends_after_its_patience(patience):
    network, reference = NeuralNetwork(), NeuralNetwork()
    stop = train_with_early_stop(network, ARTICLE, MISLEADING, check_every=1, patience=patience)
    assert stop.best_step == np.argmin(held_out_errors(30)) == 2
    assert stop.steps.tolist() == list(range(2 + patience + 1))
    np.testing.assert_allclose(stop.held_out_error, held_out_errors(2 + patience), rtol=1e-13)
    reference.train(*ARTICLE, 2)
    assert network.synaptic_weights.tobytes() == reference.synaptic_weights.tobytes()


def test_it_looks_every_so_often_and_at_the_last_step():
    stop = train_with_early_stop(NeuralNetwork(), ARTICLE, ARTICLE, check_every=30, most_steps=100)
    assert stop.steps.tolist() == [0, 30, 60, 90, 100]
    assert stop.best_step == 100
    assert np.array_equal(stop.training_error, stop.held_out_error)
    assert repr(stop).startswith("<EarlyStop at step 100, best at 100: held-out mean squared")


@pytest.mark.parametrize("make", [lambda: NeuralNetwork(bias=0), MultiLayerNetwork])
def test_any_network_ends_with_its_best_weights(make):
    network, reference = make(), make()
    stop = train_with_early_stop(network, ARTICLE, MISLEADING, check_every=3, learning_rate=0.5)
    reference.train(*ARTICLE, stop.best_step, learning_rate=0.5)
    assert network.think(TRAINING_SET_INPUTS).tobytes() == (
        reference.think(TRAINING_SET_INPUTS).tobytes()
    )
    assert isinstance(stop, EarlyStop)


def test_what_grows_too_large_leaves_the_network_as_it_was():
    network = NeuralNetwork(number_of_inputs=1)
    before = network.synaptic_weights
    with pytest.raises(OverflowError):
        train_with_early_stop(network, ([[1e-309]], [[1e308]]), ([[1]], [[1]]), learning_rate=1e308)
    assert network.synaptic_weights.tobytes() == before.tobytes()


def test_its_arrays_are_read_only():
    stop = train_with_early_stop(NeuralNetwork(), ARTICLE, ARTICLE, most_steps=1)
    for array in (stop.steps, stop.training_error, stop.held_out_error):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


@pytest.mark.parametrize(
    ("act", "kind", "words"),
    [
        (
            lambda: train_with_early_stop(None, ARTICLE, ARTICLE),
            TypeError,
            "network: expected a NeuralNetwork or a MultiLayerNetwork",
        ),
        (
            lambda: train_with_early_stop(NeuralNetwork(), 5, ARTICLE),
            TypeError,
            "training_set: expected a pair of inputs and targets",
        ),
        (
            lambda: train_with_early_stop(NeuralNetwork(), ARTICLE, ([[1]], [[1]])),
            ValueError,
            "held_out_set: inputs: expected shape",
        ),
        (
            lambda: train_with_early_stop(NeuralNetwork(), ARTICLE, ([[1, 0, 0]], [[1e200]])),
            ValueError,
            "held_out_set: expected targets within reach",
        ),
        *(
            (
                lambda name=name: train_with_early_stop(
                    NeuralNetwork(), ARTICLE, ARTICLE, **{name: 0}
                ),
                ValueError,
                f"{name}: expected",
            )
            for name in ("most_steps", "check_every", "patience", "learning_rate")
        ),
    ],
)
def test_what_is_wrong_is_refused(act, kind, words):
    with pytest.raises(kind, match=f"^{words}"):
        act()
