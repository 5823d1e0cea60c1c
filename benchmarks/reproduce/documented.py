"""Print the documented numbers as this Python computes them, to the bit, and what computed them.

Run by `benchmarks/reproduce.py`, once for each combination, in a process of its own. It needs
NumPy and `firstneuron`, and nothing else: WebAssembly has no more.
"""

# ruff: noqa: INP001, T201 -- a script that prints

from __future__ import annotations

import ctypes
import json
import os
import platform
import struct
from pathlib import Path

import numpy as np
from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

from firstneuron import (
    NEW_SITUATION,
    TRAINING_SET_INPUTS,
    TRAINING_SET_OUTPUTS,
    MultiLayerNetwork,
    NeuralNetwork,
)

STEPS, STEPS_OF_LAYERS = 10_000, 60_000
XOR_INPUTS = [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]]
XOR_OUTPUTS = [[0], [1], [1], [0]]


def numbers() -> dict[str, list[float]]:
    """The documented numbers by what they are."""
    network = NeuralNetwork()
    start = network.synaptic_weights.ravel()
    network.train(TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS, STEPS)
    layers = MultiLayerNetwork([3, 4, 1])
    layers.train(XOR_INPUTS, XOR_OUTPUTS, STEPS_OF_LAYERS)
    found = {
        "start weights": start,
        "trained weights": network.synaptic_weights.ravel(),
        "answer": network.think(NEW_SITUATION),
        "two layers": layers.think(XOR_INPUTS).ravel(),
    }
    return {name: [float(it) for it in values] for name, values in found.items()}


def bits(number: float) -> str:
    """The 64 bits of a number, as 16 hexadecimal digits."""
    return struct.pack(">d", number).hex()


def blas() -> dict[str, object]:
    """Which kernel of OpenBLAS is at work, and how many threads it may use; nothing if unknown."""
    folder = Path(np.__file__).parents[1] / "numpy.libs"
    for path in folder.glob("libscipy_openblas64_*"):
        library = ctypes.CDLL(str(path))
        name = library.scipy_openblas_get_corename64_
        name.restype = ctypes.c_char_p
        threads = library.scipy_openblas_get_num_threads64_()
        return {"kernel": name().decode(), "threads": threads}
    return {}


def about() -> dict[str, object]:
    """What computed the numbers."""
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "system": platform.system(),
        "processor": platform.machine(),
        "features": [it for it in __cpu_dispatch__ if __cpu_features__[it]],
        **(blas() if os.name == "posix" else {}),
    }


if __name__ == "__main__":
    print(json.dumps(about() | {"bits": {k: [*map(bits, v)] for k, v in numbers().items()}}))
