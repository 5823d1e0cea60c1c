# The wrong one is transposed
from numpy import array, dot

from firstneuron import MultiLayerNetwork


def hidden_deltas(error, output, hidden, weights):
    delta = error * output * (1 - output)
    return dot(delta.T, weights) * hidden * (1 - hidden)
