"""The options of the command line: what can be typed, and what is said if something else was.

Only imported if there are any: the article's program has none, and need not wait for a parser.
"""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, NoReturn

import numpy as np

from firstneuron import __version__
from firstneuron._checks import shown
from firstneuron.cli import Options

if TYPE_CHECKING:
    from collections.abc import Sequence

_TEACHES = """\
One neuron learns from four examples, then answers for a situation it never saw:

    inputs   0 0 1   1 1 1   1 0 1   0 1 1      1 0 0
    target     0       1       1       0          ?

It starts with three random weights. Each step it answers all four examples,
compares with the targets, and changes each weight by error x slope x input.
Without options you see what the article's program prints: weights before,
weights after, and the answer.
"""

_EXAMPLES = """\
things to try:
  firstneuron --steps 1                one step: already above 0.5
  firstneuron --trace                  watch the second weight rise, then fall
  firstneuron --seed 2                 other start weights, nearly this answer
  firstneuron --learning-rate 100      confident and wrong
  firstneuron --ask 0 0 0              always exactly 0.5: can you say why?
  firstneuron --ask 1 1 0 --ask 0 1 0  two situations at once
"""


def parsed(arguments: Sequence[str]) -> Options:
    """What the arguments ask for. A mistake exits with 2, `--help` and `--version` with 0."""
    return Options(**vars(_parser().parse_args(arguments)))


def refuse(why: str) -> NoReturn:
    """Exit with 2, saying why."""
    _parser().error(why)


class _Parser(argparse.ArgumentParser):
    """A parser that says what was wrong in one line, whatever was typed."""

    def error(self, message: str) -> NoReturn:
        super().error("".join(it if it.isprintable() else repr(it)[1:-1] for it in message))


class _Help(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str) -> None:
        # A width of its own spares the time to import what asks the terminal for its width.
        super().__init__(prog, width=78)


def _parser() -> _Parser:
    parser = _Parser(
        prog="firstneuron",
        description=_TEACHES,
        epilog=_EXAMPLES,
        formatter_class=_Help,
        allow_abbrev=False,
    )
    # As from Python 3.14 on: -1e-3 is a number, and no option.
    parser._negative_number_matcher = re.compile(r"-\.?\d")  # noqa: SLF001
    parser.add_argument(
        "--steps",
        metavar="N",
        type=_whole_number,
        help="how many times to adjust the weights (default: 10000)",
    )
    parser.add_argument(
        "--seed",
        metavar="N",
        type=_whole_number,
        help="where the random start weights begin (default: 1, the article's)",
    )
    parser.add_argument(
        "--learning-rate",
        metavar="X",
        type=_positive_number,
        help="step size: what every change is multiplied by (default: 1)",
    )
    parser.add_argument(
        "--ask",
        metavar="X",
        type=_number,
        nargs=3,
        action="append",
        help="three inputs to ask about (default: 1 0 0); may be repeated",
    )
    parser.add_argument(
        "--trace", action="store_true", help="show weights, error and answer along the way"
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.set_defaults(**Options()._asdict())
    return parser


def _whole_number(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = -1
    if number < 0:
        raise argparse.ArgumentTypeError(f"expected a whole number, 0 or more, got {shown(text)}")
    return number


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = np.nan
    if not np.isfinite(number):
        raise argparse.ArgumentTypeError(f"expected a finite number, got {shown(text)}")
    return number


def _positive_number(text: str) -> float:
    number = _number(text)
    if number <= 0:
        raise argparse.ArgumentTypeError(f"expected a number above 0, got {shown(text)}")
    return number
