# what stands after return
from numpy import array, dot, exp, zeros


def train(inputs, targets, steps):
    weights, bias = zeros((inputs.shape[1], 1)), 0.0
    for step in range(steps):
        output = 1 / (1 + exp(-(dot(inputs, weights) + bias)))
        delta = (targets - output) * output * (1 - output)
        weights = weights + dot(inputs.T, delta)
        bias = bias + delta.sum()
