"""Keep what examples set for the whole process within the chain of examples that set it."""

from __future__ import annotations

import random
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator


class Settings:
    """How NumPy prints and handles errors, and where random numbers are, for one chain.

    It begins with random numbers that nobody seeded: a page that forgets the seed must not
    be saved by the page before it.

    Args:
        on_warning: What a warning does: "error", because who runs the example would see it, and
            no page shows it; "default", where nobody proves anything: what Python does; or
            "ignore", where nobody reads it.
    """

    def __init__(self, on_warning: Literal["error", "default", "ignore"] = "error") -> None:
        self._on_warning = on_warning
        self._printing = np.get_printoptions()
        self._errors = np.geterr()
        self._random = random.Random().getstate()  # noqa: S311  (no secret)
        self._numpy_random = np.random.RandomState().get_state()

    @contextmanager
    def in_force(self) -> Iterator[None]:
        """Bring back what the chain set, and afterwards what was set before."""
        outside, numpy_outside = random.getstate(), np.random.get_state()  # noqa: NPY002  (the article's)
        with (
            np.printoptions(**self._printing),
            np.errstate(**self._errors),
            warnings.catch_warnings(),
        ):
            if self._on_warning != "default":
                warnings.simplefilter(self._on_warning)
            random.setstate(self._random)
            np.random.set_state(self._numpy_random)  # noqa: NPY002
            try:
                yield
            finally:
                self._printing, self._errors = np.get_printoptions(), np.geterr()
                self._random, self._numpy_random = random.getstate(), np.random.get_state()  # noqa: NPY002
                random.setstate(outside)
                np.random.set_state(numpy_outside)  # noqa: NPY002
