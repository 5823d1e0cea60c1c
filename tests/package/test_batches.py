"""More rows than one step can take: batch by batch, from arrays, files and generators."""

from contextlib import suppress

import numpy as np
import pytest

from firstneuron import (
    TRAINING_SET_INPUTS,
    TRAINING_SET_OUTPUTS,
    MultiLayerNetwork,
    NeuralNetwork,
    mini_batches,
)

ARTICLE = (TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS)
NETWORKS = [NeuralNetwork, lambda: NeuralNetwork(bias=0), MultiLayerNetwork]


def many(rows=100):
    random = np.random.default_rng(1)
    return random.normal(size=(rows, 3)), random.integers(2, size=(rows, 1)).astype(float)


def weights_of(network):
    return np.concatenate([np.ravel(it) for it in network.synaptic_weights])


# ---- cutting ----


@pytest.mark.parametrize("size", [1, 7, 32, 100, 1000])
def test_every_row_comes_once_in_each_pass_with_its_own_target(size):
    inputs = np.arange(300.0).reshape(100, 3)
    targets = inputs[:, :1] * 10
    batches = list(mini_batches(inputs, targets, size, passes=3))
    for some_inputs, some_targets in batches:
        assert 1 <= len(some_inputs) <= size
        assert np.array_equal(some_targets, some_inputs[:, :1] * 10)
    rows = np.concatenate([it for it, _ in batches])
    for third in np.split(rows, 3):
        assert np.array_equal(np.sort(third, axis=0), inputs)


def test_each_pass_has_an_order_of_its_own_that_the_seed_gives():
    def order(**options):
        batches = mini_batches(*many(), 10, passes=2, **options)
        return np.split(np.concatenate([it for it, _ in batches]), 2)

    first, second = order()
    assert not np.array_equal(first, second)
    assert np.array_equal(order(), order(seed=1))
    assert not np.array_equal(order(), order(seed=2))
    assert not np.array_equal(order(seed=None), order(seed=None))
    in_order = order(shuffle=False)
    assert np.array_equal(in_order[0], many()[0])
    assert np.array_equal(in_order[0], in_order[1])


def test_only_the_rows_of_a_batch_are_read():
    class File:
        def __init__(self, array):
            self.array, self.shape, self.read = array, array.shape, 0

        def __len__(self):
            return len(self.array)

        def __getitem__(self, rows):
            self.read += len(self.array[rows])
            return self.array[rows]

    inputs, targets = map(File, many())
    batches = mini_batches(inputs, targets, 8)
    assert inputs.read == targets.read == 0
    next(batches)
    assert inputs.read == targets.read == 8


def test_a_table_that_is_indexed_by_column_is_turned_into_an_array():
    class Table:
        shape = (3, 3)

        def to_numpy(self):
            return np.eye(3)

        def __getitem__(self, columns):
            raise AssertionError(columns)

    (inputs, targets), *_ = mini_batches(Table(), [[1], [2], [3]], 2, shuffle=False)
    assert inputs.tolist() == [[1, 0, 0], [0, 1, 0]]
    assert targets.tolist() == [[1], [2]]


def test_a_buffer_gives_what_the_array_gives():
    inputs, targets = many()
    from_buffer = list(mini_batches(memoryview(inputs), memoryview(targets), 9))
    for one, other in zip(from_buffer, mini_batches(inputs, targets, 9), strict=True):
        assert all(map(np.array_equal, one, other))


def test_a_memory_map_gives_what_the_array_gives(tmp_path):
    inputs, targets = many()
    np.save(tmp_path / "inputs.npy", inputs)
    from_file, from_memory = NeuralNetwork(), NeuralNetwork()
    mapped = np.load(tmp_path / "inputs.npy", mmap_mode="r")
    from_file.train_in_batches(mini_batches(mapped, targets, 9, passes=4), learning_rate=0.1)
    from_memory.train_in_batches(mini_batches(inputs, targets, 9, passes=4), learning_rate=0.1)
    assert np.array_equal(weights_of(from_file), weights_of(from_memory))
    assert np.array_equal(mapped, inputs)


@pytest.mark.parametrize(
    ("inputs", "targets", "options", "kind", "words"),
    [
        (*many(), {"batch_size": 0}, ValueError, "batch_size: expected a whole number, 1 or more"),
        (*many(), {"batch_size": 2.0}, TypeError, "batch_size: expected a whole number"),
        (*many(), {"batch_size": 2, "passes": 0}, ValueError, "passes: expected a whole number"),
        (*many(), {"batch_size": 2, "seed": -1}, ValueError, "seed: expected a whole number"),
        ([[1, 2], [3]], [[0], [1]], {"batch_size": 2}, ValueError, "inputs: expected rows of"),
        ([1, 2], [[0], [1]], {"batch_size": 2}, ValueError, r"inputs: expected shape \(rows, col"),
        (many()[0], [0, 1], {"batch_size": 2}, ValueError, r"targets: expected.*shape\(-1, 1\)"),
        (many()[0], [[0]], {"batch_size": 2}, ValueError, "expected as many targets"),
        (np.empty((0, 3)), np.empty((0, 1)), {"batch_size": 2}, ValueError, "inputs: expected"),
        (object(), [[0]], {"batch_size": 2}, TypeError, "inputs: expected real numbers"),
        (np.ndarray, [[0]], {"batch_size": 2}, TypeError, "inputs: .* got type"),
    ],
)  # fmt: skip
def test_what_cannot_be_cut_is_refused_at_once(inputs, targets, options, kind, words):
    with pytest.raises(kind, match=f"^{words}"):
        mini_batches(inputs, targets, **options)


# ---- training ----


@pytest.mark.parametrize("make", NETWORKS)
def test_all_rows_in_one_batch_are_a_step_of_train(make):
    whole, batch = make(), make()
    whole.train(*ARTICLE, 50, learning_rate=0.5)
    batch.train_in_batches([ARTICLE] * 50, learning_rate=0.5)
    assert np.array_equal(weights_of(whole), weights_of(batch))


@pytest.mark.parametrize("make", NETWORKS)
def test_each_batch_is_a_step_and_going_on_is_training_longer(make):
    one_by_one, at_once, in_two_calls = make(), make(), make()
    batches = list(mini_batches(*many(), 7))
    for inputs, targets in batches:
        one_by_one.train(inputs, targets, 1)
    at_once.train_in_batches(iter(batches))
    in_two_calls.train_in_batches(batches[:6])
    in_two_calls.train_in_batches(batches[6:])
    assert np.array_equal(weights_of(one_by_one), weights_of(at_once))
    assert np.array_equal(weights_of(one_by_one), weights_of(in_two_calls))


def test_chunks_add_up_to_the_step_of_all_rows():
    inputs, targets = many()
    start = NeuralNetwork().synaptic_weights
    changes = []
    for part in (slice(0, 30), slice(30, 100)):
        network = NeuralNetwork(start_weights=start)
        network.train(inputs[part], targets[part], 1)
        changes.append(network.synaptic_weights - start)
    whole = NeuralNetwork(start_weights=start)
    whole.train(inputs, targets, 1)
    np.testing.assert_allclose(start + sum(changes), whole.synaptic_weights, rtol=1e-12)


def test_a_bad_batch_is_named_and_the_steps_before_it_are_kept():
    network, reference = NeuralNetwork(), NeuralNetwork()
    with pytest.raises(ValueError, match=r"^batch 3: inputs: expected shape"):
        network.train_in_batches([ARTICLE, ARTICLE, ([[1, 2]], [[0]]), ARTICLE])
    reference.train(*ARTICLE, 2)
    assert np.array_equal(network.synaptic_weights, reference.synaptic_weights)


def test_what_the_source_raises_reaches_the_caller():
    def torn():
        yield ARTICLE
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        NeuralNetwork().train_in_batches(torn())


def test_weights_that_grow_too_large_are_told_and_those_before_are_kept():
    network, reference = NeuralNetwork(number_of_inputs=1), NeuralNetwork(number_of_inputs=1)
    grows = ([[1e-309]], [[1e308]])
    with pytest.raises(OverflowError, match=r"beyond 1e\+150"):
        network.train_in_batches([grows] * 200, learning_rate=1e308)
    with suppress(OverflowError):
        while True:
            reference.train(*grows, 1, learning_rate=1e308)
    assert np.array_equal(network.synaptic_weights, reference.synaptic_weights)


@pytest.mark.parametrize(
    ("batches", "kind", "words"),
    [
        ([], ValueError, "batches: expected at least one pair"),
        (iter([]), ValueError, r".*a generator gives its batches only once"),
        (5, TypeError, "batches: expected pairs of inputs and targets, got 5"),
        ([5], TypeError, "batch 1: expected a pair of inputs and targets, got int"),
        ([(1, 2, 3)], TypeError, "batch 1: expected a pair of inputs and targets, got tuple"),
        ([(TRAINING_SET_INPUTS, ["a"])], TypeError, "batch 1: targets: expected real"),
        ([([[np.nan] * 3], [[1]])], ValueError, "batch 1: inputs: expected finite"),
    ],
)
def test_no_batches_and_no_pairs_are_refused(batches, kind, words):
    with pytest.raises(kind, match=f"^{words}"):
        NeuralNetwork().train_in_batches(batches)


def test_the_step_size_is_checked_before_the_first_batch_is_asked_for():
    def never():
        raise AssertionError
        yield

    with pytest.raises(ValueError, match=r"^learning_rate: expected one number above 0"):
        NeuralNetwork().train_in_batches(never(), learning_rate=0)
