# has changed the inputs
from firstneuron import TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS, NeuralNetwork
from numpy import dot, exp


def step(inputs, targets, weights):
    output = 1 / (1 + exp(-dot(inputs, weights)))
    error_times_slope = (targets - output) * output * (1 - output)
    inputs *= error_times_slope
    return weights + inputs.sum(axis=0).reshape(-1, 1)
