"""The package against the article's own programs.

Both are by Milo Spencer-Harper, 2015 (MIT licence): word for word, but for what Python 3
changed (`range`, `print()`) and without the comments of the second.
"""

import itertools
from fractions import Fraction

import numpy as np
import pytest

from firstneuron import (
    NEW_SITUATION,
    TRAINING_SET_INPUTS,
    TRAINING_SET_OUTPUTS,
    NeuralNetwork,
)

NINE_LINES = """\
from numpy import exp, array, random, dot
training_set_inputs = array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])
training_set_outputs = array([[0, 1, 1, 0]]).T
random.seed(1)
synaptic_weights = 2 * random.random((3, 1)) - 1
for iteration in range(10000):
    output = 1 / (1 + exp(-(dot(training_set_inputs, synaptic_weights))))
    synaptic_weights += dot(training_set_inputs.T, (training_set_outputs - output) * output * (1 - output))
print(1 / (1 + exp(-(dot(array([1, 0, 0]), synaptic_weights)))))
"""  # noqa: E501 -- word for word

WHOLE_PROGRAM = """\
from numpy import exp, array, random, dot


class NeuralNetwork():
    def __init__(self):
        random.seed(1)
        self.synaptic_weights = 2 * random.random((3, 1)) - 1

    def __sigmoid(self, x):
        return 1 / (1 + exp(-x))

    def __sigmoid_derivative(self, x):
        return x * (1 - x)

    def train(self, training_set_inputs, training_set_outputs, number_of_training_iterations):
        for iteration in range(number_of_training_iterations):
            output = self.think(training_set_inputs)
            error = training_set_outputs - output
            adjustment = dot(training_set_inputs.T, error * self.__sigmoid_derivative(output))
            self.synaptic_weights += adjustment

    def think(self, inputs):
        return self.__sigmoid(dot(inputs, self.synaptic_weights))


if __name__ == "__main__":

    neural_network = NeuralNetwork()

    print("Random starting synaptic weights: ")
    print(neural_network.synaptic_weights)

    training_set_inputs = array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])
    training_set_outputs = array([[0, 1, 1, 0]]).T

    neural_network.train(training_set_inputs, training_set_outputs, 10000)

    print("New synaptic weights after training: ")
    print(neural_network.synaptic_weights)

    print("Considering new situation [1, 0, 0] -> ?: ")
    print(neural_network.think(array([1, 0, 0])))
"""

START = """\
[[-0.16595599]
 [ 0.44064899]
 [-0.99977125]]"""
TRAINED = """\
[[ 9.67299303]
 [-0.2078435 ]
 [-4.62963669]]"""


def run(program):
    """Run a program; give what it named. It seeds the global generator, put back afterwards."""
    names = {"__name__": "__main__"}
    state = np.random.get_state()  # noqa: NPY002 -- the generator that the article uses
    exec(program, names)  # noqa: S102 -- the article's program, given above
    np.random.set_state(state)  # noqa: NPY002 -- the same
    return names


def trained(steps=10_000, **options):
    network = NeuralNetwork()
    network.train(TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS, steps, **options)
    return network


def same_bits(one, other):
    """Equal in every bit, so that 0 and -0 differ."""
    return (
        one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    )


def test_data_are_those_of_the_article():
    names = run(NINE_LINES.replace("10000", "0"))

    np.testing.assert_array_equal(TRAINING_SET_INPUTS, names["training_set_inputs"], strict=True)
    np.testing.assert_array_equal(TRAINING_SET_OUTPUTS, names["training_set_outputs"], strict=True)
    assert NEW_SITUATION.tolist() == [1, 0, 0]


@pytest.mark.parametrize("data", [TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS, NEW_SITUATION])
def test_data_cannot_be_changed_by_mistake(data):
    before = data.copy()

    with pytest.raises(ValueError, match="read-only"):
        data[0] = 5
    with pytest.raises(ValueError, match="read-only"):
        data += 1

    np.testing.assert_array_equal(data, before)


def test_untrained_network_has_the_start_weights_of_the_nine_lines_and_their_answer():
    network = NeuralNetwork()

    assert same_bits(
        network.synaptic_weights, run(NINE_LINES.replace("10000", "0"))["synaptic_weights"]
    )
    assert str(network.synaptic_weights) == START
    assert str(network.think(NEW_SITUATION)) == "[0.45860596]"


def test_training_gives_the_weights_of_the_nine_lines_in_every_bit(capsys):
    names = run(NINE_LINES)
    network = trained()

    assert same_bits(network.synaptic_weights, names["synaptic_weights"])
    assert str(network.synaptic_weights) == TRAINED
    assert capsys.readouterr().out == "[0.99993704]\n"
    assert str(network.think(NEW_SITUATION)) == "[0.99993704]"


def test_class_of_the_article_and_the_package_agree(capsys):
    theirs = run(WHOLE_PROGRAM)["neural_network"]
    ours = trained()

    # The class multiplies in another order than the nine lines, so its last bits may differ.
    np.testing.assert_allclose(ours.synaptic_weights, theirs.synaptic_weights, rtol=1e-13)
    every_situation = np.array(list(itertools.product([0, 1], repeat=3)))
    np.testing.assert_allclose(
        ours.think(every_situation), theirs.think(every_situation), rtol=1e-13
    )
    assert capsys.readouterr().out.splitlines() == [
        "Random starting synaptic weights: ",
        *START.splitlines(),
        "New synaptic weights after training: ",
        *TRAINED.splitlines(),
        "Considering new situation [1, 0, 0] -> ?: ",
        "[0.99993704]",
    ]


@pytest.mark.parametrize("steps", [0, 1, 2, 3, 16, 98, 721])
def test_weights_are_those_of_the_nine_lines_after_any_number_of_steps(steps):
    nine_lines = run(NINE_LINES.replace("10000", str(steps)))

    assert same_bits(trained(steps).synaptic_weights, nine_lines["synaptic_weights"])


def test_first_step_is_the_sum_over_the_examples_of_error_times_slope_times_input():
    rows, targets = TRAINING_SET_INPUTS.tolist(), TRAINING_SET_OUTPUTS.ravel().tolist()
    start = [Fraction(float(weight)) for weight in NeuralNetwork().synaptic_weights[:, 0]]
    expected = list(start)
    for row, target in zip(rows, targets, strict=True):
        weighted_sum = sum(weight * x for weight, x in zip(start, row, strict=True))
        output = 1 / (1 + Fraction(np.exp(-float(weighted_sum))))
        for i, x in enumerate(row):
            expected[i] += (target - output) * output * (1 - output) * x

    np.testing.assert_allclose(
        trained(steps=1).synaptic_weights[:, 0], [float(weight) for weight in expected], rtol=1e-15
    )


@pytest.mark.parametrize("kind", [int, bool, np.uint8, np.float32, float, np.longdouble])
def test_type_of_the_data_changes_no_bit_of_the_weights(kind):
    network = NeuralNetwork()
    network.train(TRAINING_SET_INPUTS.astype(kind), TRAINING_SET_OUTPUTS.astype(kind), 1000)

    assert same_bits(network.synaptic_weights, trained(1000).synaptic_weights)


def test_lists_and_tuples_will_do_as_well_as_arrays():
    network = NeuralNetwork()
    network.train(TRAINING_SET_INPUTS.tolist(), tuple(TRAINING_SET_OUTPUTS.tolist()), 1000)

    assert same_bits(network.synaptic_weights, trained(1000).synaptic_weights)


@pytest.mark.parametrize("columns", [1, 2, 3, 5, 16])
@pytest.mark.parametrize("rows", [1, 2, 4, 7, 64])
@pytest.mark.parametrize("order", ["C", "F"])
def test_nine_lines_and_the_package_agree_in_every_bit_on_other_data(
    rows, columns, order, nine_lines_loop
):
    random = np.random.default_rng([rows, columns])
    inputs = np.asarray(random.normal(size=(rows, columns)), order=order)
    targets = random.integers(0, 2, size=(rows, 1))
    start = random.normal(size=(columns, 1))
    network = NeuralNetwork(number_of_inputs=columns, start_weights=start)
    network.train(inputs, targets, 30)

    assert same_bits(network.synaptic_weights, nine_lines_loop(inputs, targets, start, 30)[-1])


def test_weight_that_becomes_zero_prints_as_the_nine_lines_print_it(nine_lines_loop):
    inputs, targets, start = np.array([[1, 1]]), np.array([[0]]), [[0.125], [-0.125]]
    network = NeuralNetwork(number_of_inputs=2, start_weights=start)
    network.train(inputs, targets, 1)

    nine_lines = nine_lines_loop(inputs, targets, start, 1)[-1]
    assert same_bits(network.synaptic_weights, nine_lines)
    assert str(network.synaptic_weights) == "[[ 0.  ]\n [-0.25]]"


@pytest.mark.parametrize("seed", range(21))
def test_start_weights_are_those_of_numpys_seeded_generator_and_lead_to_the_answer(seed):
    state = np.random.get_state()  # noqa: NPY002 -- the generator that the article uses
    np.random.seed(seed)  # noqa: NPY002 -- the same
    expected = 2 * np.random.random((3, 1)) - 1  # noqa: NPY002 -- the same
    np.random.set_state(state)  # noqa: NPY002 -- the same
    network = NeuralNetwork(seed=seed)

    assert same_bits(network.synaptic_weights, expected)
    network.train(TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS, 10_000)
    assert 0.999936990 <= network.think(NEW_SITUATION)[0] <= 0.999937081


def test_row_order_does_not_matter():
    expected = trained(1000).synaptic_weights
    for order in itertools.permutations(range(4)):
        network = NeuralNetwork()
        rows = list(order)
        network.train(TRAINING_SET_INPUTS[rows], TRAINING_SET_OUTPUTS[rows], 1000)
        np.testing.assert_allclose(network.synaptic_weights, expected, rtol=0, atol=1e-12)


def test_training_twice_n_steps_equals_two_n_steps():
    twice = trained(500)
    twice.train(TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS, 500)

    assert same_bits(twice.synaptic_weights, trained(1000).synaptic_weights)


@pytest.mark.parametrize("rate", [1, 1.0, np.float32(1), True])
def test_learning_rate_of_one_equals_the_default(rate):
    assert same_bits(
        trained(1000, learning_rate=rate).synaptic_weights, trained(1000).synaptic_weights
    )


@pytest.mark.parametrize("rate", [0.1, 0.5, 2, 100])
@pytest.mark.filterwarnings("ignore::firstneuron.SaturationWarning")  # 100 is much too large
def test_learning_rate_multiplies_every_change(rate, nine_lines_loop):
    expected = nine_lines_loop(
        TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS, NeuralNetwork().synaptic_weights, 200, rate
    )

    assert same_bits(trained(200, learning_rate=rate).synaptic_weights, expected[-1])


def test_global_random_state_stays_as_it_was():
    np.random.seed(42)  # noqa: NPY002 -- the state that is to stay
    expected = np.random.random(5).tolist()  # noqa: NPY002 -- the same
    np.random.seed(42)  # noqa: NPY002 -- the same

    NeuralNetwork(seed=None)
    trained(10).think(NEW_SITUATION)

    assert np.random.random(5).tolist() == expected  # noqa: NPY002 -- the same
