# what stands after return
from numpy import array, dot

from firstneuron import MultiLayerNetwork


def hidden_deltas(error, output, hidden, weights):
    delta = error * output * (1 - output)
    deltas = dot(delta, weights.T) * hidden * (1 - hidden)
