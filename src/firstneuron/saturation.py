"""Notice that training stands still because the neurons are sure of what is wrong."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_FLAT = 0.01  # the steepest slope is 0.25


class SaturationWarning(UserWarning):
    """Training stands still: sure answers, and no better than one constant answer for all rows.

    The change of a weight contains the slope o(1 - o). After a step that was far too large the
    outputs lie close to 0 or 1, the slopes close to 0, and hardly anything changes any more,
    however wrong the answers are. A smaller `learning_rate`, fewer rows in each step or
    smaller inputs help; more steps seldom do.

    A training gives it at most once, at its end: if in the last step (with `train_in_batches`: in
    all steps together) the slopes of a layer were below 0.01 on average, while at least one answer
    was on the wrong side of one half and the squared error was no smaller than that of
    the best constant answer, the mean of the targets.
    """


class Saturation:
    """What the steps of a training looked like, added up over their rows.

    Args:
        learning_rate: The step size of the training.
    """

    def __init__(self, learning_rate: float) -> None:
        self.learning_rate = learning_rate
        self._forget()

    def _forget(self) -> None:
        self._answers = self._wrong = 0
        # of the errors squared, of the targets, and of the targets squared
        self._sums = np.zeros(3)
        self._slopes = np.zeros((0, 2))  # for each layer their sum, and how many they are

    def see_only(
        self, targets: NDArray[np.float64], outputs: Sequence[NDArray[np.float64]]
    ) -> None:
        """Take in one step, and forget those before it."""
        self._forget()
        self.see(targets, outputs)

    def see(self, targets: NDArray[np.float64], outputs: Sequence[NDArray[np.float64]]) -> None:
        """Take in one step: its targets, and the outputs of each layer, those of the last last."""
        with np.errstate(all="ignore"):  # targets may be anything; what is not finite warns nobody
            error = targets - outputs[-1]
            self._answers += error.size
            self._wrong += int(np.count_nonzero(np.abs(error) > 0.5))
            self._sums += np.vdot(error, error), targets.sum(), np.vdot(targets, targets)
        slopes = np.array([(it.sum() - np.vdot(it, it), it.size) for it in outputs])
        self._slopes = slopes + self._slopes if len(self._slopes) else slopes

    def warn(self) -> None:
        """Warn who called the function that calls this one, if there is reason to."""
        if not self._wrong:
            return
        squared_error, sum_of_targets, squared_targets = self._sums
        with np.errstate(all="ignore"):
            best_constant = squared_targets - sum_of_targets**2 / self._answers
        slopes = self._slopes[:, 0] / self._slopes[:, 1]
        if not (slopes.min() < _FLAT and squared_error >= best_constant):
            return
        layer = "" if len(slopes) == 1 else f" of layer {slopes.argmin() + 1}"
        warnings.warn(
            f"training stands still: {self._wrong:,} of {self._answers:,} answers "
            f"{'is' if self._wrong == 1 else 'are'} wrong, but the slopes{layer} are nearly 0 "
            f"({slopes.min():.1g} on average), so that hardly anything changes; try a "
            f"learning_rate below {self.learning_rate:g}, fewer rows in each step, or smaller "
            "inputs",
            SaturationWarning,
            stacklevel=3,
        )
