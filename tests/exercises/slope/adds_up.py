# gives shape ()
from numpy import exp


def sigmoid(z):
    return 1 / (1 + exp(-z))


def slope_at(z):
    output = sigmoid(z)
    return (output * (1 - output)).sum()
