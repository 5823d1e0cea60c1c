"""A bias of its own: one more weight whose input is always 1."""

import numpy as np
import pytest

from firstneuron import (
    TRAINING_SET_INPUTS,
    TRAINING_SET_OUTPUTS,
    MultiLayerNetwork,
    NeuralNetwork,
    half_squared_error,
    record_training,
)
from package.interrupt import interrupt_at_line

ARTICLE = (TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS)
WITH_ONES = np.hstack([TRAINING_SET_INPUTS, np.ones((4, 1))])


def ones_below(weights, bias):
    return [*np.ravel(weights), bias]


@pytest.mark.parametrize("start", [0, 0.25, -3])
@pytest.mark.parametrize("rate", [1, 0.3])
def test_it_learns_as_the_weight_of_an_input_that_is_always_1(start, rate):
    own, column = (
        NeuralNetwork(bias=start),
        NeuralNetwork(
            number_of_inputs=4, start_weights=ones_below(NeuralNetwork().synaptic_weights, start)
        ),
    )
    own.train(*ARTICLE, 1_000, learning_rate=rate)
    column.train(WITH_ONES, TRAINING_SET_OUTPUTS, 1_000, learning_rate=rate)
    np.testing.assert_allclose(
        ones_below(own.synaptic_weights, own.bias), column.synaptic_weights[:, 0], rtol=1e-12
    )
    np.testing.assert_allclose(own.think([0, 0, 0]), column.think([0, 0, 0, 1]), rtol=1e-12)


def test_a_neuron_with_a_bias_can_say_no_to_nothing():
    network = NeuralNetwork(bias=0)
    assert network.think([0, 0, 0]) == [0.5]
    network.train(*ARTICLE, 10_000)
    assert network.think([0, 0, 0]) < 0.2
    assert network.bias < 0


def test_without_one_there_is_none():
    network = NeuralNetwork()
    assert network.bias is None
    assert MultiLayerNetwork().biases is None
    with pytest.raises(ValueError, match=r"^bias: this neuron has none"):
        network.bias = 1
    with pytest.raises(ValueError, match=r"^biases: there are none"):
        MultiLayerNetwork().biases = [[0] * 4, [0]]


def test_it_cannot_be_taken_away():
    network, layers = NeuralNetwork(bias=2), MultiLayerNetwork(bias=2)
    with pytest.raises(TypeError, match=r"^bias: expected real numbers, got None"):
        network.bias = None
    with pytest.raises(
        TypeError, match=r"^biases: expected 2 arrays, one for each layer, got None"
    ):
        layers.biases = None
    assert network.bias == 2
    assert len(layers.biases) == 2


def test_weights_and_bias_change_together_or_not_at_all():
    batch, states = (TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS), set()

    def remembering(network):
        for _ in range(31):
            states.add((network.synaptic_weights.tobytes(), network.bias))
            yield batch

    whole = NeuralNetwork(bias=0)
    whole.train_in_batches(remembering(whole))
    for number in range(1, 10_000):
        network = NeuralNetwork(bias=0)

        def train(network=network):
            network.train_in_batches([batch] * 3)

        with np.errstate():  # a tracer can interrupt even the end of a `with`; a signal cannot
            if not interrupt_at_line(number, train):
                break
        assert (network.synaptic_weights.tobytes(), network.bias) in states
    assert number > 100


def test_it_can_be_read_and_set():
    network = NeuralNetwork(bias=2)
    assert network.bias == 2
    network.bias = np.float32(-1.5)
    assert network.bias == -1.5
    assert repr(network) == (
        "NeuralNetwork(number_of_inputs=3, "
        "start_weights=[-0.16595599, 0.44064899, -0.99977125], bias=-1.5)"
    )
    layers = MultiLayerNetwork([3, 2, 1], bias=0.5)
    assert [it.tolist() for it in layers.biases] == [[0.5, 0.5], [0.5]]
    mine = [np.array([1.0, 2.0]), np.array([3.0])]
    layers.biases = mine
    mine[0][0] = 9
    assert [it.tolist() for it in layers.biases] == [[1, 2], [3]]
    assert repr(layers) == "<MultiLayerNetwork 3-2-1, 8 weights and 3 biases>"


@pytest.mark.parametrize(
    ("bias", "kind", "words"),
    [
        (True, TypeError, "bias: expected one number to begin with, 0 for instance, got True"),
        ([0], ValueError, "bias: expected one number to begin with"),
        ("0", TypeError, "bias: expected real numbers, got str"),
        (np.nan, ValueError, "bias: expected finite numbers, got nan"),
        (10**400, ValueError, "bias: expected numbers within float64"),
    ],
)
@pytest.mark.parametrize("make", [NeuralNetwork, MultiLayerNetwork])
def test_anything_else_is_refused(make, bias, kind, words):
    with pytest.raises(kind, match=f"^{words}"):
        make(bias=bias)


@pytest.mark.parametrize("biases", [[[0, 0], [0]], [[0] * 4], 5, [[0] * 4, [np.inf]]])
def test_biases_that_do_not_fit_are_refused(biases):
    network = MultiLayerNetwork(bias=0)
    with pytest.raises((TypeError, ValueError), match=r"^biases"):
        network.biases = biases
    assert not any(it.any() for it in network.biases)


def test_in_layers_a_step_goes_down_the_slope_as_measured():
    random = np.random.default_rng(8)
    inputs, targets = random.normal(size=(6, 2)), random.random((6, 2))
    network = MultiLayerNetwork([2, 3, 2], bias=0.1)
    weights, before = network.synaptic_weights, network.biases
    network.train(inputs, targets, 1)
    for layer, (old, new) in enumerate(zip(before, network.biases, strict=True)):
        for place in range(len(old)):
            costs = []
            for by in (1e-5, -1e-5):
                other = MultiLayerNetwork([2, 3, 2], start_weights=weights, bias=0.1)
                changed = [it.copy() for it in before]
                changed[layer][place] += by
                other.biases = changed
                costs.append(half_squared_error(targets, other.think(inputs)))
            assert new[place] - old[place] == pytest.approx((costs[1] - costs[0]) / 2e-5, abs=1e-8)


def test_it_is_recorded():
    record = record_training(NeuralNetwork(bias=0), *ARTICLE, [0, 1, 50])
    assert record.bias.shape == (3,)
    assert record.bias[0] == 0 != record.bias[1]
    assert record_training(NeuralNetwork(), *ARTICLE, [1]).bias is None
    layers = MultiLayerNetwork([3, 4, 1], bias=0)
    of_layers = record_training(layers, *ARTICLE, [0, 1, 50])
    assert [it.shape for it in of_layers.biases] == [(3, 4), (3, 1)]
    assert of_layers.biases[0][-1].tolist() == layers.biases[0].tolist()
    assert record_training(MultiLayerNetwork(), *ARTICLE, [1]).biases is None


def test_a_bias_made_unusable_in_place_is_refused():
    network = MultiLayerNetwork(bias=0)
    network.biases[1][0] = np.nan
    with pytest.raises(ValueError, match="biases: expected finite numbers; an array was changed"):
        network.think([1, 0, 0])
