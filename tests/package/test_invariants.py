"""What holds of every network, whatever its weights and whatever it is trained on."""

import re
import warnings
from contextlib import suppress
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from firstneuron import (
    MultiLayerNetwork,
    NeuralNetwork,
    adjustment,
    half_squared_error,
    mini_batches,
    record_training,
    sigmoid,
    train_with_early_stop,
    weighted_sum,
)
from package.exact import EPSILON, LARGEST, check_sum
from package.hard import (
    bits,
    examples,
    finite,
    moderate,
    networks,
    neurons,
    parameters_of,
    quiet,
    refusal,
    usable,
    with_parameters,
)
from package.interrupt import interrupt_at_line

# ---- the adjustment is the slope ----


def loss(parameters, inputs, targets, biased):
    """Half the squared error of layers of neurons, in whatever arithmetic the weights are of."""
    weights = parameters[: len(parameters) // 2] if biased else parameters
    passed = inputs
    for layer, matrix in enumerate(weights):
        sums = passed @ matrix
        if biased:
            sums = sums + parameters[len(weights) + layer]
        passed = 1 / (1 + np.exp(-sums))
    return np.sum((targets - passed) ** 2) / 2


def changed_by(parameters, which, place, by):
    changed = [it.astype(type(by)) for it in parameters]
    changed[which][place] += by
    return changed


@given(data=st.data())
def test_a_step_is_minus_the_gradient_by_complex_step_and_by_central_differences(data):
    network = data.draw(networks())
    inputs, targets = data.draw(examples(network))
    before = parameters_of(network)
    biased = len(before) % 2 == 0 and before[-1].ndim == 1
    with quiet():
        network.train(inputs, targets, 1)
    for which, (old, new) in enumerate(zip(before, parameters_of(network), strict=True)):
        for place in np.ndindex(old.shape):
            tiny, small = 1e-30j, 1e-5
            gradient = loss(changed_by(before, which, place, tiny), inputs, targets, biased).imag
            ends = [
                half_squared_error(targets, with_parameters(network, changed).think(inputs))
                for changed in (changed_by(before, which, place, by) for by in (small, -small))
            ]
            change = new[place] - old[place]
            # The weights are at most 4, the changes at most some hundred: that is what they are
            # rounded by. Differences are less exact: what they leave out grows with small ** 2.
            assert change == pytest.approx(-gradient / tiny.imag, rel=1e-10, abs=1e-13)
            assert change == pytest.approx((ends[1] - ends[0]) / (2 * small), rel=1e-5, abs=1e-6)


@given(data=st.data())
def test_the_adjustment_is_the_change_of_one_step(data):
    network = data.draw(neurons())
    inputs, targets = data.draw(examples(network))
    before = network.synaptic_weights
    change = adjustment(inputs, targets, network.think(inputs))
    with quiet():
        network.train(inputs, targets, 1)
    np.testing.assert_allclose(network.synaptic_weights, before + change, rtol=0, atol=1e-13)


# ---- what does not matter ----


@given(data=st.data(), steps=st.integers(0, 7), more=st.integers(0, 7))
def test_some_steps_and_then_more_are_all_of_them_to_the_last_bit(data, steps, more):
    network = data.draw(networks())
    inputs, targets = data.draw(examples(network))
    rate = data.draw(st.sampled_from([1, 0.1, 3.7]))
    at_once, recorded = (with_parameters(network, parameters_of(network)) for _ in range(2))
    with quiet():
        network.train(inputs, targets, steps, learning_rate=rate)
        network.train(inputs, targets, more, learning_rate=rate)
        at_once.train(inputs, targets, steps + more, learning_rate=rate)
        marks = sorted({steps, steps + more})
        record_training(recorded, inputs, targets, marks, learning_rate=rate)
    assert bits(parameters_of(network)) == bits(parameters_of(at_once))
    assert bits(parameters_of(network)) == bits(parameters_of(recorded))


@given(data=st.data(), shuffle=st.booleans())
def test_one_batch_of_all_rows_is_one_step_of_train(data, shuffle):
    network = data.draw(networks())
    inputs, targets = data.draw(examples(network))
    in_batches = with_parameters(network, parameters_of(network))
    with quiet():
        network.train(inputs, targets, 3)
        in_batches.train_in_batches(
            mini_batches(inputs, targets, len(inputs), passes=3, shuffle=shuffle)
        )
    assert bits(parameters_of(network)) == bits(parameters_of(in_batches))


@given(data=st.data())
def test_the_order_of_the_rows_does_not_matter(data):
    network = data.draw(networks())
    inputs, targets = data.draw(examples(network))
    order = data.draw(st.permutations(range(len(inputs))))
    turned = with_parameters(network, parameters_of(network))
    with quiet():
        network.train(inputs, targets, 1)
        turned.train(inputs[order], targets[order], 1)
    # A change is a sum over the rows; in another order it is rounded otherwise, each time by less
    # than half of EPSILON times what it has come to. Sums of up to four products, none above 16,
    # may be rounded otherwise, too, at another place in memory. No term is larger than 4, and
    # backward through up to three layers none grows by more than 4 * 4 / 4 each.
    terms = len(inputs) * 4 * 4**3
    for one, other in zip(parameters_of(network), parameters_of(turned), strict=True):
        np.testing.assert_allclose(one, other, rtol=0, atol=EPSILON * terms * 16)


@given(data=st.data())
def test_nothing_but_zeros_is_answered_by_exactly_one_half_whatever_the_weights(data):
    weights = data.draw(arrays_of.arrays(float, st.integers(1, 9), elements=finite))
    network = NeuralNetwork(number_of_inputs=len(weights), start_weights=weights)
    with quiet():
        assert network.think(np.zeros(len(weights))).tolist() == [0.5]
        assert network.think(np.zeros((2, len(weights)))).tolist() == [[0.5], [0.5]]


# ---- numbers as large and as small as they get ----


@given(data=st.data())
def test_weighted_sums_are_exact_up_to_rounding_and_never_nan(data):
    shape = data.draw(arrays_of.array_shapes(min_dims=2, max_dims=2, max_side=5))
    rows = data.draw(arrays_of.arrays(float, shape, elements=finite))
    weights = data.draw(arrays_of.arrays(float, shape[1], elements=finite))
    with quiet():
        sums = weighted_sum(rows, weights)
    for row, (found,) in zip(rows.tolist(), sums.tolist(), strict=True):
        check_sum(found, row, weights.tolist())


def as_far_as_float64_goes(exact):
    try:
        return float(exact)
    except OverflowError:
        return 1e308 if exact > 0 else -1e308


@given(data=st.data())
def test_the_answer_is_that_of_the_exact_sum_up_to_rounding(data):
    network = data.draw(neurons(weights=finite))
    weights = network.synaptic_weights[:, 0].tolist()
    row = data.draw(st.lists(finite, min_size=len(weights), max_size=len(weights)))
    with quiet():
        answer = network.think(row)[0]
    terms = [Fraction(x) * Fraction(w) for x, w in zip(row, weights, strict=True)]
    terms.append(Fraction(network.bias or 0))
    rounding = len(terms) * (Fraction(EPSILON) * sum(map(abs, terms)) + Fraction(5e-324))
    least, most = (sigmoid(as_far_as_float64_goes(sum(terms) + by)) for by in (-rounding, rounding))
    assert least * (1 - 4 * EPSILON) <= answer <= most * (1 + 4 * EPSILON)


OF_ANY_SIZE = {
    "train": lambda network, both, rate: network.train(*both, 3, learning_rate=rate),
    "train_in_batches": lambda network, both, rate: network.train_in_batches(
        [both], learning_rate=rate
    ),
    "record_training": lambda network, both, rate: record_training(
        network, *both, [0, 1, 3], learning_rate=rate
    ),
    "train_with_early_stop": lambda network, both, rate: train_with_early_stop(
        network, both, both, most_steps=3, learning_rate=rate
    ),
}


@pytest.mark.parametrize("training", OF_ANY_SIZE)
@given(data=st.data(), rate=st.sampled_from([1, 1e300, LARGEST]) | st.floats(5e-324, LARGEST))
def test_training_on_anything_finite_ends_with_usable_weights_or_is_refused(training, data, rate):
    network = data.draw(networks(weights=moderate | finite))
    both = data.draw(examples(network, elements=finite, targets=moderate | finite, most=3))
    before = bits(parameters_of(network))
    refused = refusal(lambda: OF_ANY_SIZE[training](network, both, rate))
    if refused:
        says = {
            OverflowError: "the weights grew beyond 1e.150",
            ValueError: (
                "held_out_set: expected targets within reach|.*expected no number beyond 1e.150 to"
                "|.*inputs: expected numbers from -1e.150 to 1e.150|.*_set: inputs: expected "
            ),
        }
        assert re.match(says[type(refused)], str(refused))
        assert bits(parameters_of(network)) == before
    assert usable(network)


# ---- files and Ctrl-C ----


@given(network=networks(weights=finite))
def test_what_is_saved_and_loaded_is_the_same_to_the_last_bit(network, a_file):
    network.save(a_file)
    loaded = type(network).load(a_file)
    assert bits(parameters_of(loaded)) == bits(parameters_of(network))
    assert repr(loaded) == repr(network)


@pytest.fixture(scope="module", name="a_file")
def _a_file(tmp_path_factory):
    return tmp_path_factory.mktemp("invariants") / "network.json"


TRAININGS = {
    "train": lambda network, *both: network.train(*both, 4),
    "progress": lambda network, *both: network.train(*both, 4, progress=True),
    "train_in_batches": lambda network, *both: network.train_in_batches([both] * 4),
    "record_training": lambda network, *both: record_training(network, *both, [0, 2, 4]),
    "train_with_early_stop": lambda network, *both: train_with_early_stop(
        network, both, both, most_steps=4, check_every=2
    ),
}


@pytest.mark.parametrize("training", TRAININGS)
@given(data=st.data(), line=st.integers(1, 400))
def test_ctrl_c_at_any_line_leaves_whole_steps(training, data, line):
    network = data.draw(networks())
    both = data.draw(examples(network))
    reference, whole = with_parameters(network, parameters_of(network)), []
    with quiet():
        for _ in range(5):
            whole.append(bits(parameters_of(reference)))
            reference.train(*both, 1)
    with quiet():
        interrupt_at_line(line, lambda: TRAININGS[training](network, *both))
    assert bits(parameters_of(network)) in whole
    assert usable(network)


@given(line=st.integers(1, 120))
def test_ctrl_c_at_any_line_of_save_leaves_the_old_file_or_the_new_one(line, a_file):
    old, new = NeuralNetwork(seed=2), MultiLayerNetwork(seed=3)
    old.save(a_file)
    with warnings.catch_warnings():  # a tracer can interrupt even the end of a `with`
        warnings.simplefilter("ignore", ResourceWarning)
        interrupt_at_line(line, lambda: new.save(a_file))
    with suppress(ValueError):
        assert repr(NeuralNetwork.load(a_file)) == repr(old)
        return
    assert bits(parameters_of(MultiLayerNetwork.load(a_file))) == bits(parameters_of(new))
