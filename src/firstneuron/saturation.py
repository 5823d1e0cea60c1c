"""Notice that training stands still because the neurons are sure of what is wrong."""

from __future__ import annotations

import warnings
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

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


class Tally(NamedTuple):
    """Sums over the rows of some examples; of targets and their squares for each answer."""

    rows: int
    wrong: int
    squared_error: float
    slopes: float
    targets: NDArray[np.float64]
    squared_targets: NDArray[np.float64]
    out_of_reach: bool


def tally(targets: NDArray[np.float64], outputs: NDArray[np.float64]) -> Tally:
    """What there is to know of some examples, and what was answered."""
    with np.errstate(all="ignore"):  # targets may be anything; what is not finite warns nobody
        error = targets - outputs
        return Tally(
            len(targets),
            int(np.count_nonzero(np.abs(error, error) > 0.5)),
            float(np.vdot(error, error)),
            float(outputs.sum() - np.vdot(outputs, outputs)),
            targets.sum(axis=0),
            np.einsum("ij,ij->j", targets, targets),
            bool(targets.min() < 0 or targets.max() > 1),
        )


def total(tallies: Iterable[Tally]) -> Tally:
    """The tally of all their examples."""
    every = list(tallies)
    if len(every) == 1:
        return every[0]
    with np.errstate(all="ignore"):
        return Tally(
            rows=sum(it.rows for it in every),
            wrong=sum(it.wrong for it in every),
            squared_error=sum(it.squared_error for it in every),
            slopes=sum(it.slopes for it in every),
            targets=np.sum([it.targets for it in every], axis=0),
            squared_targets=np.sum([it.squared_targets for it in every], axis=0),
            out_of_reach=any(it.out_of_reach for it in every),
        )


class Saturation:
    """What the last steps of a training looked like.

    Args:
        learning_rate: The step size of the training.
    """

    def __init__(self, learning_rate: float) -> None:
        self.learning_rate = learning_rate
        self._steps: deque[Tally] = deque()

    def see_only(self, step: Tally) -> None:
        """Take in one step, and forget those before it."""
        self._steps.clear()
        self.see(step)

    def see(self, step: Tally) -> None:
        """Take in one step, and forget those that were too long ago."""
        self._steps.append(step)
        while sum(it.rows for it in self._steps) - self._steps[0].rows >= _ROWS:
            self._steps.popleft()

    def warn(self) -> None:
        """Warn who called the function that calls this one, if there is reason to."""
        if not any(it.wrong for it in self._steps):
            return
        seen = total(self._steps)
        with np.errstate(all="ignore"):
            best_constant = (
                seen.squared_targets.sum() - np.vdot(seen.targets, seen.targets) / seen.rows
            )
            answers = seen.rows * len(seen.targets)
            slope = seen.slopes / answers
            rate = (seen.targets + 1) / (seen.rows + 2)  # never quite 0 or 1
            unsure = 0.25 if seen.out_of_reach else np.mean(rate * (1 - rate))
        if not (seen.squared_error >= best_constant and slope < 0.01 * unsure):
            return
        advice = (
            "targets from 0 to 1, since no answer lies outside"
            if seen.out_of_reach
            else f"a learning_rate below {self.learning_rate:g}, fewer rows in each step, or "
            "smaller inputs"
        )
        warnings.warn(
            f"training stands still: {seen.wrong:,} of {answers:,} answers "
            f"{'is' if seen.wrong == 1 else 'are'} wrong, but the slopes are nearly 0 "
            f"({slope:.1g} on average), so that hardly anything changes; try {advice}",
            SaturationWarning,
            stacklevel=3,
        )
