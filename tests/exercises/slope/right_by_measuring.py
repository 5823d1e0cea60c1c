from firstneuron import sigmoid


def slope_at(z, step=1e-6):
    return (sigmoid(z + step) - sigmoid(z - step)) / (2 * step)
