# applied twice
from numpy import exp


def sigmoid(z):
    return 1 / (1 + exp(-z))


def slope(z):
    output = sigmoid(z)
    return output * (1 - output)


def slope_at(z):
    return slope(sigmoid(z))
