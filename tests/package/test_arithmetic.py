"""The pieces of the formula against exact and independent arithmetic."""

import cmath
import decimal
import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from firstneuron import (
    TRAINING_SET_INPUTS,
    TRAINING_SET_OUTPUTS,
    NeuralNetwork,
    adjustment,
    half_squared_error,
    record_training,
    sigmoid,
    sigmoid_slope,
    weighted_sum,
)
from package.exact import EPSILON, LARGEST, check_sum

# From where exp(-z) overflows up to where the result is 1, and some special places.
SUMS = [
    *np.linspace(-709, 40, 150).tolist(),
    *np.random.default_rng(0).normal(scale=5, size=150).tolist(),
    *[0.0, -0.0, 1e-300, -1e-300, 5e-324, 1e-9, -1e-9, 36.7, 36.8, -709.7],
]


def exact_sigmoid(z):
    with decimal.localcontext(prec=60):
        return 1 / (1 + (-Decimal(z)).exp())


def test_sigmoid_is_exact_to_a_few_units_in_the_last_place():
    for z in SUMS:
        exact = exact_sigmoid(z)
        assert abs(Decimal(float(sigmoid(z))) - exact) <= 4 * Decimal(math.ulp(float(exact))), z


@pytest.mark.parametrize("z", [-50.0, -3.5, -1.0, 0.0, 0.1, 1.0, 2.0, 30.0])
def test_sigmoid_agrees_with_the_standard_librarys_exp_and_tanh(z):
    assert sigmoid(z) == pytest.approx(1 / (1 + math.exp(-z)), rel=1e-15)
    assert sigmoid(z) == pytest.approx((1 + math.tanh(z / 2)) / 2, rel=1e-12, abs=1e-16)


def test_sigmoid_of_zero_is_exactly_one_half():
    assert sigmoid(0) == 0.5
    assert sigmoid(-0.0) == 0.5


def test_sigmoid_never_falls_and_mirrored_sums_add_up_to_one():
    sums = np.sort(SUMS)

    assert (np.diff(sigmoid(sums)) >= 0).all()
    np.testing.assert_allclose(sigmoid(sums) + sigmoid(-sums), 1, rtol=EPSILON)


@pytest.mark.parametrize(
    ("z", "expected"),
    [
        (37, 1),
        (710, 1),
        (1e308, 1),
        (10**300, 1),
        (-710, 0),
        (-745, 0),
        (-1e308, 0),
        (-(10**300), 0),
    ],
)
def test_sigmoid_is_exactly_one_or_zero_far_out(z, expected):
    assert sigmoid(z) == expected


def test_sigmoid_lies_strictly_between_zero_and_one_as_long_as_float64_can_tell():
    assert 0 < sigmoid(-709) < 1e-300
    assert 0.9999999999999 < sigmoid(36) < 1


@pytest.mark.parametrize("function", [sigmoid, sigmoid_slope])
@pytest.mark.parametrize("shape", [(), (1,), (4,), (4, 1), (2, 3, 4)])
def test_result_has_the_shape_of_what_was_given(function, shape):
    result = function(np.full(shape, 0.25))

    assert result.shape == shape
    assert result.dtype == np.float64
    assert isinstance(result, np.ndarray if shape else np.float64)


def test_slope_is_that_of_finite_differences():
    h = 1e-5
    for z in np.linspace(-12, 12, 49).tolist():
        rise = (exact_sigmoid(z + h) - exact_sigmoid(z - h)) / (Decimal(z + h) - Decimal(z - h))
        assert sigmoid_slope(sigmoid(z)) == pytest.approx(float(rise), abs=1e-11)


def test_slope_is_the_derivative_by_complex_step():
    h = 1e-30
    for z in np.linspace(-30, 30, 121).tolist():
        derivative = (1 / (1 + cmath.exp(-(z + h * 1j)))).imag / h
        assert sigmoid_slope(sigmoid(z)) == pytest.approx(derivative, rel=1e-14, abs=EPSILON)


def test_slope_is_steepest_where_the_output_is_one_half():
    outputs = np.linspace(0, 1, 101)

    assert sigmoid_slope(0.5) == 0.25
    assert sigmoid_slope(outputs).argmax() == 50
    assert sigmoid_slope([0, 1]).tolist() == [0, 0]


@pytest.mark.parametrize("outside", [-1e-9, 1.0000001, 2, -4, 1e308])
def test_slope_refuses_what_no_sigmoid_gives_and_says_what_to_pass(outside):
    with pytest.raises(ValueError, match=r"from 0 to 1, got .*; pass sigmoid\(z\), not z"):
        sigmoid_slope([0.5, outside])


@pytest.mark.parametrize("power", [0, 1, 30, 160, 300], ids="1e±{}".format)
@pytest.mark.parametrize("columns", [1, 3, 20])
def test_weighted_sum_is_exact_up_to_rounding(power, columns):
    random = np.random.default_rng([power, columns])

    def numbers(*shape):
        return random.normal(size=shape) * 10.0 ** random.integers(-power, power + 1, size=shape)

    inputs, weights = numbers(30, columns), numbers(columns)
    with np.errstate(all="raise"):
        results = weighted_sum(inputs, weights)
    assert results.shape == (30, 1)
    for row, result in zip(inputs.tolist(), results[:, 0].tolist(), strict=True):
        check_sum(result, row, weights.tolist())


def test_weighted_sum_agrees_with_fsum():
    random = np.random.default_rng(0)
    inputs, weights = random.normal(size=(50, 8)), random.normal(size=8)
    expected = [[math.fsum(x * w for x, w in zip(row, weights, strict=True))] for row in inputs]

    np.testing.assert_allclose(weighted_sum(inputs, weights), expected, rtol=0, atol=1e-14)


@pytest.mark.parametrize(
    ("inputs", "weights", "expected"),
    [
        ([1, 0, 1], [0.5, 2.0, -0.25], [0.25]),
        ([1, 0, 1], [[0.5], [2.0], [-0.25]], [0.25]),
        ([[1, 2], [3, 4], [5, 6]], [10, 1], [[12], [34], [56]]),
        ([3], [4], [12]),
        ([Fraction(1, 4), 2], [Fraction(1, 2), 1], [2.125]),
        ([1e308, 1e308], [10, 1], [math.inf]),
        ([[2**1000, -(2**1000)], [1, 2]], [2**1000, 2**1000], [[0], [3 * 2**1000]]),
        ([1e308, 1e308], [-10, 1], [-math.inf]),
        ([2**600, 2**600, 3], [2**600, -(2**600), 1], [0]),  # 3 is nothing beside such a sum
        ([1e200, 1e-200], [1e200, 1e-200], [math.inf]),
    ],
)
def test_weighted_sum_of_worked_examples(inputs, weights, expected):
    with np.errstate(all="raise"):
        assert weighted_sum(inputs, weights).tolist() == expected


def test_half_squared_error_is_half_the_exact_sum_of_squares():
    random = np.random.default_rng(0)
    targets, outputs = random.normal(size=(2, 40, 1))
    exact = sum(
        (Fraction(t) - Fraction(o)) ** 2
        for t, o in zip(targets.ravel().tolist(), outputs.ravel().tolist(), strict=True)
    )

    assert half_squared_error(targets, outputs) == pytest.approx(float(exact / 2), rel=1e-14)
    assert half_squared_error(3, 1) == 2
    assert half_squared_error([1, 0], [1, 0]) == 0


def example(rows, columns):
    random = np.random.default_rng([rows, columns])
    inputs = random.normal(size=(rows, columns))
    return inputs, random.integers(0, 2, size=(rows, 1)), random.normal(size=(columns, 1))


EXAMPLES = {
    "the article's": (
        TRAINING_SET_INPUTS,
        TRAINING_SET_OUTPUTS,
        NeuralNetwork().synaptic_weights,
    ),
    "one row": example(1, 3),
    "one column": example(5, 1),
    "eight by six": example(8, 6),
}


@pytest.mark.parametrize("data", EXAMPLES.values(), ids=EXAMPLES)
def test_adjustment_is_minus_the_numeric_gradient_of_the_loss(data):
    inputs, targets, weights = data
    h = 1e-5

    def loss(weights):
        return half_squared_error(targets, sigmoid(weighted_sum(inputs, weights)))

    gradient = [
        (loss(weights + direction) - loss(weights - direction)) / (2 * h)
        for direction in h * np.eye(len(weights))[:, :, np.newaxis]
    ]
    change = adjustment(inputs, targets, sigmoid(weighted_sum(inputs, weights)))
    assert change.shape == weights.shape
    np.testing.assert_allclose(change[:, 0], np.negative(gradient), rtol=0, atol=1e-9)


@pytest.mark.parametrize("data", EXAMPLES.values(), ids=EXAMPLES)
def test_adjustment_is_minus_the_gradient_by_complex_step(data):
    inputs, targets, weights = data
    h = 1e-30

    def loss(weights):  # in plain complex arithmetic, without the package
        total = 0
        for row, (target,) in zip(inputs.tolist(), targets.tolist(), strict=True):
            z = sum(x * w for x, w in zip(row, weights, strict=True))
            total += (target - 1 / (1 + cmath.exp(-z))) ** 2 / 2
        return total

    flat = weights[:, 0].tolist()
    gradient = [
        loss([w + (h * 1j if i == k else 0) for i, w in enumerate(flat)]).imag / h
        for k in range(len(flat))
    ]
    change = adjustment(inputs, targets, sigmoid(weighted_sum(inputs, weights)))
    np.testing.assert_allclose(change[:, 0], np.negative(gradient), rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("data", EXAMPLES.values(), ids=EXAMPLES)
def test_one_step_of_training_adds_the_adjustment(data):
    inputs, targets, weights = data
    network = NeuralNetwork(number_of_inputs=len(weights), start_weights=weights)
    change = adjustment(inputs, targets, network.think(inputs))
    network.train(inputs, targets, 1)

    np.testing.assert_allclose(network.synaptic_weights, weights + change, rtol=0, atol=1e-14)


def test_adjustment_of_a_worked_example():
    change = adjustment([[1, 0, 2], [0, 1, 1]], [[1], [0]], [[0.5], [0.5]])

    assert change.tolist() == [[0.125], [-0.125], [0.125]]


HUGE = {
    "1e308, both signs": [1e308, -1e308, 1e308],
    "largest and smallest": [LARGEST, -LARGEST, 5e-324],
    "small beside huge": [1e308, 1e-308, -1e-320],
    "10**30 as Python ints": [10**30, -(10**30), 1],
    "10**308 as Python ints": [10**308, -(10**308), 1],
    "largest uint64": [2**64 - 1, 0, 1],
    "float32": np.array([3.4e38, -3.4e38, 1e-45], dtype=np.float32),
    "long double": np.array([1e308, -1e308, 1e-308], dtype=np.longdouble),
    "tiny": [5e-324, -5e-324, 1e-310],
}


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("huge", HUGE.values(), ids=HUGE)
def test_huge_and_tiny_numbers_give_no_nan_and_no_warning(huge):
    column = [[number] for number in huge]
    halves = [[0.5]] * 3
    network = NeuralNetwork(start_weights=huge)
    untrained = NeuralNetwork()

    with np.errstate(all="raise"):
        results = [
            sigmoid(huge),
            weighted_sum(huge, [0.5, 0.25, -1]),
            weighted_sum([huge, [1, 2, 3]], huge),
            half_squared_error(huge, [0, 0, 0]),
            adjustment([huge, huge, [0, 0, 0]], column, halves),
            adjustment([huge] * 3, column, [[0], [1e-310], [1]]),
            network.think(huge),
            network.think([huge, [0, 0, 0], [1, 1, 1]]),
            untrained.think(huge),
            record_training(untrained, [[0, 0, 0]] * 3, column, [0, 1]).mean_squared_error,
        ]
        if float(np.max(np.abs(np.asarray(huge, dtype=float)))) <= 1e150:
            network.train([[0, 0, 0]], [[0]], 2, progress=True)
            network.train([[1, 0, 0]], [[1 if huge[0] > 0 else 0]], 2)
        else:  # sums that overflow on their way would not come back
            with pytest.raises(ValueError, match=r"expected no number beyond 1e\+150 to train"):
                network.train([[0, 0, 0]], [[0]], 2)
            with pytest.raises(
                ValueError, match=r"inputs: expected numbers from -1e\+150 to 1e\+150"
            ):
                untrained.train([huge], [[0]], 2)
    for result in results:
        assert not np.isnan(result).any()


@pytest.mark.filterwarnings("error")
def test_long_double_beyond_float64_is_refused_and_below_it_is_zero():
    if np.finfo(np.longdouble).maxexp == np.finfo(float).maxexp:
        pytest.skip("long double is float64 on this platform")
    with np.errstate(all="raise"):
        small, large = np.longdouble("1e-4900"), np.longdouble("1e4900")
        for tiny in (small, np.array(small, dtype=object)):
            assert sigmoid(tiny) == 0.5
        for beyond in (large, np.array(large, dtype=object)):
            with pytest.raises(ValueError, match="expected finite numbers, got inf"):
                sigmoid(beyond)


KINDS = ["bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"]
KINDS += ["float16", "float32", "float64", "longdouble", "object"]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("kind", KINDS)
def test_every_real_type_gives_what_python_numbers_give(kind):
    ones_and_zeros = np.array([[0, 1, 1], [1, 0, 1]]).astype(kind)
    numbers, column = ones_and_zeros.tolist(), [[1], [0]]
    network = NeuralNetwork()

    with np.errstate(all="raise"):
        for given, expected in [
            (sigmoid(ones_and_zeros), sigmoid(numbers)),
            (sigmoid_slope(ones_and_zeros), sigmoid_slope(numbers)),
            (weighted_sum(ones_and_zeros, ones_and_zeros[0]), weighted_sum(numbers, numbers[0])),
            (half_squared_error(ones_and_zeros, numbers), np.float64(0)),
            (
                adjustment(ones_and_zeros, ones_and_zeros[:, :1], [[0.25], [0.5]]),
                adjustment(numbers, [row[:1] for row in numbers], [[0.25], [0.5]]),
            ),
            (network.think(ones_and_zeros), network.think(numbers)),
        ]:
            assert given.dtype == np.float64
            np.testing.assert_array_equal(given, expected, strict=True)
        network.train(ones_and_zeros, column, 3)


def test_large_integers_of_every_width_are_taken_at_their_value():
    for kind in KINDS[1:9]:
        largest = np.iinfo(kind).max
        assert weighted_sum(np.array([largest], dtype=kind), [1]) == float(largest)
