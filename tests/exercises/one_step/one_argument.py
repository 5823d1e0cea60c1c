# Begin it with def step(inputs, targets, weights):
def step(weights):
    return weights
