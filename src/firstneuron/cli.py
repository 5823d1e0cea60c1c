"""The command line: the article's program, with a few things to try."""

# ruff: noqa: T201, PLC0415 -- to print is what it is for; what is seldom needed is imported late

from __future__ import annotations

import os
import sys
import warnings
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from firstneuron.data import NEW_SITUATION, TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS
from firstneuron.network import NeuralNetwork

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Options(NamedTuple):
    """What can be asked for; without options, what the article's program does."""

    steps: int = 10_000
    seed: int = 1
    learning_rate: float = 1.0
    ask: list[list[float]] | None = None
    trace: bool = False


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return 0, or 130 after Ctrl-C.

    A mistake exits with 2; output that cannot be written exits with 1.
    """
    try:
        _run(_options(sys.argv[1:] if arguments is None else arguments))
    except (ValueError, OverflowError) as error:
        from firstneuron.options import refuse

        refuse(str(error))
    except KeyboardInterrupt:
        print("\nfirstneuron: stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        pass  # the reader of our output went away, `| head` for instance
    except OSError as error:
        _exit_unwritten(error)
    finally:  # after --help as well, which exits
        _finish_output()
    return 0


def _options(arguments: Sequence[str]) -> Options:
    if not arguments:
        return Options()
    from firstneuron.options import parsed

    return parsed(arguments)


def _finish_output() -> None:
    try:
        print(end="", flush=True)
    except BrokenPipeError:
        _no_more_output()
    except OSError as error:
        _exit_unwritten(error)


def _exit_unwritten(error: OSError) -> NoReturn:
    """Exit with 1: there is no room for the output, for instance."""
    _no_more_output()
    print(f"firstneuron: error: {error.strerror}", file=sys.stderr)
    raise SystemExit(1) from None


def _no_more_output() -> None:
    # Or Python would try again at its end, and complain.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(options: Options) -> None:
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
    from firstneuron.record import record_training

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
