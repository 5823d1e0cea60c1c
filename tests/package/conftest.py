"""What several of these tests share."""

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, settings

# The same examples in every run, however slow the machine is; a search takes many others.
os.environ.setdefault(
    "HYPOTHESIS_STORAGE_DIRECTORY", str(Path(__file__).parents[2] / ".cache" / "hypothesis")
)
for _profile, _settings in {
    "same": {"derandomize": True, "max_examples": 100},
    "search": {"max_examples": 3_000, "print_blob": True},
}.items():
    settings.register_profile(
        _profile,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        **_settings,
    )
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


@pytest.fixture
def nine_lines_loop():
    """The article's training loop, which remembers the weights before and after every step."""

    def loop(inputs, targets, start_weights, steps, learning_rate=1):
        weights = np.array(start_weights, dtype=float).reshape(-1, 1)
        history = [weights.copy()]
        for _ in range(steps):
            output = 1 / (1 + np.exp(-(np.dot(inputs, weights))))
            change = np.dot(inputs.T, (targets - output) * output * (1 - output))
            weights += learning_rate * change
            history.append(weights.copy())
        return history

    return loop
