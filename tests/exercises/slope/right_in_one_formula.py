from numpy import exp


def slope_at(z):
    return exp(-z) / (1 + exp(-z)) ** 2
