"""The command line: the article's program, with a few things to try."""

# ruff: noqa: T201 -- to print is what a command line is for

from __future__ import annotations

import argparse
import os
import re
import sys
import warnings
from typing import TYPE_CHECKING, NoReturn

import numpy as np

from firstneuron import __version__
from firstneuron._checks import shown
from firstneuron.data import NEW_SITUATION, TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS
from firstneuron.network import NeuralNetwork

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return 0, or 130 after Ctrl-C. A mistake exits with 2."""
    parser = _parser()
    try:
        _run(parser.parse_args(arguments))
    except (ValueError, OverflowError) as error:
        parser.error(str(error))  # exits with 2
    except KeyboardInterrupt:
        print("\nfirstneuron: stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        pass  # the reader of our output went away, `| head` for instance
    finally:  # after --help as well, which exits
        _finish_output()
    return 0


class _Parser(argparse.ArgumentParser):
    """A parser that says what was wrong in one line, whatever was typed."""

    def error(self, message: str) -> NoReturn:
        super().error("".join(it if it.isprintable() else repr(it)[1:-1] for it in message))


def _finish_output() -> None:
    try:
        print(end="", flush=True)
    except BrokenPipeError:  # or Python would try again at its end, and complain
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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
        default=10_000,
        help="how many times to adjust the weights (default: 10000)",
    )
    parser.add_argument(
        "--seed",
        metavar="N",
        type=_whole_number,
        default=1,
        help="where the random start weights begin (default: 1, the article's)",
    )
    parser.add_argument(
        "--learning-rate",
        metavar="X",
        type=_positive_number,
        default=1.0,
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
    return parser


def _run(options: argparse.Namespace) -> None:
    network = NeuralNetwork(seed=options.seed)
    situations = options.ask or [NEW_SITUATION.tolist()]

    print("Random starting synaptic weights:")
    print(network.synaptic_weights)

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        if options.trace:
            for line in _trace(network, situations[0], options.steps, options.learning_rate):
                print(line, flush=True)
        else:
            network.train(
                TRAINING_SET_INPUTS,
                TRAINING_SET_OUTPUTS,
                options.steps,
                learning_rate=options.learning_rate,
            )
    for warning in told:
        print(f"firstneuron: warning: {warning.message}", file=sys.stderr)

    print("\nNew synaptic weights after training:")
    print(network.synaptic_weights)

    for situation in situations:
        shown = ", ".join(repr(float(number)).removesuffix(".0") for number in situation)
        print(f"\nConsidering new situation [{shown}] -> ?:")
        print(network.think(situation))


def _trace(
    network: NeuralNetwork, situation: list[float], steps: int, learning_rate: float
) -> Iterator[str]:
    """Train, and give the lines of the trace as they become known."""
    from firstneuron.record import record_training  # noqa: PLC0415 -- seldom needed

    yield "\nTraining (error: mean squared error of the four examples):"
    yield (f"{'step':>8} {'weight 1':>12} {'weight 2':>12} {'weight 3':>12} {'error':>11} answer")
    done = 0
    for step in _steps_to_show(steps):
        with warnings.catch_warnings():
            if step < steps:
                warnings.simplefilter("ignore")  # how it ends is what counts
            record = record_training(
                network,
                TRAINING_SET_INPUTS,
                TRAINING_SET_OUTPUTS,
                [step - done],
                learning_rate=learning_rate,
            )
        done = step
        columns = " ".join(f"{weight:12.8f}" for weight in record.weights[0])
        error, answer = record.mean_squared_error[0], network.think(situation)[0]
        yield f"{step:8d} {columns} {error:11.8f} {answer:.8f}"


def _steps_to_show(last: int) -> list[int]:
    """0, then 1, 2, 5, 10, 20, 50 and so on, and the last step."""
    series = [0]
    decade = 1
    while decade < last:
        series += [decade * digit for digit in (1, 2, 5)]
        decade *= 10
    return [*[step for step in series if step < last], last]


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
