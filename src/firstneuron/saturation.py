"""Notice that training stands still because the neurons are sure of what is wrong."""

from __future__ import annotations

import warnings
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ROWS = 100
"""So many rows, the last ones that were seen, are enough to judge by."""


class SaturationWarning(UserWarning):
    """Training stands still: sure answers, and no better than one constant answer for all rows.

    The change of a weight contains the slope o(1 - o). After a step that was far too large the
    outputs lie close to 0 or 1, the slopes close to 0, and hardly anything changes any more,
    however wrong the answers are. A smaller `learning_rate`, fewer rows in each step or
    smaller inputs help; more steps seldom do.

    A training gives it at most once, at its end, if this was so in its last step (with
    `train_in_batches`, in the last steps that had a hundred rows together): at least one error
    was above one half; the squared error was no smaller than that of the best constant answer, the
    mean of the targets; and the slopes were below a hundredth of what they would be if the answers
    were undecided, or, where one target is rare, as unsure as the targets.
    """


class _Step(NamedTuple):
    """Sums over the rows of one step; of targets and their squares for each answer."""

    rows: int
    wrong: int
    squared_error: float
    slopes: float
    targets: NDArray[np.float64]
    squared_targets: NDArray[np.float64]


class Saturation:
    """What the last steps of a training looked like.

    Args:
        learning_rate: The step size of the training.
    """

    def __init__(self, learning_rate: float) -> None:
        self.learning_rate = learning_rate
        self._steps: deque[_Step] = deque()
        self._reachable = True

    def see_only(self, targets: NDArray[np.float64], outputs: NDArray[np.float64]) -> None:
        """Take in one step, and forget those before it."""
        self._steps.clear()
        self.see(targets, outputs)

    def see(self, targets: NDArray[np.float64], outputs: NDArray[np.float64]) -> None:
        """Take in one step, and forget those that were too long ago."""
        with np.errstate(all="ignore"):  # targets may be anything; what is not finite warns nobody
            error = targets - outputs
            step = _Step(
                len(targets),
                int(np.count_nonzero(np.abs(error) > 0.5)),
                float(np.vdot(error, error)),
                float(outputs.sum() - np.vdot(outputs, outputs)),
                targets.sum(axis=0),
                np.einsum("ij,ij->j", targets, targets),
            )
        self._reachable = bool(targets.min() >= 0 and targets.max() <= 1)
        self._steps.append(step)
        while sum(it.rows for it in self._steps) - self._steps[0].rows >= _ROWS:
            self._steps.popleft()

    def warn(self) -> None:
        """Warn who called the function that calls this one, if there is reason to."""
        if not any(it.wrong for it in self._steps):
            return
        with np.errstate(all="ignore"):
            rows, wrong, squared_error, slopes = (
                sum(column) for column in list(zip(*self._steps, strict=True))[:4]
            )
            targets = np.sum([it.targets for it in self._steps], axis=0)
            squared_targets = np.sum([it.squared_targets for it in self._steps])
            best_constant = squared_targets - np.vdot(targets, targets) / rows
            answers = rows * len(targets)
            slope = slopes / answers
            rate = (targets + 1) / (rows + 2)  # never quite 0 or 1, unless the targets lie outside
            unsure = np.mean(rate * (1 - rate)) if self._reachable else 0.25
        if not (squared_error >= best_constant and slope < 0.01 * unsure):
            return
        advice = (
            f"a learning_rate below {self.learning_rate:g}, fewer rows in each step, or "
            "smaller inputs"
            if self._reachable
            else "targets from 0 to 1, since no answer lies outside"
        )
        warnings.warn(
            f"training stands still: {wrong:,} of {answers:,} answers "
            f"{'is' if wrong == 1 else 'are'} wrong, but the slopes are nearly 0 "
            f"({slope:.1g} on average), so that hardly anything changes; try {advice}",
            SaturationWarning,
            stacklevel=3,
        )
