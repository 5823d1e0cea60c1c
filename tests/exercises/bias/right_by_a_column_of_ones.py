from numpy import array, dot, exp, hstack, ones, zeros


def train(inputs, targets, steps):
    inputs = hstack([inputs, ones((len(inputs), 1))])
    weights = zeros((inputs.shape[1], 1))
    for step in range(steps):
        output = 1 / (1 + exp(-dot(inputs, weights)))
        weights += dot(inputs.T, (targets - output) * output * (1 - output))
    return weights[:-1], weights[-1]
