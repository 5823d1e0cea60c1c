# Take exp from NumPy, not from math
from numpy import exp


def sigmoid(z):
    return 1 / (1 + exp(-z))


import math


def slope_at(z):
    output = 1 / (1 + math.exp(-z))
    return output * (1 - output)
