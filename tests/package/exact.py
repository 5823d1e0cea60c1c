"""Weighted sums against exact arithmetic."""

import math
from fractions import Fraction

import numpy as np

EPSILON = float(np.finfo(float).eps)
LARGEST = float(np.finfo(float).max)


def check_sum(result, row, weights):
    """Within the rounding of as many products and sums, also beyond float64's range."""
    terms = [Fraction(x) * Fraction(w) for x, w in zip(row, weights, strict=True)]
    exact = sum(terms)
    rounding = len(terms) * Fraction(EPSILON) * sum(map(abs, terms)) + Fraction(5e-324) * len(terms)
    if math.isinf(result):
        assert (exact if result > 0 else -exact) + rounding > LARGEST
    else:
        assert abs(Fraction(result) - exact) <= rounding
