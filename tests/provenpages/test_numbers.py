"""Numbers are written the way the page shows them."""

import math
from fractions import Fraction

import numpy as np
import pytest

from provenpages.numbers import NotComparable, as_shown


@pytest.mark.parametrize(
    ("value", "shown", "written"),
    [
        (2 / 3, "0.12", "0.67"),
        (2 / 3, "0.1234", "0.6667"),
        (2.5, "1", "2"),
        (3, "1", "3"),
        (3, "1.00", "3.00"),
        (-3, "1", "−3"),
        (-3, "−1", "−3"),
        (-3, "-1", "-3"),
        (3, "−1", "3"),
        (3, "+1", "+3"),
        (-3, "+1", "−3"),
        (-0.0, "−0.00", "−0.00"),
        (-1234.56, "−1,000.0", "−1,234.6"),
        (1234567, "1,000", "1,234,567"),
        (1234567, "1000", "1234567"),
        (12, "1,000", "12"),
        (99.94, "1.0%", "99.9%"),
        (np.float64(0.25), "0.1", "0.2"),
        (np.float32(0.5), "0.10", "0.50"),
        (np.int64(7), "1", "7"),
        (np.array([[0.25]]), "0.12", "0.25"),
        ("three", "any text", "three"),
    ],
)
def test_a_value_is_written_in_the_manner_of_the_page(value, shown, written):
    assert as_shown(value, shown) == written


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (np.array([1.0, 2.0]), "1.0"),
        (np.array([]), "1.0"),
        (math.nan, "1.0"),
        (-math.inf, "1.0"),
        (True, "1"),
        (np.bool_(1), "1"),
        (1j, "1"),
        (Fraction(1, 2), "0.5"),
        (None, "1"),
        ([1], "1"),
        (1, "one"),
        (1, "1.0e3"),
        (1, "1 "),
        (1, "1,00"),
        (1, "1 000"),
        (1, ""),
        ("a`b", "a"),
        ("a\nb", "a"),
        (" ", "a"),
    ],
)
def test_what_is_not_one_number_or_not_shown_as_one_is_not_compared(value, shown):
    with pytest.raises(NotComparable):
        as_shown(value, shown)
