"""What every network here can do: be trained, at once or in batches, saved and loaded."""

from __future__ import annotations

import sys
from abc import ABC, abstractmethod
from itertools import chain, repeat
from typing import TYPE_CHECKING

import numpy as np

from firstneuron import _checks
from firstneuron.blocks import correcting, parts, quiet
from firstneuron.rule import mean_squared_error
from firstneuron.saturation import Saturation, total

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from os import PathLike
    from typing import Any, Self

    from numpy.typing import ArrayLike, NDArray

    from firstneuron.blocks import Plan
    from firstneuron.file import Contents
    from firstneuron.saturation import Tally


class Trainable(ABC):
    """A network; its subclasses know how it thinks and how it takes a step."""

    _kind: str  # what files call it

    _parameters: list[NDArray[np.float64]]
    """All that training changes, the weights of each layer first. Training puts new arrays in their
    place, all at once, so that these stay as they are and no step is ever half done."""

    @abstractmethod
    def think(self, inputs: ArrayLike) -> NDArray[np.float64]:
        """Answer for one row of inputs, or for many at once."""

    @abstractmethod
    def _activations(self, rows: NDArray[np.float64]) -> list[NDArray[np.float64]]:
        """What each layer answers, the last one last, for numbers already checked."""

    @property
    @abstractmethod
    def _shape(self) -> tuple[int, int]:
        """How many inputs it takes, and how many answers it gives."""

    @abstractmethod
    def _plan(self, negated: list[NDArray[np.float64]]) -> Plan:
        """How it finds the change that is to be subtracted from its parameters, given negated."""

    @abstractmethod
    def _to_contents(self) -> dict[str, Any]:
        """What a file has to keep of it."""

    @classmethod
    @abstractmethod
    def _from_contents(cls, contents: Contents) -> Self:
        """The network that was kept; what does not fit raises what the constructor raises."""

    def train(
        self,
        training_set_inputs: ArrayLike,
        training_set_outputs: ArrayLike,
        number_of_training_iterations: int,
        *,
        learning_rate: float = 1.0,
        progress: bool = False,
    ) -> None:
        """Adjust the weights, step by step, so that the answers come closer to the targets.

        Each step uses all rows at once: every weight changes by the sum, over the rows, of
        error times slope times input. In a network of layers, the error of a hidden neuron is
        its share of the deltas (error times slope) of the next layer; when every layer has its
        delta, and not before, all weights change. Interrupted (Ctrl-C), the network keeps the steps
        it has done.

        Args:
            training_set_inputs: The examples, shape (rows, inputs).
            training_set_outputs: What to answer for each, shape (rows, answers).
            number_of_training_iterations: How many steps, 0 or more.
            learning_rate: What every change is multiplied by (the step size), above 0.
            progress: Show on standard error how far training has come, and the error.

        Raises:
            TypeError: Something other than real numbers, or steps that are not a whole number.
            ValueError: Shapes that do not fit, nothing to learn from, ragged rows, NaN,
                infinity, inputs or weights beyond 1e150, negative steps or a step size of 0 or
                less. All of this is noticed before anything changes.
            OverflowError: The weights grew beyond 1e150; the network keeps its old ones.

        Warns:
            SaturationWarning: Training stands still although answers are wrong.

        Examples:
            >>> from firstneuron import MultiLayerNetwork, NeuralNetwork
            >>> neuron = NeuralNetwork(number_of_inputs=1)
            >>> neuron.train([[1], [-1]], [[1], [0]], 1000)
            >>> neuron.think([[1], [-1]]).round(2)
            array([[0.98],
                   [0.02]])
            >>> layers = MultiLayerNetwork([2, 3, 2])
            >>> layers.train([[0, 1], [1, 0]], [[1, 0], [0, 1]], 5000)
            >>> layers.think([[0, 1], [1, 0]]).round(1)
            array([[1., 0.],
                   [0., 1.]])
        """
        inputs, targets = self._checked(training_set_inputs, training_set_outputs)
        steps = _checks.number_of_steps(
            "number_of_training_iterations", number_of_training_iterations, at_least=0
        )
        rate = _checks.positive_number("learning_rate", learning_rate)
        marks = {steps * part // 20 for part in range(1, 21)} - {0} if progress else {steps}
        saturation = Saturation(rate)
        for done in self._train_up_to(sorted(marks), inputs, targets, saturation):
            if progress:
                error = mean_squared_error(targets, self.think(inputs))
                print(  # noqa: T201 -- to tell how far it is, is what was asked for
                    f"step {done:,} of {steps:,}, mean squared error {error:.6f}",
                    file=sys.stderr,
                    flush=True,
                )
        saturation.warn()

    def _checked(
        self, training_set_inputs: ArrayLike, training_set_outputs: ArrayLike
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        return _checks.training_set(training_set_inputs, training_set_outputs, self._shape)

    def _usable_parameters(self) -> list[NDArray[np.float64]]:
        """The parameters, unless somebody made them unusable in place."""
        if not all(np.isfinite(it).all() for it in self._parameters):
            raise ValueError(
                "synaptic_weights and biases: expected finite numbers; an array was changed"
            )
        return self._parameters

    def _descend(
        self, inputs: NDArray[np.float64], targets: NDArray[np.float64], steps: int, rate: float
    ) -> Tally:
        """Take steps over numbers already checked; how it answered before the last one."""
        shapes = [it.shape for it in self._usable_parameters()]
        before = np.concatenate(self._parameters, axis=None)
        if np.abs(before).max() > _checks.LARGEST:
            raise ValueError(
                "synaptic_weights and biases: expected no number beyond "
                f"{_checks.LARGEST:g} to train, got {np.abs(before).max()}"
            )
        # All in one array, so that a step is one call and cannot be half done; negated, which
        # spares the minus sign of exp(-z).
        negated = -before
        correct, change = correcting(self._plan(parts(negated, shapes)), inputs, targets)
        multiply, subtract, scaled = np.multiply, np.subtract, rate != 1
        try:
            with quiet():
                for last in chain(repeat(False, steps - 1), (True,)):  # noqa: FBT003
                    seen = correct(last)
                    if scaled:
                        multiply(change, rate, change)
                    subtract(negated, change, negated)
        finally:  # also after Ctrl-C: the steps done so far are whole steps
            after = 0 - negated  # where -negated would make -0 of a weight of 0
            usable = bool(np.abs(after).max() <= _checks.LARGEST)  # not if one is NaN
            if usable and (after != before).any():
                self._parameters = parts(after, shapes)
        if not usable:
            raise _checks.grown_too_large(rate)
        return total(seen)

    def _train_up_to(
        self,
        marks: Iterable[int],
        inputs: NDArray[np.float64],
        targets: NDArray[np.float64],
        saturation: Saturation,
    ) -> Iterator[int]:
        """Train with numbers already checked, and pause at each of these rising steps."""
        before, done = self._usable_parameters(), 0
        try:
            for mark in marks:
                if mark > done:
                    rate = saturation.learning_rate
                    saturation.see_only(self._descend(inputs, targets, mark - done, rate))
                done = mark
                yield done
        except OverflowError:
            self._parameters = before
            raise

    def train_in_batches(
        self,
        batches: Iterable[tuple[ArrayLike, ArrayLike]],
        *,
        learning_rate: float = 1.0,
    ) -> None:
        """Take one step for each batch of examples, as they come.

        For more examples than fit into memory, or than one step can take. `mini_batches` makes
        batches of arrays and memory maps; anything else will do that gives pairs of inputs and
        targets, a generator that reads files for instance. Called again, training goes on
        where it was. Interrupted (Ctrl-C, or an error in a batch), the network keeps the steps
        it has done.

        Args:
            batches: Pairs of inputs, shape (rows, inputs), and targets, shape (rows, answers).
            learning_rate: What every change is multiplied by (the step size), above 0. A change is
                a sum over the rows of its batch.

        Raises:
            TypeError: Something other than pairs, or than real numbers; the batch is named.
            ValueError: As for `train`, the batch is named; or there was no batch at all.
            OverflowError: The weights grew beyond 1e150; the network keeps those that it had
                before this batch.

        Warns:
            SaturationWarning: Training stands still although answers are wrong.

        Examples:
            >>> from firstneuron import (
            ...     NEW_SITUATION, TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS, NeuralNetwork,
            ...     mini_batches,
            ... )
            >>> network = NeuralNetwork()
            >>> two_by_two = mini_batches(TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS, 2, passes=5000)
            >>> network.train_in_batches(two_by_two)
            >>> network.think(NEW_SITUATION).round(3)
            array([1.])
        """
        rate = _checks.positive_number("learning_rate", learning_rate)
        saturation, number = Saturation(rate), 0
        for number, batch in enumerate(
            _checks.iterable("batches", batches, "pairs of inputs and targets"), 1
        ):
            inputs, targets = _checks.pair(f"batch {number}", batch, self._shape)
            saturation.see(self._descend(inputs, targets, 1, rate))
        if not number:
            raise ValueError(
                "batches: expected at least one pair of inputs and targets, got none "
                "(a generator gives its batches only once)"
            )
        saturation.warn()

    def save(self, path: str | PathLike[str]) -> None:
        """Write the network to a file, to be had back, digit for digit, with `load`.

        The file is JSON, so it can be read by people and by other programs. It replaces one that
        is there already, at one blow: whoever reads meanwhile finds the old one or the new one.

        Args:
            path: The file.

        Raises:
            OSError: The file cannot be written.
            ValueError: A weight is NaN or infinity (an array was changed in place).

        Examples:
            >>> import tempfile
            >>> from pathlib import Path
            >>> from firstneuron import NeuralNetwork
            >>> path = Path(tempfile.mkdtemp(), "neuron.json")
            >>> NeuralNetwork().save(path)
            >>> NeuralNetwork.load(path)
            NeuralNetwork(number_of_inputs=3, start_weights=[-0.16595599, 0.44064899, -0.99977125])
        """
        from firstneuron import file  # noqa: PLC0415 -- json is seldom needed, and slow to import

        file.write(path, self._kind, self._to_contents())

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Self:
        """The network that `save` wrote to a file. Nothing in the file is ever run.

        Args:
            path: The file.

        Raises:
            OSError: The file cannot be read.
            ValueError: It holds something else than a network of this kind, as this version writes
                it.
        """
        from firstneuron import file  # noqa: PLC0415 -- as for save

        contents = file.read(path, cls._kind)
        try:
            network = cls._from_contents(contents)
            contents.finish()
        except (TypeError, ValueError) as error:
            raise file.not_a_network(path, str(error)) from error
        return network
