import numpy as np
from firstneuron import TRAINING_SET_INPUTS, NeuralNetwork

training_set_inputs = TRAINING_SET_INPUTS.tolist()
training_set_outputs = np.array([1, 0, 0, 1]).reshape(-1, 1) == 1
network = NeuralNetwork()
network.train(training_set_inputs, training_set_outputs, 10_000)
synaptic_weights = network.synaptic_weights
answer = float(network.think([1, 0, 0])[0])
print(answer)
