"""LaTeX read back: what it says, worked out by hand."""

import math

import numpy as np
import pytest

from provenpages.algebra import Unreadable
from provenpages.latex import is_name, relations, states_something, symbols_of

NUMBERS = {
    "a": 2.0,
    "b": 3.0,
    "w": np.array([5.0, 7.0, 11.0]),
    "x": np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]),
    "i": 1,
    "f": lambda *values: 100.0 + sum(values),
    "sigma": lambda value: 1 / (1 + math.exp(-value)),
    "da/db": 13.0,
    "∂a/∂w_i": 17.0,
    "Delta w": np.array([1.0, 2.0, 3.0]),
    "dot w": np.array([4.0, 5.0, 6.0]),
    "change of w": np.array([7.0, 8.0, 9.0]),
    "slope": 5.0,
    "delta": 29.0,
    "delta_j": 31.0,
    "Delta w_ij": 37.0,
}


@pytest.mark.parametrize(
    ("tex", "value"),
    [
        ("2", 2),
        ("0.25", 0.25),
        ("a + b - 1", 4),
        ("-a + b", 1),
        ("+a", 2),
        ("2ab", 12),
        (r"2 \cdot a b^2", 36),
        ("a b^2 / 6", 3),
        ("b^{a + 1}", 27),
        ("-b^2", -9),
        ("(a + b)(a - b)", -5),
        ("a(b + 1)", 8),
        (r"\frac{a + 1}{b}", 1),
        (r"-\tfrac{1}{2} a", -1),
        ("e^{0}", 1),
        (r"\ln e", 1),
        (r"a \ln (e^b) b", 18),
        (r"\tanh 0", 0),
        (r"2\sigma(0)", 1),
        (r"\sigma(-a) + \sigma(a)", 1),
        ("f(a, b, 1)", 106),
        ("f(a) b", 306),
        ("w_1", 5),
        ("w_i", 7),
        ("w_{3}", 11),
        (r"\sum_i w_i", 23),
        (r"\sum_i 2 w_i w_i + 1", 391),
        (r"\sum_{\text{examples}} x_1", 5),
        (r"\sum x_i", 7),
        (r"\frac{da}{db}", 13),
        (r"\frac{\partial a}{\partial w_i}", 17),
        (r"\Delta w_i", 2),
        (r"\dot w_3", 6),
        (r"\delta", 29),
        (r"\delta_j", 31),
        (r"\Delta w_{ij}", 37),
        (r"\text{change of } w_i", 8),
        (r"\underbrace{a + b}_{\text{slope}} \cdot a", 10),
        (r"\bigl( a + (b) \bigr)", 5),
        (r"a \, b", 6),
        (r"2 \times a \times b", 12),
        (r"a^2 b", 12),
        (r"e^\delta / e^\delta", 1),
        ("a / b / 2", 1 / 3),
        ("1 / f(a)", 1 / 102),
        (r"b \ln e", 3),
    ],
)
def test_what_a_formula_says(tex, value):
    (relation,) = relations(f"{tex} = {value}", NUMBERS)
    assert relation.left == pytest.approx(value)


def test_matrices_are_multiplied():
    tex = (
        r"\begin{bmatrix} 1 & 2 \\ 3 & a + 2 \end{bmatrix} \begin{bmatrix} 1 \\ b \end{bmatrix} = a"
    )
    assert relations(tex, NUMBERS)[0].left.tolist() == [[7], [15]]


def test_every_relation_of_a_chain_and_of_a_list_is_found():
    found = relations(r"a = b \approx 3, \qquad w_1 \to 5 .", NUMBERS)
    assert [(it.left, it.sign, it.right) for it in found] == [
        (2, "=", 3),
        (3, r"\approx", 3),
        (5, r"\to", 5),
    ]


@pytest.mark.parametrize(
    "tex",
    [
        "c = 1", "w_4 = 1", "w_0 = 1", "w_j = 1", "a_1 = 1", "w = ", "= w", r"\int a = 1",
        r"\frac{a} = 1", "(a = 1", "a) = 1", "a = {b", r"\sqrt{a} = 1", r"\tfrac12 = 0.5",
        r"\sum_{\text{days}} w_1 = 5", r"\underbrace{a}_{\text{slope}} = 2", "f = 1", r"\ln = 1",
        "(a, b) = 1", r"\begin{pmatrix} 1 \end{pmatrix} = 1", r"\begin{bmatrix} 1 = 1", "a = b % c",
        "a = b, a", "a ≠ b", r"\frac{da}{dw} = 13", "a^ = 2", "a = 1 & 2", r"\text{a b} = 1",
        r"a = \kept", r"a = \text{a} \keptB b", r"\text{a} b" * 27 + " = 1",
    ],
)  # fmt: skip
def test_what_is_not_known_is_refused(tex):
    with pytest.raises(Unreadable):
        relations(tex, NUMBERS)


@pytest.mark.parametrize(
    "tex",
    [
        "a^10 = 10", "a^-1 = 0.5", "a^b_1 = 8", "a^(b) = 8", r"a^\frac{1}{b} = 1", "w_12 = 7",
        r"w_\text{i} = 7", r"\frac12a = 1", r"\frac{1}23 = 1.5", r"\frac ab = 1", "2 3 = 6",
        "a 2 3 = 12", "a^2 3 = 12", r"2 \, 3 = 6", "1/2a = 1", "1/2(a + b) = 2.5", "1/f(a)b = 1",
        r"\ln 2a = 1", r"\ln a \cdot b = 1", r"\ln a / b = 1", r"\ln \frac{3}{2} a = 1",
        r"\ln \exp(a) b = 6", r"\sigma(a)^2 = 1",
    ],
)  # fmt: skip
def test_what_tex_and_people_read_differently_is_refused(tex):
    with pytest.raises(Unreadable):
        relations(tex, NUMBERS | {"w_12": 7.0, "w_i": 7.0})


@pytest.mark.parametrize(
    ("tex", "states"),
    [
        ("a", False), ("a + b", False), ("a = b", True), (r"a \to b", True), ("a < b", True),
        ("a > b", True), (r"a \le b", True), (r"a \geq b", True), (r"a \neq b", True),
        ("a ≠ b", True), (r"a \leftthreetimes b", False),
    ],
)  # fmt: skip
def test_a_formula_states_something_if_it_relates_two_sides(tex, states):
    assert states_something(tex) == states


@pytest.mark.parametrize(
    ("tex", "name"),
    [
        ("a", True), (r"\delta", True), ("w_{ij}", True), (r"\Delta w_i", True), (r"\sum_i", True),
        (r"\Delta", True), ("2", False), ("ab", False), (r"a \times b", False), ("", False),
        (r"a \cdot b", False), (r"\ln a", False), ("-a", False), ("a^2", False),
    ],
)  # fmt: skip
def test_a_name_is_that_of_one_thing(tex, name):
    assert is_name(symbols_of(tex)) == name


def test_symbols_are_the_same_however_they_are_set():
    assert symbols_of(r"\tfrac{1}{2} w_{3} \times x^2") == symbols_of(r"\frac{1}{2}w_3\,x^2")
    assert symbols_of("w_{ij} x") == ["w_ij", "x"]
