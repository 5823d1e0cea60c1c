"""Random start weights are those of numpy.random.seed, without its module."""

import random

import numpy as np
import pytest

from firstneuron import MultiLayerNetwork, NeuralNetwork
from firstneuron.start import random_weights

SHAPES = [[(3, 1)], [(1, 1), (1, 1)], [(3, 4), (4, 1)], [(30, 30), (30, 2), (2, 7)], [(5,)]]


@pytest.mark.parametrize("shapes", SHAPES, ids=str)
@pytest.mark.parametrize("seed", [*range(20), 2**16, 2**31 - 1, 2**31, 2**32 - 1])
def test_every_seed_and_shape_gives_what_numpy_gives(seed, shapes):
    theirs = np.random.RandomState(seed)

    for ours, shape in zip(random_weights("", seed, shapes), shapes, strict=True):
        assert ours.shape == shape
        assert ours.tobytes() == (2 * theirs.random_sample(shape) - 1).tobytes()


def test_without_a_seed_all_start_weights_differ_from_network_to_network():
    networks = [MultiLayerNetwork([9, 9, 1], seed=None) for _ in range(2)]
    one, other = (np.concatenate(it.synaptic_weights, axis=None) for it in networks)

    assert not set(one) & set(other)
    assert len(set(one)) == one.size


def test_making_a_network_leaves_the_random_numbers_of_others_alone():
    before = random.getstate(), np.random.get_state()[1].tolist()  # noqa: NPY002 -- the shared one
    NeuralNetwork()
    NeuralNetwork(seed=None)

    assert (random.getstate(), np.random.get_state()[1].tolist()) == before  # noqa: NPY002
