# But if cannot decide for four sums
from numpy import exp


def sigmoid(z):
    return 1 / (1 + exp(-z))


def slope_at(z):
    if z > 0:
        return slope_at(-z)
    output = sigmoid(z)
    return output * (1 - output)
