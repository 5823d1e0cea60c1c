"""Cut a training set into batches, in a new random order for each pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from firstneuron import _checks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import ArrayLike, NDArray


def mini_batches(  # noqa: PLR0913 -- three say what, three say how
    inputs: ArrayLike,
    targets: ArrayLike,
    batch_size: int,
    *,
    passes: int = 1,
    shuffle: bool = True,
    seed: int | None = 1,
) -> Iterator[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """Cut examples into batches, for `train_in_batches`.

    Only the rows of one batch at a time are read, so `inputs` and `targets` may be memory maps
    (`numpy.load(…, mmap_mode="r")`) or other arrays that lie in a file and can be indexed
    with an array of row numbers.

    Args:
        inputs: The examples, shape (rows, inputs).
        targets: What to answer for each, shape (rows, answers).
        batch_size: How many rows a batch has, 1 or more. The last one of a pass has the rest.
        passes: How often to go through all examples, 1 or more.
        shuffle: Whether each pass takes the rows in a random order of its own. Otherwise they
            come as they stand, which trains badly where rows are sorted by their target.
        seed: Where the random orders begin, from 0 to 2**32 - 1. The same seed gives the same
            orders; None gives others each time.

    Returns:
        An iterator over pairs of inputs and targets, which can be gone through once.

    Raises:
        TypeError: A size, passes or a seed that are not whole.
        ValueError: Numbers out of range, no rows, or not as many targets as inputs. What is in
            the rows is checked by `train_in_batches`.

    Examples:
        >>> from firstneuron import TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS, mini_batches
        >>> [targets.ravel().tolist() for _, targets in mini_batches(
        ...     TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS, 3, shuffle=False)]
        [[0, 1, 1], [0]]
    """
    columns, answers = _in_rows("inputs", inputs), _in_rows("targets", targets)
    size = _checks.whole_number("batch_size", batch_size, at_least=1)
    count = _checks.whole_number("passes", passes, at_least=1)
    random = np.random.default_rng(_checks.seed(seed))
    rows = len(columns)
    if rows != len(answers):
        raise ValueError(
            f"expected as many targets as inputs, got {rows} inputs and {len(answers)} targets"
        )
    return _batches(columns, answers, size, count, random if shuffle else None)


def _in_rows(name: str, value: ArrayLike) -> NDArray[np.float64]:
    """`value` itself if it is an array of any kind, so that nothing is read before its time."""
    if hasattr(value, "to_numpy"):  # a table of pandas, which is indexed by column
        value = value.to_numpy()
    # A buffer has a shape, but takes no row numbers; the class of an array only seems to have one.
    is_array = hasattr(value, "shape") and not isinstance(value, memoryview | type)
    array = cast("NDArray[np.float64]", value) if is_array else _checks.finite_numbers(name, value)
    shape = tuple(array.shape)
    if len(shape) != 2 or not all(shape):
        hint = "; write .reshape(-1, 1) to make it a column" if len(shape) == 1 else ""
        raise ValueError(f"{name}: expected shape (rows, columns), got shape {shape}{hint}")
    return array


def _batches(
    inputs: NDArray[np.float64],
    targets: NDArray[np.float64],
    size: int,
    passes: int,
    random: np.random.Generator | None,
) -> Iterator[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    rows = len(inputs)
    for _ in range(passes):
        order = None if random is None else random.permutation(rows)
        for start in range(0, rows, size):
            # In the order of the file within a batch: the sum is the same, and reading is faster.
            part = (
                slice(start, start + size)
                if order is None
                else np.sort(order[start : start + size])
            )
            yield inputs[part], targets[part]
