import numpy as np
from firstneuron import NeuralNetwork


def train(inputs, targets, steps):
    with_ones = np.hstack([inputs, np.ones((len(inputs), 1))])
    count = with_ones.shape[1]
    network = NeuralNetwork(number_of_inputs=count, start_weights=np.zeros(count))
    network.train(with_ones, targets, steps)
    *weights, bias = network.synaptic_weights
    return weights, float(bias[0])
