"""Read a formula's LaTeX back into what it says, and work it out for given numbers.

It reads the mathematics of a first course: sums, products, fractions, powers, matrices,
indexed symbols, derivatives written as fractions, functions, and chains of relations.
Whatever it does not know is an error, never skipped. So is what TeX and people read
differently: `2^10`, which TeX sets as a two with a small one and a nought, or `1/2a`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from provenpages.algebra import Factor, Symbols, Term, Unreadable, indices, looked_up, multiplied

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(r"\\[A-Za-z]+|\\[\\,;!]|\d+(?:\.\d+)?|[A-Za-z]|[-+=/^_{}()&,.|']")
_SPACING = {r"\,", r"\;", r"\!", r"\bigl", r"\bigr", r"\Bigl", r"\Bigr", r"\left", r"\right"}
_RELATIONS = {"=", r"\approx", r"\to"}
_TIMES = {r"\cdot", r"\times"}
_BEYOND = {
    r"\lt", r"\gt", r"\le", r"\leq", r"\ge", r"\geq", r"\ne", r"\neq", r"\not", r"\ll", r"\gg",
    r"\equiv", r"\sim", r"\simeq", r"\cong", r"\propto", r"\in", r"\subset", r"\mapsto",
    r"\rightarrow", r"\Rightarrow", r"\leftarrow", r"\iff", r"\implies",
}  # fmt: skip
"""Relations that are not understood: what has one states something, and is refused."""
_GREEK = {name: name[1:] for name in (r"\sigma", r"\delta", r"\ln", r"\tanh", r"\exp")}
_PREFIXES = {r"\Delta": "Delta", r"\dot": "dot"}
_KNOWN: Symbols = {"e": np.e, "ln": np.log, "tanh": np.tanh, "exp": np.exp}

_MOST_TEXTS = 26


@dataclass(frozen=True)
class Relation:
    """Two neighbouring sides of a statement and the sign between them."""

    sign: str
    left: Any
    right: Any


def relations(tex: str, numbers: Symbols) -> list[Relation]:
    """Every relation that the formula states, both sides worked out.

    Args:
        tex: The LaTeX, without its dollars.
        numbers: What the symbols stand for.

    Raises:
        Unreadable: Something in it is not known.
    """
    reader = _Reader(tex)
    found = []
    for sides, signs in reader.statements():
        if not signs:
            raise Unreadable("a part of it relates nothing")
        values = [side(_KNOWN | numbers) for side in sides]
        found += [
            Relation(sign, left, right)
            for sign, left, right in zip(signs, values, values[1:], strict=False)
        ]
    return found


def symbols_of(tex: str) -> list[str]:
    """The formula's symbols without what only sets it: two that agree in them say the same.

    A symbol is one with its index, w_{ij}; an exponent of one sign is one with its ^.
    """
    tokens = [part for part in _TOKEN.findall(tex) if part not in _SPACING | _TIMES]
    symbols: list[str] = []
    while tokens:
        part = tokens.pop(0)
        if part == "_" and symbols and tokens:
            symbols[-1] += "_" + _index(tokens)
        elif part == "^" and tokens and tokens[0] != "{":
            symbols.append("^" + tokens.pop(0))
        else:
            symbols.append({r"\tfrac": r"\frac"}.get(part, part))
    return symbols


def _index(tokens: list[str]) -> str:
    """Take what stands after a _: one token, or all that the braces hold."""
    if tokens[0] != "{" or "}" not in tokens:
        return tokens.pop(0)
    end = tokens.index("}")
    index = "".join(tokens[1:end])
    del tokens[: end + 1]
    return index


def is_name(symbols: list[str]) -> bool:
    """Whether these are the name of one thing: a letter, or w_3, or a change of it."""
    first, last = symbols[:-1], symbols[-1] if symbols else ""
    return (not first or (len(first) == 1 and first[0] in _PREFIXES)) and bool(
        re.fullmatch(r"(?:[A-Za-z]|\\[A-Za-z]+)(?:_[A-Za-z\d]+)?", last)
    )


def states_something(tex: str) -> bool:
    """Whether a formula relates two sides, or has a sign that is not understood and might."""
    known = any(part in _RELATIONS | _BEYOND for part in _TOKEN.findall(tex))
    return known or bool(_TOKEN.sub("", tex).strip())


class _Reader:
    """A descent through the formula, one method for each kind of part."""

    def __init__(self, tex: str) -> None:
        rest = _TOKEN.sub("", tex).strip()
        if rest or r"\kept" in tex:  # which stands for a text below
            raise Unreadable(f"cannot read {rest[:20] or 'kept'!r}")
        self._texts: list[str] = []
        tex = re.sub(r"\\text\{([^{}]*)\}", self._keep_text, tex)
        # A kept text stands as a command of its own: \textAB, with its number in letters.
        self._tokens = [part for part in _TOKEN.findall(tex) if part not in _SPACING]
        self._at = 0

    def _keep_text(self, match: re.Match[str]) -> str:
        if len(self._texts) == _MOST_TEXTS:
            raise Unreadable("more texts than there are letters")
        self._texts.append(match[1].strip())
        return rf"\kept{chr(ord('A') + len(self._texts) - 1)} "

    def statements(self) -> Iterator[tuple[list[Term], list[str]]]:
        """The statements of the formula: their sides, and the signs between them."""
        while self._at < len(self._tokens):
            sides, signs = [self._sum()], []
            while self._peek() in _RELATIONS:
                signs.append(self._take())
                sides.append(self._sum())
            yield sides, signs
            while self._peek() in {",", ".", r"\quad", r"\qquad"}:
                self._take()
        if self._at != len(self._tokens):
            raise Unreadable(f"cannot read on from {self._peek()!r}")

    def _peek(self, ahead: int = 0) -> str:
        place = self._at + ahead
        return self._tokens[place] if place < len(self._tokens) else ""

    def _take(self, expected: str | None = None) -> str:
        part = self._peek()
        if not part or (expected is not None and part != expected):
            raise Unreadable(f"expected {expected or 'more'}, got {part or 'the end'!r}")
        self._at += 1
        return part

    def _sum(self) -> Term:
        terms: list[tuple[int, Term]] = []
        sign = 1
        if self._peek() in {"-", "+"}:
            sign = -1 if self._take() == "-" else 1
        terms.append((sign, self._product()))
        while self._peek() in {"-", "+"}:
            sign = -1 if self._take() == "-" else 1
            terms.append((sign, self._product()))
        return lambda numbers: sum(
            (sign * term(numbers) for sign, term in terms[1:]), terms[0][0] * terms[0][1](numbers)
        )

    def _product(self) -> Term:
        """Factors side by side; a function is applied to the factor after it."""
        factors = [self._factor("*")]
        while True:
            if self._peek() in _TIMES | {"/"}:
                factors.append(self._factor("/" if self._take() == "/" else "*"))
            elif self._starts_factor():
                if self._peek()[0].isdigit() and self._tokens[self._at - 1][0].isdigit():
                    raise Unreadable("two numbers side by side look like one")
                factors.append(self._factor(""))
            else:
                return lambda numbers: multiplied(factors, numbers)

    def _factor(self, sign: str) -> Factor:
        begins = self._peek()
        value, ends = self._power(), self._tokens[self._at - 1]
        return Factor(sign, value, closed=begins == "(", raised=begins == "(" and ends != ")")

    def _starts_factor(self) -> bool:
        part = self._peek()
        return bool(part) and (
            part[0].isalnum()
            or part == "("
            or (
                part.startswith("\\")
                and part not in _RELATIONS | _TIMES | {r"\quad", r"\qquad", r"\\", r"\end"}
            )
        )

    def _power(self) -> Term:
        base = self._atom()
        if self._peek() != "^":
            return base
        self._take()
        exponent = self._argument()
        return lambda numbers: base(numbers) ** exponent(numbers)

    def _argument(self) -> Term:
        """What stands in braces, or one single sign, all that TeX takes without them."""
        if self._peek() == "{":
            return self._group()
        sign = self._one_sign()
        if sign[0].isdigit():
            return lambda _: float(sign)
        name = _GREEK.get(sign, sign)
        if self._peek() == "_":
            raise Unreadable("an index in an exponent needs braces")
        return lambda numbers: looked_up(name, None, numbers)

    def _one_sign(self) -> str:
        sign = self._take()
        if len(sign) > 1 and sign not in _GREEK:
            raise Unreadable(f"TeX takes one sign, not {sign!r}: use braces")
        if not sign.isalnum() and sign not in _GREEK:
            raise Unreadable(f"cannot read {sign!r}")
        return sign

    def _group(self) -> Term:
        """What stands in braces."""
        self._take("{")
        inner = self._sum()
        self._take("}")
        return inner

    def _atom(self) -> Term:
        part = self._take()
        if part[0].isdigit():
            value = float(part)
            return lambda _: value
        begins = {
            "(": self._arguments,
            r"\frac": self._fraction,
            r"\tfrac": self._fraction,
            r"\sum": self._summation,
            r"\underbrace": self._labelled,
            r"\begin": self._matrix,
        }
        return begins[part]() if part in begins else self._symbol(part)

    def _arguments(self) -> Term:
        """One value in brackets, or several for a function."""
        values = [self._sum()]
        while self._peek() == ",":
            self._take()
            values.append(self._sum())
        self._take(")")
        if len(values) == 1:
            return values[0]
        return lambda numbers: tuple(value(numbers) for value in values)

    def _fraction(self) -> Term:
        name = self._derivative()
        if name:
            return lambda numbers: looked_up(name, None, numbers)
        top, bottom = self._group(), self._group()
        return lambda numbers: top(numbers) / bottom(numbers)

    def _derivative(self) -> str:
        """The name of a derivative, do/dz for instance, if one stands here, else nothing."""
        parts, at = [], self._at
        for _ in range(2):
            if (
                self._peek() != "{"
                or self._peek(1) not in {"d", r"\partial"}
                or self._peek(2) == "}"
            ):
                self._at = at
                return ""
            self._take("{")
            mark = "d" if self._take() == "d" else "∂"
            parts.append(mark + self._take() + self._subscript())
            self._take("}")
        return "/".join(parts)

    def _subscript(self) -> str:
        if self._peek() != "_":
            return ""
        self._take("_")
        if self._peek() != "{":
            return "_" + self._one_sign()
        self._take("{")
        inner = self._take()
        while self._peek() != "}":  # several indices, as in w_{ij}
            inner += self._take()
        self._take("}")
        return "_" + inner

    def _summation(self) -> Term:
        """Over an index, or over the examples, of all that is multiplied after it."""
        over = self._subscript().removeprefix("_")
        body = self._product()
        if over.startswith(r"\kept") or not over:
            text = self._kept(over) if over else "examples"
            if text != "examples":
                raise Unreadable(f"cannot sum over {text!r}")
            return lambda numbers: np.sum(body(numbers), axis=0)
        return lambda numbers: sum(body(numbers | {over: index}) for index in indices(numbers))

    def _labelled(self) -> Term:
        """A part with a word under it, which has to be a name for the same."""
        inner = self._group()
        self._take("_")
        self._take("{")
        word = self._kept(self._take())
        self._take("}")

        def value(numbers: Symbols) -> Any:  # noqa: ANN401  (number or array)
            result = inner(numbers)
            if not np.allclose(result, looked_up(word, None, numbers)):
                raise Unreadable(f"what is marked {word!r} is something else")
            return result

        return value

    def _matrix(self) -> Term:
        self._environment()
        rows: list[list[Term]] = [[]]
        while True:
            rows[-1].append(self._sum())
            part = self._take()
            if part == r"\\":
                rows.append([])
            elif part == r"\end":
                self._environment()
                return lambda numbers: np.array([[cell(numbers) for cell in row] for row in rows])
            elif part != "&":
                raise Unreadable(f"cannot read {part!r} in a matrix")

    def _environment(self) -> None:
        self._take("{")
        name = ""
        while self._peek() != "}":
            name += self._take()
        self._take("}")
        if name != "bmatrix":
            raise Unreadable(f"cannot read \\begin{{{name}}}")

    def _symbol(self, part: str) -> Term:
        if part in _PREFIXES:
            name = _PREFIXES[part] + " " + self._take()
        elif part.startswith(r"\kept"):
            name = self._kept(part) + " " + self._take()
        elif part in _GREEK or part.isalpha():
            name = _GREEK.get(part, part)
        else:
            raise Unreadable(f"cannot read {part!r}")
        subscript = self._subscript().removeprefix("_")
        return lambda numbers: looked_up(name, subscript, numbers)

    def _kept(self, part: str) -> str:
        if not part.startswith(r"\kept"):
            raise Unreadable(f"expected \\text, got {part!r}")
        return self._texts[ord(part[-1]) - ord("A")]
