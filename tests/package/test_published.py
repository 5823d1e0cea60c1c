"""The networks of layers print what their authors printed in 2015."""

import numpy as np
import pytest

from firstneuron import MultiLayerNetwork, SaturationWarning, record_training
from package import published
from package.published import ROWS, XOR

EVERY_10_000 = range(0, 60_000, 10_000)
LARGE_STEPS = pytest.mark.filterwarnings("ignore::firstneuron.SaturationWarning")


def printed(answers):
    return [f"{it:.8f}" for it in answers[:, 0]]


def test_trasks_two_layer_network():
    network = MultiLayerNetwork([3, 1])
    network.train(ROWS, published.FIRST_INPUT, 9_999)  # he prints the answers before the last step
    assert printed(network.think(ROWS)) == published.TRASK_TWO_LAYERS


def test_trasks_three_layer_network():
    network = MultiLayerNetwork([3, 4, 1])
    network.train(ROWS, XOR, 59_999)
    assert printed(network.think(ROWS)) == published.TRASK_THREE_LAYERS


@LARGE_STEPS
@pytest.mark.parametrize(("hidden", "alpha"), published.TRASK_ERRORS)
def test_trasks_errors_for_every_step_size(hidden, alpha):
    record = record_training(
        MultiLayerNetwork([3, hidden, 1]), ROWS, XOR, EVERY_10_000, learning_rate=alpha
    )
    # Steps of 10 with 32 neurons magnify the last bit of the first ones: what he printed,
    # what others did after him, and what the same lines print today differ in the third digit.
    # Steps of 100 with 4 neurons magnify it to the eleventh.
    digits = {(32, 10): 5e-3, (4, 100): 1e-10}.get((hidden, alpha), 1e-11)
    np.testing.assert_allclose(
        record.mean_absolute_error, published.TRASK_ERRORS[hidden, alpha], rtol=digits
    )


@LARGE_STEPS
@pytest.mark.parametrize("alpha", published.TRASK_WEIGHTS)
def test_trasks_weights_for_every_step_size(alpha):
    network = MultiLayerNetwork([3, 4, 1])
    network.train(ROWS, XOR, 60_000, learning_rate=alpha)
    # As above: very large steps magnify the last bit of the first ones.
    relative = {100: 1e-6, 1000: 1e-3}.get(alpha, 0)
    for real, shown in zip(network.synaptic_weights, published.TRASK_WEIGHTS[alpha], strict=True):
        np.testing.assert_allclose(real, shown, rtol=relative, atol=5.01e-9)


@pytest.mark.slow
@LARGE_STEPS
# At 1000 the changes become smaller than the last bit of the weights, so these do not show them.
@pytest.mark.parametrize("alpha", [it for it in published.TRASK_TURNS if it < 1000])
def test_how_often_each_weight_of_trasks_turns_round(alpha):
    record = record_training(
        MultiLayerNetwork([3, 4, 1]), ROWS, XOR, range(60_001), learning_rate=alpha
    )
    for weights, counted in zip(record.weights, published.TRASK_TURNS[alpha], strict=True):
        rises = np.diff(weights, axis=0) > 0
        assert (rises[1:] != rises[:-1]).sum(axis=0).tolist() == counted


def test_a_step_size_that_is_too_large_is_told():
    with pytest.warns(
        SaturationWarning, match=r"2 of 4 answers are wrong, but the slopes are nearly 0"
    ):
        MultiLayerNetwork([3, 4, 1]).train(ROWS, XOR, 1_000, learning_rate=1000)


def test_the_multi_layer_network_of_the_first_articles_author():
    network = MultiLayerNetwork(layer_sizes=[3, 4, 1], seed=1)
    for real, shown in zip(network.synaptic_weights, published.SPENCER_HARPER_BEFORE, strict=True):
        assert real.round(8).tolist() == shown
    network.train(published.SPENCER_HARPER_ROWS, published.SPENCER_HARPER_TARGETS, 60_000)
    for real, shown in zip(network.synaptic_weights, published.SPENCER_HARPER_AFTER, strict=True):
        assert real.round(8).tolist() == shown
    assert network.think([1, 1, 0]).round(8).tolist() == [published.SPENCER_HARPER_ANSWER]
