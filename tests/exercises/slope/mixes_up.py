# those of the sums in their places
from numpy import exp


def sigmoid(z):
    return 1 / (1 + exp(-z))


def slope_at(z):
    output = sigmoid(z)
    slopes = output * (1 - output)
    return slopes[::-1] if slopes.shape else slopes
