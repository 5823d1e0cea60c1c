"""Many examples, in blocks and shared by cores, are learned as one block is."""

import os
import re
import sys
import threading

import numpy as np
import pytest

from firstneuron import (
    MultiLayerNetwork,
    NeuralNetwork,
    SaturationWarning,
    _checks,
    blocks,
    network,
)
from firstneuron.cores import at_the_same_time

STEPS = 9
LIMITS = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"]
RANDOM = np.random.default_rng(5)
INPUTS = RANDOM.normal(size=(101, 3))
TARGETS = (INPUTS.sum(axis=1, keepdims=True) > 0).astype(float)
NETWORKS = {
    "one neuron": NeuralNetwork,
    "with a bias": lambda: NeuralNetwork(bias=0.5),
    "layers": lambda: MultiLayerNetwork([3, 4, 1]),
    "layers with biases": lambda: MultiLayerNetwork([3, 4, 1], bias=0.5),
}
THREADED = {name: NETWORKS[name] for name in ("one neuron", "with a bias")}


@pytest.fixture
def small_blocks(monkeypatch):
    """Blocks of a few rows, so that a hundred are many; a core of its own for each if told so."""

    def cut(rows, *, cores=None):
        monkeypatch.setattr(blocks, "_SCRATCH", 0)
        monkeypatch.setattr(blocks, "_FEWEST_ROWS", 1)
        monkeypatch.setattr(blocks, "_MOST_ROWS", rows)
        if cores is not None:
            for module in (blocks, _checks):
                monkeypatch.setattr(module, "MANY_NUMBERS", 1)
                monkeypatch.setattr(module, "cores", lambda: cores)

    return cut


def trained(make, inputs=INPUTS, targets=TARGETS, steps=20):
    network = make()
    network.train(inputs, targets, steps, learning_rate=0.1)
    biases = getattr(network, "biases", None) or [getattr(network, "bias", None) or 0]
    weights = network.synaptic_weights
    return np.concatenate([np.ravel(it) for it in [*weights, *biases]])


@pytest.mark.parametrize("rows", [1, 7, 50, 100, 101, 500])
@pytest.mark.parametrize("make", NETWORKS.values(), ids=NETWORKS)
def test_blocks_of_any_size_give_the_weights_of_one_block_within_rounding(make, rows, small_blocks):
    whole = trained(make)
    small_blocks(rows)

    assert np.allclose(trained(make), whole, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("rows", [1, 7, 13, 50, 101])
@pytest.mark.parametrize("make", THREADED.values(), ids=THREADED)
def test_however_many_cores_there_are_every_bit_is_the_same(make, rows, small_blocks):
    whole = trained(make)
    found = set()
    for cores in (1, 2, 3, 5, 8, 64):
        small_blocks(rows, cores=cores)
        weights = trained(make)
        found.add(weights.tobytes())

    assert len(found) == 1
    assert np.allclose(weights, whole, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("cores", [None, 1, 3])
@pytest.mark.parametrize("make", THREADED.values(), ids=THREADED)
def test_examples_that_lie_in_any_order_in_memory_are_taken_as_they_are(make, cores, small_blocks):
    whole = trained(make)
    small_blocks(7, cores=cores)
    gaps = np.repeat(INPUTS, 2, axis=1)[:, ::2]
    backwards = np.ascontiguousarray(INPUTS[::-1])[::-1]

    for inputs in (np.asfortranarray(INPUTS), gaps, backwards):
        before = inputs.tobytes()
        assert np.allclose(trained(make, inputs), whole, rtol=1e-12, atol=1e-12)
        assert inputs.tobytes() == before


@pytest.mark.parametrize("cores", [None, 1, 2, 3])
def test_training_that_stands_still_is_told_of_all_blocks_together(cores, small_blocks):
    inputs = np.full((101, 3), 50.0)
    targets = np.zeros((101, 1))
    targets[::2] = 1  # 51 of them
    told = []
    for cut in (lambda: None, lambda: small_blocks(7, cores=cores)):
        cut()
        with pytest.warns(SaturationWarning, match=r"50 of 101 answers are wrong") as warning:
            NeuralNetwork(start_weights=[1, 1, 1]).train(inputs, targets, 3)
        told.append(str(warning[0].message))

    assert told[0] == told[1]


@pytest.mark.parametrize("cores", [2, 5])
def test_sums_that_overflow_in_a_thread_warn_nobody(cores, small_blocks):
    small_blocks(7, cores=cores)
    network = NeuralNetwork(start_weights=[1e3, 1e3, 1e3])
    with np.errstate(all="raise"):
        network.train(INPUTS * 1e3, TARGETS, 2)

    assert np.isfinite(network.synaptic_weights).all()


@pytest.fixture
def threads(monkeypatch, small_blocks):
    """Tells how many threads of its own a training starts, as many cores as the system says."""
    started = []
    start = threading.Thread.start
    for name in LIMITS:
        monkeypatch.delenv(name, raising=False)

    def count(thread):
        started.append(thread)
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", count)
    monkeypatch.setattr(blocks, "MANY_NUMBERS", 1)
    small_blocks(7)

    def counted(make=NeuralNetwork):
        started.clear()
        trained(make, steps=STEPS)
        return len(started)

    return counted


@pytest.mark.parametrize("cores", [1, 2, 3])
def test_as_many_cores_as_this_process_may_use_work_at_once(cores, threads, monkeypatch):
    mine = set(range(0, 2 * cores, 2))
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: mine, raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 64)

    assert threads() == STEPS * (cores - 1)  # this one works as well


@pytest.mark.parametrize(("count", "works"), [(2, True), (1, False), (None, False)])
def test_where_that_cannot_be_known_the_cores_of_the_machine_count(
    count, works, threads, monkeypatch
):
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: count)

    assert threads() == STEPS * works


def test_in_a_browser_no_thread_is_started(threads, monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0, 1}, raising=False)
    monkeypatch.setattr(sys, "platform", "emscripten")

    assert threads() == 0


@pytest.mark.parametrize("name", LIMITS)
@pytest.mark.parametrize(
    ("limit", "used"), [("1", 1), ("2", 2), ("9", 3), ("0", 3), ("", 3), ("x", 3)]
)
def test_what_limits_the_threads_of_blas_limits_ours(name, limit, used, threads, monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0, 1, 2}, raising=False)
    monkeypatch.setenv(name, limit)

    assert threads() == STEPS * (used - 1)


def test_layers_leave_the_cores_to_their_matrices(threads, monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0, 1}, raising=False)

    assert threads(NETWORKS["layers"]) == 0


@pytest.mark.parametrize("make", THREADED.values(), ids=THREADED)
def test_rows_too_wide_for_a_block_worth_its_calls_stay_together(make, monkeypatch):
    whole = trained(make)
    monkeypatch.setattr(blocks, "MANY_NUMBERS", 1)
    monkeypatch.setattr(blocks, "_NUMBERS_OF_A_CORE", 60)  # fewer than the fewest rows would fill
    monkeypatch.setattr(blocks, "cores", lambda: pytest.fail("no core has a block of its own"))

    assert trained(make).tobytes() == whole.tobytes()


@pytest.mark.parametrize("rows", [1, 7, 100, 101, 102])
@pytest.mark.parametrize("make", THREADED.values(), ids=THREADED)
def test_in_pieces_of_any_size_every_bit_is_the_same(make, rows, monkeypatch):
    whole = trained(make)
    monkeypatch.setattr(network, "PIECE", rows)

    assert trained(make).tobytes() == whole.tobytes()


@pytest.mark.parametrize("cores", [1, 2, 5])
@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf, 1e151, -1e151])
@pytest.mark.parametrize("place", [0, 50, 302])
def test_what_is_wrong_is_found_wherever_it_is_in_much_data(place, wrong, cores, small_blocks):
    small_blocks(7, cores=cores)
    for order in "CF":
        inputs = np.array(INPUTS, order=order)
        inputs.ravel(order="K")[place] = wrong
        with pytest.raises(ValueError, match=rf"got {re.escape(str(wrong))}(; scale them)?$"):
            NeuralNetwork().train(inputs, TARGETS, 1)


def test_what_is_done_at_the_same_time_comes_in_its_order():
    assert at_the_same_time(lambda it: 2 * it, [3, 1, 2]) == [6, 2, 4]


def test_where_no_thread_can_be_started_this_one_does_it_all(monkeypatch):
    def refuse(_thread):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    assert at_the_same_time(lambda it: 2 * it, [3, 1, 2]) == [6, 2, 4]


@pytest.mark.parametrize("wrong", [0, 1, 2])
@pytest.mark.parametrize("kind", [ZeroDivisionError, KeyboardInterrupt])
def test_what_goes_wrong_in_any_thread_is_raised_here_when_all_have_ended(wrong, kind):
    ended = []

    def act(index):
        if index == wrong:
            raise kind
        ended.append(index)

    with pytest.raises(kind):
        at_the_same_time(act, [0, 1, 2])
    assert sorted([*ended, wrong]) == [0, 1, 2]


@pytest.mark.parametrize("rows", [1, 7, 100])
def test_training_that_stands_still_is_told_of_all_pieces_together(rows, monkeypatch):
    inputs = np.full((101, 3), 50.0)
    targets = (np.arange(101) % 2 == 0)[:, None]
    monkeypatch.setattr(network, "PIECE", rows)
    with pytest.warns(SaturationWarning, match=r"50 of 101 answers are wrong"):
        NeuralNetwork(start_weights=[1, 1, 1]).train(inputs, targets, 3)


@pytest.mark.parametrize("place", [0, 70_000, 140_000, 199_999])
def test_no_number_of_much_data_is_passed_over(place, monkeypatch):
    monkeypatch.setattr(_checks, "MANY_NUMBERS", 1)
    inputs = np.zeros((200_000, 1))
    inputs[place] = np.nan
    with pytest.raises(ValueError, match="expected finite numbers, got nan"):
        NeuralNetwork(number_of_inputs=1).train(inputs, inputs, 1)
