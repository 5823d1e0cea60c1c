"""One neuron that learns, in NumPy.

The network of two well-loved articles, documented, typed and tested: three inputs,
one neuron, ten thousand steps. Read the modules in this order, one idea each:

- `data`: the four examples and the new situation
- `activation`: the sigmoid and its slope
- `rule`: weighted sum, loss, and how much each weight is adjusted
- `start`: random start weights, the articles' own
- `network`: the neuron itself, how it thinks and takes a step
- `layers`: several layers of neurons, for what one neuron cannot learn
- `trainable`: what both can do: be trained, at once or in batches, saved and loaded
- `blocks`: the examples of a step, few at once, many in blocks that fit into the cache
- `cores`: of the processor, for what is worth sharing among them
- `saturation`: the warning that training stands still
- `batches`: a training set cut into batches
- `record`: what the weights and the error were along the way
- `early_stop`: training that ends when it no longer helps with other examples
- `file`: networks in files
- `cli`: the command line
- `options`: what can be typed behind it
"""

from importlib import import_module
from typing import TYPE_CHECKING

from firstneuron.activation import sigmoid, sigmoid_slope
from firstneuron.batches import mini_batches
from firstneuron.data import NEW_SITUATION, TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS
from firstneuron.layers import MultiLayerNetwork
from firstneuron.network import NeuralNetwork
from firstneuron.rule import adjustment, half_squared_error, weighted_sum
from firstneuron.saturation import SaturationWarning

if TYPE_CHECKING:
    from firstneuron.early_stop import EarlyStop, train_with_early_stop
    from firstneuron.record import MultiLayerTrainingRecord, TrainingRecord, record_training

__version__ = "0.1.0"

__all__ = [
    "NEW_SITUATION",
    "TRAINING_SET_INPUTS",
    "TRAINING_SET_OUTPUTS",
    "EarlyStop",
    "MultiLayerNetwork",
    "MultiLayerTrainingRecord",
    "NeuralNetwork",
    "SaturationWarning",
    "TrainingRecord",
    "adjustment",
    "half_squared_error",
    "mini_batches",
    "record_training",
    "sigmoid",
    "sigmoid_slope",
    "train_with_early_stop",
    "weighted_sum",
]

# Imported when they are asked for: the article's program needs none of them, and starts sooner.
_LATER = {
    "EarlyStop": "early_stop",
    "MultiLayerTrainingRecord": "record",
    "TrainingRecord": "record",
    "record_training": "record",
    "train_with_early_stop": "early_stop",
}


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_LATER})
