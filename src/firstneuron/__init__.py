"""One neuron that learns, in NumPy.

The network of two well-loved articles, documented, typed and tested: three inputs,
one neuron, ten thousand steps. Read the modules in this order, one idea each:

- `data`: the four examples and the new situation
- `activation`: the sigmoid and its slope
- `rule`: weighted sum, loss, and how much each weight is adjusted
- `network`: the neuron itself, which can think and be trained
- `layers`: several layers of neurons, for what one neuron cannot learn
- `record`: what the weights and the error were along the way
- `cli`: the command line
"""

from firstneuron.activation import sigmoid, sigmoid_slope
from firstneuron.data import NEW_SITUATION, TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS
from firstneuron.layers import MultiLayerNetwork
from firstneuron.network import NeuralNetwork
from firstneuron.record import TrainingRecord, record_training
from firstneuron.rule import adjustment, half_squared_error, weighted_sum

__version__ = "0.1.0"

__all__ = [
    "NEW_SITUATION",
    "TRAINING_SET_INPUTS",
    "TRAINING_SET_OUTPUTS",
    "MultiLayerNetwork",
    "NeuralNetwork",
    "TrainingRecord",
    "adjustment",
    "half_squared_error",
    "record_training",
    "sigmoid",
    "sigmoid_slope",
    "weighted_sum",
]
