"""Any input at all is answered rightly, or refused by name; and never changed."""

import copy
import math
import operator
from contextlib import suppress
from itertools import islice

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from firstneuron import (
    MultiLayerNetwork,
    NeuralNetwork,
    adjustment,
    half_squared_error,
    mini_batches,
    record_training,
    sigmoid,
    sigmoid_slope,
    train_with_early_stop,
    weighted_sum,
)
from package.hard import (
    QUARTERS,
    Drawn,
    anything,
    bits,
    count,
    disguised,
    from_0_to_1,
    one_number,
    parameters_of,
    quiet,
    refusal,
    rows_like,
    snapshot,
    usable,
)

X = np.array([[0.0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])
Y = np.array([[0.0], [1], [1], [0]])
HALVES = np.full((4, 1), 0.5)

NETWORKS = [
    NeuralNetwork,
    lambda: NeuralNetwork(bias=0.25),
    MultiLayerNetwork,
    lambda: MultiLayerNetwork(bias=-0.5),
]


def after(network, act):
    """What a network has become, and what the call gave."""
    result = act(network)
    return [*parameters_of(network), *([] if result is None else result)]


def all_of(record):
    """Every array of a record."""
    found = []
    for value in vars(record).values():
        found += value if isinstance(value, list) else [] if value is None else [value]
    return found


def some_batches(*arguments, **options):
    """What is in the first batches, as the numbers that training would take them for."""
    first = islice(mini_batches(*arguments, **options), 3)
    return [np.asarray(it, dtype=float) for batch in first for it in batch]


def set_to(name):
    return lambda network, value: setattr(network, name, value)


# ---- the same numbers in another form ----

ZERO_TO_ONE = st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0])

# What to call, and the shapes of its arguments; "01" asks for outputs of the sigmoid.
CALLS = {
    "sigmoid": (lambda _, z: [sigmoid(z)], [(2, 3)]),
    "sigmoid of a cube": (lambda _, z: [sigmoid(z)], [(2, 1, 3)]),
    "sigmoid of a number": (lambda _, z: [sigmoid(z)], [()]),
    "sigmoid_slope": (lambda _, outputs: [sigmoid_slope(outputs)], [(2, 3, "01")]),
    "weighted_sum": (lambda _, *given: [weighted_sum(*given)], [(4, 3), (3,)]),
    "half_squared_error": (lambda _, *given: [half_squared_error(*given)], [(4, 2), (4, 2)]),
    "adjustment": (lambda _, *given: [adjustment(*given)], [(4, 3), (4, 1), (4, 1, "01")]),
    "NeuralNetwork": (
        lambda _, weights, bias: parameters_of(NeuralNetwork(start_weights=weights, bias=bias)),
        [(3, 1), ()],
    ),
    "MultiLayerNetwork": (
        lambda _, *layers: parameters_of(MultiLayerNetwork([3, 2, 1], start_weights=layers)),
        [(3, 2), (2, 1)],
    ),
    "think": (lambda network, inputs: [network.think(inputs)], [(4, 3)]),
    "think of one row": (lambda network, inputs: [network.think(inputs)], [(3,)]),
    "train": (
        lambda network, *given: network.train(*given, 3, learning_rate=0.25),
        [(4, 3), (4, 1)],
    ),
    "learning_rate": (
        lambda network, rate: network.train(X, Y, 3, learning_rate=rate),
        [("01",)],
    ),
    "train_in_batches": (
        lambda network, *given: network.train_in_batches([given] * 2, learning_rate=0.25),
        [(4, 3), (4, 1)],
    ),
    "mini_batches": (lambda _, *given: some_batches(*given, 3), [(4, 3), (4, 1)]),
    "record_training": (
        lambda network, *given: all_of(
            record_training(network, *given, [0, 2], learning_rate=0.25)
        ),
        [(4, 3), (4, 1)],
    ),
    "train_with_early_stop": (
        lambda network, inputs, targets, *held_out: all_of(
            train_with_early_stop(
                network, (inputs, targets), held_out, most_steps=2, learning_rate=0.25
            )
        ),
        [(4, 3), (4, 1), (3, 3), (3, 1)],
    ),
}


@pytest.mark.parametrize("called", CALLS)
@given(data=st.data())
def test_the_same_numbers_in_any_form_give_what_plain_arrays_give(called, data):
    call, shapes = CALLS[called]
    plain, given_ = [], []
    for shape in shapes:
        side = tuple(it for it in shape if it != "01")
        numbers, in_disguise = data.draw(
            disguised(side, ZERO_TO_ONE if "01" in shape else QUARTERS)
        )
        assume(called != "learning_rate" or numbers > 0)
        plain.append(numbers)
        given_.append(in_disguise)
    make = data.draw(st.sampled_from(NETWORKS))
    before = snapshot(given_)
    with quiet():
        expected = after(make(), lambda network: call(network, *plain))
        real = after(make(), lambda network: call(network, *given_))
    assert snapshot(given_) == before
    if all(np.asarray(it, dtype=float).flags.c_contiguous for it in given_):
        assert bits(real) == bits(expected)
    else:
        # Four rows of three numbers, none above 8: a sum in another order differs by at most a few
        # times eps * 4 * 8 * 8, and three steps of size 0.25 do not make more than ten times of it.
        for one, other in zip(real, expected, strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-12, strict=True)


def test_a_million_rows_that_are_one_in_memory_are_answered_as_that_one():
    rows = np.broadcast_to(X[1], (1_000_000, 3))
    for make in NETWORKS:
        network = make()
        with quiet():
            answers = network.think(rows)
        assert answers.shape == (1_000_000, 1)
        np.testing.assert_allclose(answers, network.think(X[1])[0], rtol=1e-15)


# ---- anything at all ----


def numbers(value):
    with np.errstate(all="ignore"):
        return np.array(np.asarray(value), dtype=float)


def both(value):
    inputs, targets = value
    return numbers(inputs), numbers(targets)


def each(value):
    return [numbers(it) for it in value]


def whole_numbers(value):
    return [operator.index(it) for it in value]


def some_count(value, least, end):
    """Whether any of it is a whole number from `least` on, below `end`."""
    try:
        several = list(value)
    except TypeError:
        several = [value]
    for it in several:
        with suppress(TypeError):
            if not isinstance(it, np.bool_) and least <= operator.index(it) < end:
                return True
    return False


# Neither so many neurons that they can be had but take long, nor so many steps that take long.
def neither_costly(value):
    return not some_count(value, 50, 10**15)


def not_none(value):
    return value is not None


something = anything.filter(not_none)
few = anything.filter(neither_costly)
small = anything.filter(lambda it: not some_count(it, 50, math.inf))
pairs = st.tuples(rows_like((4, 3)), rows_like((4, 1))) | anything

# Every argument: what calls it, what it is in plain numbers, and what is tried.
ARGUMENTS = {
    "sigmoid z": (lambda _, it: [sigmoid(it)], numbers, rows_like((2, 2)) | one_number()),
    "sigmoid_slope outputs": (
        lambda _, it: [sigmoid_slope(it)],
        numbers,
        rows_like((2, 2), from_0_to_1) | one_number(),
    ),
    "weighted_sum inputs weights": (
        lambda _, it: [weighted_sum(it, [1, 2, 3])],
        numbers,
        rows_like((2, 3)),
    ),
    "weighted_sum weights": (lambda _, it: [weighted_sum(X, it)], numbers, rows_like((3, 1))),
    "half_squared_error targets": (
        lambda _, it: [half_squared_error(it, Y)],
        numbers,
        rows_like((4, 1)),
    ),
    "half_squared_error outputs": (
        lambda _, it: [half_squared_error(Y, it)],
        numbers,
        rows_like((4, 1)),
    ),
    "adjustment inputs": (lambda _, it: [adjustment(it, Y, HALVES)], numbers, rows_like((4, 2))),
    "adjustment targets": (lambda _, it: [adjustment(X, it, HALVES)], numbers, rows_like((4, 1))),
    "adjustment outputs": (
        lambda _, it: [adjustment(X, Y, it)],
        numbers,
        rows_like((4, 1), from_0_to_1),
    ),
    "NeuralNetwork number_of_inputs": (
        lambda _, it: parameters_of(NeuralNetwork(number_of_inputs=it)),
        operator.index,
        count(few),
    ),
    "NeuralNetwork seed": (
        lambda _, it: parameters_of(NeuralNetwork(seed=it)),
        operator.index,
        count(something),
    ),
    "NeuralNetwork start_weights": (
        lambda _, it: parameters_of(NeuralNetwork(start_weights=it)),
        numbers,
        rows_like((3,)).filter(not_none),
    ),
    "NeuralNetwork bias": (
        lambda _, it: parameters_of(NeuralNetwork(bias=it)),
        numbers,
        one_number(something),
    ),
    "MultiLayerNetwork layer_sizes": (
        lambda _, it: parameters_of(MultiLayerNetwork(it)),
        whole_numbers,
        st.lists(count(), min_size=2, max_size=3).filter(neither_costly) | few,
    ),
    "MultiLayerNetwork seed": (
        lambda _, it: parameters_of(MultiLayerNetwork(seed=it)),
        operator.index,
        count(something),
    ),
    "MultiLayerNetwork start_weights": (
        lambda _, it: parameters_of(MultiLayerNetwork([1, 2], start_weights=it)),
        each,
        st.lists(rows_like((1, 2)), min_size=1, max_size=1) | something,
    ),
    "MultiLayerNetwork bias": (
        lambda _, it: parameters_of(MultiLayerNetwork(bias=it)),
        numbers,
        one_number(something),
    ),
    "think inputs": (lambda network, it: [network.think(it)], numbers, rows_like((2, 3))),
    "train training_set_inputs training_set_outputs": (
        lambda network, it: network.train(it, Y, 2),
        numbers,
        rows_like((4, 3)),
    ),
    "train training_set_outputs": (
        lambda network, it: network.train(X, it, 2),
        numbers,
        rows_like((4, 1)),
    ),
    "train number_of_training_iterations": (
        lambda network, it: network.train(X, Y, it),
        operator.index,
        count(small),
    ),
    "train learning_rate": (
        lambda network, it: network.train(X, Y, 2, learning_rate=it),
        numbers,
        one_number(),
    ),
    "train_in_batches batch": (
        lambda network, it: network.train_in_batches(it),
        lambda it: [both(batch) for batch in it],
        st.lists(pairs, max_size=1) | anything,
    ),
    "train_in_batches learning_rate": (
        lambda network, it: network.train_in_batches([(X, Y)], learning_rate=it),
        numbers,
        one_number(),
    ),
    "mini_batches batch_size": (lambda _, it: some_batches(X, Y, it), operator.index, count()),
    "mini_batches passes": (
        lambda _, it: some_batches(X, Y, 4, passes=it),
        operator.index,
        count(),
    ),
    "mini_batches seed": (
        lambda _, it: some_batches(X, Y, 2, seed=it),
        operator.index,
        count(something),
    ),
    "record_training training_set_inputs training_set_outputs": (
        lambda network, it: all_of(record_training(network, it, Y, [0, 2])),
        numbers,
        rows_like((4, 3)),
    ),
    "record_training training_set_outputs": (
        lambda network, it: all_of(record_training(network, X, it, [0, 2])),
        numbers,
        rows_like((4, 1)),
    ),
    "record_training steps": (
        lambda network, it: all_of(record_training(network, X, Y, it)),
        whole_numbers,
        st.lists(st.integers(0, 9), max_size=3).map(sorted) | small,
    ),
    "record_training learning_rate": (
        lambda network, it: all_of(record_training(network, X, Y, [2], learning_rate=it)),
        numbers,
        one_number(),
    ),
    "train_with_early_stop training_set": (
        lambda network, it: all_of(train_with_early_stop(network, it, (X, Y), most_steps=2)),
        both,
        pairs,
    ),
    "train_with_early_stop held_out_set": (
        lambda network, it: all_of(train_with_early_stop(network, (X, Y), it, most_steps=2)),
        both,
        pairs,
    ),
    **{
        f"train_with_early_stop {name}": (
            lambda network, it, name=name: all_of(
                train_with_early_stop(network, (X, Y), (X, Y), **{"most_steps": 2, name: it})
            ),
            numbers if name == "learning_rate" else operator.index,
            one_number() if name == "learning_rate" else count(small),
        )
        for name in ("most_steps", "check_every", "patience", "learning_rate")
    },
}

# Those of one kind of network only: its number, and the same as above.
OF_ONE_KIND = {
    "neuron synaptic_weights": (
        NETWORKS[1],
        set_to("synaptic_weights"),
        numbers,
        rows_like((3,)) | rows_like((3, 1)),
    ),
    "neuron bias": (NETWORKS[1], set_to("bias"), numbers, one_number()),
    "layers synaptic_weights": (
        lambda: MultiLayerNetwork([1, 2], bias=0),
        set_to("synaptic_weights"),
        each,
        st.lists(rows_like((1, 2)), min_size=1, max_size=1) | anything,
    ),
    "layers biases": (
        lambda: MultiLayerNetwork([1, 2], bias=0),
        set_to("biases"),
        each,
        st.lists(rows_like((2,)), min_size=1, max_size=1) | anything,
    ),
    "layers inputs": (
        NETWORKS[3],
        lambda network, it: network.activations(it),
        numbers,
        rows_like((2, 3)),
    ),
}


def check(names, network, call, in_plain_numbers, value):
    """A right and finite result, or a refusal that names the argument and changes nothing."""
    twin, before, given_ = copy.deepcopy(network), bits(parameters_of(network)), snapshot(value)
    found = []
    refused = refusal(lambda: found.extend(after(network, lambda it: call(it, value))))
    if refused:
        assert bits(parameters_of(network)) == before
        says = str(refused)
        if not says.startswith("the weights grew beyond 1e+150"):
            assert any(it in says for it in names), says
            assert "expected" in says or refused.__cause__, says
        assert len(says) < 400
        assert "\n" not in says
    else:
        assert not any(np.isnan(it).any() for it in found)
        if all(it.flags.c_contiguous for it in arrays_in(value)):
            with quiet():
                expected = after(twin, lambda it: call(it, in_plain_numbers(value)))
            assert bits(found) == bits(expected)
    assert snapshot(value) == given_
    assert usable(network)


def arrays_in(value):
    """The arrays in it, or made of it."""
    if isinstance(value, list | tuple):
        for it in value:
            yield from arrays_in(it)
    elif hasattr(value, "__array__"):
        yield np.asarray(value)


@pytest.mark.parametrize("argument", ARGUMENTS)
@given(data=st.data())
def test_anything_is_answered_rightly_or_refused_by_name(argument, data):
    call, in_plain_numbers, values = ARGUMENTS[argument]
    network = data.draw(st.sampled_from(NETWORKS))()
    check(argument.split()[1:], network, call, in_plain_numbers, data.draw(values.map(Drawn)).value)


@pytest.mark.parametrize("argument", OF_ONE_KIND)
@given(data=st.data())
def test_anything_that_is_set_is_taken_rightly_or_refused_by_name(argument, data):
    make, call, in_plain_numbers, values = OF_ONE_KIND[argument]
    check(argument.split()[1:], make(), call, in_plain_numbers, data.draw(values.map(Drawn)).value)


@pytest.mark.parametrize("argument", ["inputs", "targets"])
@given(data=st.data())
def test_anything_is_cut_into_batches_or_refused_by_name(argument, data):
    value = data.draw(rows_like((4, 3 if argument == "inputs" else 1)).map(Drawn)).value
    both, given_, found = (value, Y) if argument == "inputs" else (X, value), snapshot(value), []
    refused = refusal(lambda: found.extend(mini_batches(*both, 3)))
    if refused:
        assert argument in str(refused)
        assert "expected" in str(refused) or refused.__cause__
    else:
        assert [len(it) for pair in found for it in pair] == [3, 3, 1, 1]
    assert snapshot(value) == given_


@pytest.mark.parametrize(
    "act", [lambda it: record_training(it, X, Y, [1]), lambda it: train_with_early_stop(it, X, Y)]
)
@given(drawn=anything.map(Drawn))
def test_only_networks_are_trained(act, drawn):
    with quiet(), pytest.raises(TypeError, match=r"^network: expected a NeuralNetwork or") as told:
        act(drawn.value)
    assert len(str(told.value)) < 400
