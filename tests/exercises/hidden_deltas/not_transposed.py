# Which of the two needs .T?
from numpy import array, dot

from firstneuron import MultiLayerNetwork


def hidden_deltas(error, output, hidden, weights):
    delta = error * output * (1 - output)
    return dot(delta, weights) * hidden * (1 - hidden)
