"""Hold formulas against the code: what each says must be so, at random points.

The Python that says what a formula's symbols stand for is run several times over, each time
with other random numbers, and with the names of the page's facts at hand. The LaTeX is read
back and worked out for these numbers: both sides of every relation have to agree.
"""

from __future__ import annotations

import re
from itertools import permutations
from typing import TYPE_CHECKING, Any

import numpy as np

from provenpages.algebra import Unreadable
from provenpages.latex import is_name, relations, states_something, symbols_of
from provenpages.rules import ENOUGH_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from provenpages.fences import Problem
    from provenpages.formulas import Formula

ROUNDS = 3
"""How often a formula is tried."""

_EXACT = 1e-9  # relative; what rounding leaves of sixteen digits
_LOOSEST = 0.05  # with more, too much would be so
_FEW = 4  # factors whose order is tried


def wrong(formulas: Sequence[Formula], facts: dict[str, Any]) -> Iterator[Problem]:
    """Each formula that cannot be read, has no meaning, or is not so; by line.

    Args:
        formulas: The page's formulas.
        facts: The names that the page's front matter defines.
    """
    stated = [
        _joined(symbols_of(it.tex)) for it in formulas if states_something(it.tex) and not it.reason
    ]
    for formula in formulas:
        message = what_is_wrong(formula, facts)
        symbols = symbols_of(formula.tex)
        name = not formula.display and not states_something(formula.tex) and not formula.reason
        if name and "," in symbols:
            message = _list_of_names(formula, facts)
        elif name and not is_name(symbols) and not _is_part(symbols, stated):
            message = "it states nothing, and is no part of a formula on this page that does"
        if message:
            yield formula.line, f"{message}\n{formula.tex}"


def _list_of_names(formula: Formula, facts: dict[str, Any]) -> str:
    """What is wrong with a list like x_1, x_2, x_3, if it is one."""
    parts = [part.strip() for part in formula.tex.split(",")]
    named = [re.fullmatch(r"(\w)_(\d)", part) for part in parts]
    if not all(it or part == r"\ldots" for it, part in zip(named, parts, strict=True)):
        return "it states nothing, and is no list of names"
    names = [it for it in named if it]
    if len({it[1] for it in names}) > 1:
        return "a list of names of different things"
    counted = [int(it[2]) for it in names]
    whole = list(range(1, counted[-1] + 1))
    if counted != whole and (r"\ldots" not in parts or counted != [1, counted[-1]]):
        return "a list of names with a gap"
    try:
        relations(f"{names[-1][0]} = 0", _meaning(formula.symbols, facts, 0))
    except Unreadable as error:
        return str(error)
    return ""


def is_claim(tex: str) -> bool:
    """Whether a formula is more than the name of one thing."""
    return states_something(tex) or "," in tex or not is_name(symbols_of(tex))


def _is_part(symbols: list[str], stated: Sequence[str]) -> bool:
    """Whether a formula that states something has it in it; a product's factors in any order."""
    if len(symbols) <= _FEW and all(is_name([it]) for it in symbols):
        orders = [list(it) for it in permutations(symbols)]
    else:
        orders = [symbols]
    return any(_joined(order) in it for order in orders for it in stated)


def _joined(symbols: Sequence[str]) -> str:
    return "\0" + "\0".join(symbols) + "\0"


def what_is_wrong(formula: Formula, facts: dict[str, Any]) -> str:
    """In words; nothing if the formula is so."""
    if formula.reason:
        too_short = len(formula.reason.split()) < ENOUGH_WORDS
        return "a formula that is not proved needs a reason in a few words" if too_short else ""
    if not states_something(formula.tex):
        # An inline formula without a relation is a name, not a claim.
        return "a formula by itself that states nothing" if formula.display else ""
    if not formula.symbols:
        return "nothing says what its symbols stand for: <!-- symbols … -->"
    return _tried(formula, facts)


def _tried(formula: Formula, facts: dict[str, Any]) -> str:
    for seed in range(ROUNDS):
        try:
            numbers = _meaning(formula.symbols, facts, seed)
        except Exception as error:  # noqa: BLE001  (whatever the page's code raises)
            return f"its symbols raised {type(error).__name__}: {error}"
        message = _first_untrue(formula.tex, numbers)
        if message:
            return message
    return ""


def _first_untrue(tex: str, numbers: dict[str, Any]) -> str:
    try:
        with np.errstate(all="ignore"):
            stated = relations(tex, numbers)
    except (Unreadable, ArithmeticError, TypeError, ValueError) as error:
        return f"it cannot be worked out: {error}"
    allowed = numbers.get("tolerance", 0.0)
    if not isinstance(allowed, float | int) or not 0 <= allowed <= _LOOSEST:
        return f"a tolerance is a number from 0 to {_LOOSEST}, not {allowed!r}"
    for relation in stated:
        exact = relation.sign == "="
        tolerance = max(_EXACT if exact else 0.0, allowed)
        if not _equal(relation.left, relation.right, tolerance):
            return f"it is not so: {relation.left} {relation.sign} {relation.right}"
    return ""


def _equal(left: Any, right: Any, tolerance: float) -> bool:  # noqa: ANN401  (numbers or arrays)
    if np.shape(left) != np.shape(right):
        return False
    if not (np.all(np.isfinite(left)) and np.all(np.isfinite(right))):
        return False
    size = np.maximum(np.abs(left), np.abs(right))
    return bool(np.all(np.abs(np.subtract(left, right)) <= tolerance * size))


def _meaning(symbols: str, facts: dict[str, Any], seed: int) -> dict[str, Any]:
    """What each symbol stands for in this round."""
    random = np.random.default_rng(seed)

    def draw(*shape: int) -> Any:  # noqa: ANN401  (a number or an array)
        """Random numbers well away from 0, 1 and each other's multiples."""
        numbers = random.uniform(0.2, 1.9, shape) * random.choice([-1, 1], shape)
        return numbers if shape else float(numbers)

    def derivative(function: Callable[[float], float], at: float) -> float:
        """Measured, not derived."""
        step = 1e-5
        return (function(at + step) - function(at - step)) / (2 * step)

    named: dict[str, Any] = {}
    numbers = facts | {"draw": draw, "derivative": derivative, "named": named}
    exec(compile(symbols, "symbols", "exec", dont_inherit=True), numbers)  # noqa: S102  (ours)
    return numbers | named
