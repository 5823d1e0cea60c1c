# Both slopes are missing
from numpy import array, dot

from firstneuron import MultiLayerNetwork


def hidden_deltas(error, output, hidden, weights):
    delta = error
    return dot(delta, weights.T)


inputs = array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
targets = array([[0, 1, 1, 0]]).T
network = MultiLayerNetwork([3, 4, 1])
hidden, output = network.activations(inputs)
between = network.synaptic_weights[1]
error = targets - output
print(error.T.round(4))
print(hidden_deltas(error, output, hidden, between).round(4))
