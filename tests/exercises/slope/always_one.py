# gives 1 for every sum
from numpy import exp


def sigmoid(z):
    return 1 / (1 + exp(-z))


def slope_at(z):
    return 1
