"""Several layers: the loop of the articles' sequels, and what must always hold."""

from itertools import pairwise

import numpy as np
import pytest

from firstneuron import MultiLayerNetwork, NeuralNetwork, half_squared_error
from package.published import ROWS, XOR


def trask(inputs, targets, sizes, steps, alpha=1):
    """Trask's loops of July 2015, for any number of layers: the weights at the end."""
    inputs, targets = np.array(inputs), np.array(targets)
    random = np.random.RandomState(1)  # what he has after `np.random.seed(1)`
    synapses = [2 * random.random_sample(shape) - 1 for shape in pairwise(sizes)]
    for _ in range(steps):
        layers = [inputs]
        for synapse in synapses:
            layers.append(1 / (1 + np.exp(-np.dot(layers[-1], synapse))))
        error = targets - layers[-1]
        deltas = [error * (layers[-1] * (1 - layers[-1]))]
        for synapse, layer in zip(reversed(synapses[1:]), reversed(layers[1:-1]), strict=True):
            deltas.insert(0, deltas[0].dot(synapse.T) * (layer * (1 - layer)))
        changes = [layer.T.dot(delta) for layer, delta in zip(layers, deltas, strict=False)]
        synapses = [it + alpha * by for it, by in zip(synapses, changes, strict=True)]
    return synapses


@pytest.mark.parametrize("sizes", [[3, 1], [3, 4, 1], [3, 32, 1], [3, 5, 4, 1]])
@pytest.mark.parametrize("alpha", [0.1, 1, 10])
def test_every_digit_is_that_of_the_loop(sizes, alpha):
    expected = trask(ROWS, XOR, sizes, 2_000, alpha)
    network = MultiLayerNetwork(sizes)
    network.train(ROWS, XOR, 2_000, learning_rate=alpha)
    for real, wanted in zip(network.synaptic_weights, expected, strict=True):
        assert real.tobytes() == wanted.tobytes()


# ---- what must always hold ----


def cost(weights, inputs, targets, sizes):
    return half_squared_error(
        targets, MultiLayerNetwork(sizes, start_weights=weights).think(inputs)
    )


@pytest.mark.parametrize("sizes", [(2, 3, 2), (3, 4, 1), (1, 2, 3, 2)])
def test_a_step_goes_down_the_slope_as_measured(sizes):
    random = np.random.default_rng(5)
    inputs, targets = random.normal(size=(6, sizes[0])), random.random((6, sizes[-1]))
    network = MultiLayerNetwork(sizes)
    before = network.synaptic_weights
    network.train(inputs, targets, 1)
    for layer, (old, new) in enumerate(zip(before, network.synaptic_weights, strict=True)):
        for place in np.ndindex(old.shape):
            ends = []
            for by in (1e-5, -1e-5):
                changed = [it.copy() for it in before]
                changed[layer][place] += by
                ends.append(cost(changed, inputs, targets, sizes))
            slope = (ends[0] - ends[1]) / 2e-5
            assert new[place] - old[place] == pytest.approx(-slope, abs=1e-8)


def test_one_layer_of_one_neuron_is_the_neuron():
    one, layered = NeuralNetwork(), MultiLayerNetwork([3, 1])
    one.train(ROWS, [[0], [0], [1], [1]], 500)
    layered.train(ROWS, [[0], [0], [1], [1]], 500)
    np.testing.assert_allclose(layered.synaptic_weights[0], one.synaptic_weights, rtol=1e-12)


def test_training_twice_is_training_longer():
    once, twice = MultiLayerNetwork(), MultiLayerNetwork()
    once.train(ROWS, XOR, 20)
    twice.train(ROWS, XOR, 12)
    twice.train(ROWS, XOR, 8)
    for one, two in zip(once.synaptic_weights, twice.synaptic_weights, strict=True):
        assert np.array_equal(one, two)


def test_what_is_hidden_can_be_seen():
    network = MultiLayerNetwork([3, 4, 2, 1])
    first, second, answers = network.activations(ROWS)
    assert (first.shape, second.shape, answers.shape) == ((4, 4), (4, 2), (4, 1))
    assert np.array_equal(answers, network.think(ROWS))
    expected = 1 / (1 + np.exp(-np.dot(ROWS, network.synaptic_weights[0])))
    np.testing.assert_allclose(first, expected, rtol=1e-15)
    assert [it.shape for it in network.activations([0, 0, 1])] == [(4,), (2,), (1,)]


def test_weights_read_before_training_stay_and_the_callers_are_not_touched():
    mine = [np.zeros((3, 2)), np.ones((2, 1))]
    network = MultiLayerNetwork([3, 2, 1], start_weights=mine)
    read = network.synaptic_weights
    network.train(ROWS, XOR, 10)
    assert read[0].tolist() == mine[0].tolist() == [[0, 0]] * 3
    assert network.synaptic_weights[0].tolist() != read[0].tolist()
    network.synaptic_weights = mine
    mine[1][:] = 7
    assert network.synaptic_weights[1].tolist() == [[1], [1]]
    assert network.layer_sizes == (3, 2, 1)
    assert repr(network) == "<MultiLayerNetwork 3-2-1, 8 weights>"


def test_zero_steps_change_nothing_and_no_seed_begins_elsewhere():
    network = MultiLayerNetwork()
    before = network.synaptic_weights
    network.train(ROWS, XOR, 0)
    assert all(map(np.array_equal, before, network.synaptic_weights))
    one, two = MultiLayerNetwork(seed=None), MultiLayerNetwork(seed=None)
    assert not np.array_equal(one.synaptic_weights[0], two.synaptic_weights[0])


def test_weights_too_large_are_told_and_the_old_ones_kept():
    network = MultiLayerNetwork([1, 1, 1], start_weights=[[[1e-309]], [[1.0]]])
    before = network.synaptic_weights
    with pytest.raises(OverflowError, match=r"beyond 1e\+150 with learning_rate 1e\+308"):
        network.train([[1e100]], [[1e300]], 5, learning_rate=1e308)
    assert all(map(np.array_equal, before, network.synaptic_weights))


def test_inputs_whose_sums_would_overflow_on_their_way_are_refused():
    weights = [[[1], [1], [-1], [-1], [-1]], [[1]]]
    network = MultiLayerNetwork([5, 1, 1], start_weights=weights)
    assert network.think([1.7e308] * 5) == [0.5]  # exp(-1.7e308) is nothing
    with pytest.raises(ValueError, match=r"expected numbers from -1e\+150 to 1e\+150.*scale them"):
        network.train([[1.7e308] * 5], [[0]], 1)


def test_interrupted_it_keeps_whole_steps(monkeypatch):
    network, reference = MultiLayerNetwork(), MultiLayerNetwork()
    calls = 0

    def add(*given):
        nonlocal calls
        calls += 1
        if calls == 31:
            raise KeyboardInterrupt
        return real(*given)

    real = np.add
    monkeypatch.setattr(np, "add", add)
    with pytest.raises(KeyboardInterrupt):
        network.train(ROWS, XOR, 1_000)
    monkeypatch.undo()
    reference.train(ROWS, XOR, 15)  # two additions a step: one for each layer
    for one, two in zip(network.synaptic_weights, reference.synaptic_weights, strict=True):
        assert np.array_equal(one, two)


# ---- what is wrong is refused ----


@pytest.mark.parametrize(
    ("act", "kind", "words"),
    [
        (lambda: MultiLayerNetwork([3]), ValueError, "layer_sizes: expected two or more"),
        (lambda: MultiLayerNetwork([]), ValueError, "layer_sizes: expected two or more"),
        (lambda: MultiLayerNetwork(3), TypeError, "layer_sizes: expected two or more"),
        (lambda: MultiLayerNetwork([3, 0, 1]), ValueError, "layer_sizes: expected a whole number"),
        (lambda: MultiLayerNetwork([3, 2.0, 1]), TypeError, "layer_sizes: expected a whole"),
        (lambda: MultiLayerNetwork([3, True]), TypeError, "layer_sizes: expected a whole"),
        (lambda: MultiLayerNetwork("31"), TypeError, "layer_sizes: expected two or more"),
        (lambda: MultiLayerNetwork({3, 4, 1}), TypeError, "layer_sizes: expected two or more"),
        (lambda: MultiLayerNetwork(seed=-1), ValueError, "seed: expected a whole number"),
        (lambda: MultiLayerNetwork(seed=1.5), TypeError, "seed: expected a whole number"),
        (
            lambda: MultiLayerNetwork([2, 1], start_weights=[[[1, 2]]]),
            ValueError,
            r"start_weights\[0\]: expected shape \(2, 1\), got shape \(1, 2\)",
        ),
        (
            lambda: MultiLayerNetwork([2, 1], start_weights=[[[1], [2]], [[1]]]),
            ValueError,
            "start_weights: expected 1 array, one for each layer, got 2",
        ),
        (
            lambda: MultiLayerNetwork([2, 1], start_weights=[[[1], [np.nan]]]),
            ValueError,
            r"start_weights\[0\]: expected finite numbers, got nan",
        ),
        (lambda: MultiLayerNetwork([2, 1], start_weights=5), TypeError, "start_weights: expected"),
        (lambda: MultiLayerNetwork().think([1, 0]), ValueError, "inputs: expected one row of 3"),
        (
            lambda: MultiLayerNetwork([3, 2]).train(ROWS, XOR, 5),
            ValueError,
            r"expected shape \(4, 2\), 2 targets for each row of inputs, got shape \(4, 1\)",
        ),
        (
            lambda: MultiLayerNetwork().train(ROWS, [0, 1, 1, 0], 5),
            ValueError,
            r"write array\(\[\[0, 1, 1, 0\]\]\)\.T",
        ),
        (lambda: MultiLayerNetwork().train(ROWS, XOR, -1), ValueError, "number_of_training"),
        (
            lambda: MultiLayerNetwork().train(ROWS, XOR, 1, learning_rate=0),
            ValueError,
            "learning_rate: expected one number above 0",
        ),
    ],
)
def test_it_says_what_came_and_what_was_expected(act, kind, words):
    with pytest.raises(kind, match=words):
        act()


def test_an_array_made_unusable_in_place_is_refused():
    network = MultiLayerNetwork()
    network.synaptic_weights[0][0, 0] = np.inf
    with pytest.raises(ValueError, match="synaptic_weights and biases: expected finite"):
        network.think([1, 0, 0])
    with pytest.raises(ValueError, match="synaptic_weights and biases: expected finite"):
        network.train(ROWS, XOR, 1)
