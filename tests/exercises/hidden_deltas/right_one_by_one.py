from numpy import zeros_like


def hidden_deltas(error, output, hidden, weights):
    deltas = zeros_like(hidden)
    for example in range(len(hidden)):
        for neuron in range(hidden.shape[1]):
            share = 0
            for last in range(error.shape[1]):
                its = output[example, last]
                share += error[example, last] * its * (1 - its) * weights[neuron, last]
            own = hidden[example, neuron]
            deltas[example, neuron] = share * own * (1 - own)
    return deltas
