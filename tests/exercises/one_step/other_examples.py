# with others it is not
from firstneuron import TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS, NeuralNetwork
from numpy import dot, exp


def step(inputs, targets, weights):
    output = 1 / (1 + exp(-dot(inputs, weights)))
    output = NeuralNetwork().think(TRAINING_SET_INPUTS)
    error = TRAINING_SET_OUTPUTS - output
    return weights + dot(TRAINING_SET_INPUTS.T, error * output * (1 - output))
