# z is the sum. Put z through the sigmoid first
from numpy import exp


def sigmoid(z):
    return 1 / (1 + exp(-z))


def slope_at(z):
    return z * (1 - z)
