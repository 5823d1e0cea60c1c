from firstneuron import sigmoid, sigmoid_slope

slope_at = lambda z: sigmoid_slope(sigmoid(z))
