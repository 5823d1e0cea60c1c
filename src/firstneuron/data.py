"""The articles' training set and the new situation, as read-only arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def _read_only(rows: list[list[int]] | list[int]) -> NDArray[np.int_]:
    array = np.array(rows)
    array.flags.writeable = False
    return array


TRAINING_SET_INPUTS: NDArray[np.int_] = _read_only([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])
"""The four examples, one a row, shape (4, 3). Read-only."""

TRAINING_SET_OUTPUTS: NDArray[np.int_] = _read_only([[0], [1], [1], [0]])
"""What the neuron should answer for each example, shape (4, 1). Read-only."""

NEW_SITUATION: NDArray[np.int_] = _read_only([1, 0, 0])
"""The situation that no example shows, shape (3,). Read-only."""
