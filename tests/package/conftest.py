"""What several of these tests share."""

import numpy as np
import pytest


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
