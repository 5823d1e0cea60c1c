"""A recorded training against the article's loop with a memory."""

import numpy as np
import pytest

from firstneuron import (
    TRAINING_SET_INPUTS,
    TRAINING_SET_OUTPUTS,
    MultiLayerNetwork,
    MultiLayerTrainingRecord,
    NeuralNetwork,
    TrainingRecord,
    record_training,
)
from package.published import ROWS, XOR

ARTICLE = (TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS)
STEPS = [0, 1, 2, 21, 100, 341, 1000]


@pytest.mark.parametrize("rate", [1, 0.5, 100])
@pytest.mark.filterwarnings("ignore::firstneuron.SaturationWarning")  # 100 is much too large
def test_record_holds_what_the_articles_loop_goes_through(rate, nine_lines_loop):
    network = NeuralNetwork()
    history = nine_lines_loop(*ARTICLE, network.synaptic_weights, 1000, rate)
    record = record_training(network, *ARTICLE, STEPS, learning_rate=rate)

    assert record.steps.tolist() == STEPS
    assert record.weights.shape == (7, 3)
    assert record.outputs.shape == (7, 4)
    assert record.mean_squared_error.shape == (7,)
    for row, step in enumerate(STEPS):
        outputs = 1 / (1 + np.exp(-(TRAINING_SET_INPUTS @ history[step])))
        errors = TRAINING_SET_OUTPUTS - outputs
        assert record.weights[row].tobytes() == history[step].tobytes()
        np.testing.assert_allclose(record.outputs[row], outputs[:, 0], rtol=1e-14)
        assert record.mean_squared_error[row] == pytest.approx(
            sum(errors[:, 0] ** 2) / 4, rel=1e-13
        )


def test_recording_leaves_the_network_as_plain_training_does():
    recorded, trained = NeuralNetwork(), NeuralNetwork()
    record_training(recorded, *ARTICLE, [3, 5, 1000])
    trained.train(*ARTICLE, 1000)

    assert recorded.synaptic_weights.tobytes() == trained.synaptic_weights.tobytes()


def test_steps_are_counted_from_now():
    network = NeuralNetwork()
    first = record_training(network, *ARTICLE, [10])
    second = record_training(network, *ARTICLE, [0, 10])
    together = record_training(NeuralNetwork(), *ARTICLE, [10, 20])

    assert np.array_equal(first.weights[0], second.weights[0])
    assert np.array_equal(second.weights, together.weights)


@pytest.mark.parametrize("steps", [(0, 2), iter([0, 2]), np.array([0, 2]), range(0, 3, 2)])
def test_steps_come_from_any_iterable(steps):
    assert record_training(NeuralNetwork(), *ARTICLE, steps).steps.tolist() == [0, 2]


def test_arrays_of_a_record_are_read_only():
    record = record_training(NeuralNetwork(), *ARTICLE, [0, 1])

    for array in (record.steps, record.weights, record.outputs, record.mean_squared_error):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    with pytest.raises(AttributeError):
        record.weights = None


def test_training_on_leaves_a_record_as_it_was():
    network = NeuralNetwork()
    record = record_training(network, *ARTICLE, [0, 1])
    weights = record.weights.copy()
    network.train(*ARTICLE, 10)
    network.synaptic_weights[:] = 0

    assert np.array_equal(record.weights, weights)


def test_recorded_network_can_have_other_inputs_and_rows():
    network = NeuralNetwork(number_of_inputs=2)
    record = record_training(network, [[1, 0], [0, 1], [1, 1]], [[1], [0], [1]], [5, 10])

    assert record.weights.shape == (2, 2)
    assert record.outputs.shape == (2, 3)


def test_recording_prints_nothing(capfd):
    record_training(NeuralNetwork(), *ARTICLE, [0, 100])

    assert capfd.readouterr() == ("", "")


def test_layers_are_recorded_as_they_are_when_trained_so_far():
    record = record_training(MultiLayerNetwork([3, 4, 2, 1]), ROWS, XOR, STEPS)

    assert isinstance(record, MultiLayerTrainingRecord)
    assert record.steps.tolist() == STEPS
    assert [it.shape for it in record.weights] == [(7, 3, 4), (7, 4, 2), (7, 2, 1)]
    assert [it.shape for it in record.activations] == [(7, 4, 4), (7, 4, 2), (7, 4, 1)]
    for row, step in enumerate(STEPS):
        network = MultiLayerNetwork([3, 4, 2, 1])
        network.train(ROWS, XOR, step)
        for layer, weights in enumerate(network.synaptic_weights):
            assert record.weights[layer][row].tobytes() == weights.tobytes()
        passed = np.array(ROWS)
        for layer, weights in enumerate(network.synaptic_weights):
            passed = 1 / (1 + np.exp(-(passed @ weights)))
            np.testing.assert_allclose(record.activations[layer][row], passed, rtol=1e-13)
        assert np.array_equal(record.outputs[row], record.activations[-1][row])
        errors = np.array(XOR) - passed
        assert record.mean_squared_error[row] == pytest.approx((errors**2).mean(), rel=1e-13)
        assert record.mean_absolute_error[row] == pytest.approx(abs(errors).mean(), rel=1e-13)


def test_recording_layers_leaves_them_as_plain_training_does():
    recorded, trained = MultiLayerNetwork(), MultiLayerNetwork()
    record = record_training(recorded, ROWS, XOR, [3, 5, 1000])
    trained.train(ROWS, XOR, 1000)

    for one, other in zip(recorded.synaptic_weights, trained.synaptic_weights, strict=True):
        assert one.tobytes() == other.tobytes()
    for array in (*record.weights, *record.activations, record.mean_absolute_error):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_the_mean_absolute_error_of_one_neuron():
    record = record_training(NeuralNetwork(), *ARTICLE, [0])
    outputs = 1 / (1 + np.exp(-(TRAINING_SET_INPUTS @ NeuralNetwork().synaptic_weights)))

    assert record.mean_absolute_error[0] == pytest.approx(
        abs(TRAINING_SET_OUTPUTS - outputs).mean(), rel=1e-14
    )


def test_a_record_shows_itself_in_one_line():
    one = record_training(NeuralNetwork(), *ARTICLE, [0, 10_000])

    assert isinstance(one, TrainingRecord)
    assert repr(one) == (
        "<TrainingRecord of steps 0 to 10,000, 2 in all: mean squared error 0.31 to 6.46e-05>"
    )
