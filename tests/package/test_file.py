"""Networks in files: what is saved comes back to the last bit, and nothing else is let in."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from firstneuron import (
    TRAINING_SET_INPUTS,
    TRAINING_SET_OUTPUTS,
    MultiLayerNetwork,
    NeuralNetwork,
)

EXTREME = [5e-324, -0.1, 1.7976931348623157e308, 2 / 3, -1e-300]


def networks():
    trained = NeuralNetwork()
    trained.train(TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS, 1_000)
    layers = MultiLayerNetwork([3, 5, 2, 1], seed=4, bias=0)
    layers.train(TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS, 100)
    return [
        trained,
        NeuralNetwork(bias=1 / 3),
        NeuralNetwork(number_of_inputs=5, start_weights=EXTREME),
        NeuralNetwork(number_of_inputs=1),
        layers,
        MultiLayerNetwork(),
        MultiLayerNetwork([1, 1]),
    ]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "network.json"


@pytest.mark.parametrize("network", networks(), ids=repr)
def test_what_is_saved_comes_back_to_the_last_bit(network, path):
    network.save(path)
    loaded = type(network).load(str(path))
    assert type(loaded) is type(network)
    assert repr(loaded) == repr(network)
    for name in ("synaptic_weights", "bias", "biases"):
        mine, its = getattr(network, name, None), getattr(loaded, name, None)
        pairs = zip(mine, its, strict=True) if isinstance(mine, list) else [(mine, its)]
        for one, other in pairs:
            assert (one is None and other is None) or (
                np.asarray(one).tobytes() == np.asarray(other).tobytes()
            )


def test_other_programs_can_read_it(path):
    NeuralNetwork(bias=0.5).save(path)
    assert json.loads(path.read_text(encoding="utf-8")) == {
        "format": "firstneuron network",
        "version": 1,
        "kind": "NeuralNetwork",
        "synaptic_weights": NeuralNetwork().synaptic_weights[:, 0].tolist(),
        "bias": 0.5,
    }


def test_files_of_this_version_can_be_read_for_ever(path):
    path.write_text(
        '{"format": "firstneuron network", "version": 1, "kind": "MultiLayerNetwork", '
        '"layer_sizes": [2, 1], "synaptic_weights": [[[0.5], [1]]], "biases": [[-0.25]]}'
    )
    network = MultiLayerNetwork.load(path)
    assert network.layer_sizes == (2, 1)
    assert network.synaptic_weights[0].tolist() == [[0.5], [1]]
    assert network.biases[0].tolist() == [-0.25]


def test_saving_again_replaces_and_leaves_nothing_else(path):
    NeuralNetwork(seed=2).save(path)
    NeuralNetwork(seed=3).save(path)
    assert repr(NeuralNetwork.load(path)) == repr(NeuralNetwork(seed=3))
    assert list(path.parent.iterdir()) == [path]


def test_a_file_is_complete_or_stays_as_it_was(path, monkeypatch):
    NeuralNetwork(seed=2).save(path)

    def torn(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(type(path), "replace", torn)
    with pytest.raises(KeyboardInterrupt):
        NeuralNetwork(seed=3).save(path)
    assert repr(NeuralNetwork.load(path)) == repr(NeuralNetwork(seed=2))
    assert list(path.parent.iterdir()) == [path]


def test_a_network_that_cannot_be_used_is_not_saved(path):
    network = NeuralNetwork()
    network.synaptic_weights[0] = np.nan
    with pytest.raises(ValueError, match="synaptic_weights and biases: expected finite"):
        network.save(path)
    assert not path.exists()


def test_a_folder_that_is_not_there_is_told_by_the_system(path):
    with pytest.raises(FileNotFoundError):
        NeuralNetwork().save(path / "none" / "x.json")
    with pytest.raises(FileNotFoundError):
        NeuralNetwork.load(path)


GOOD = {
    "format": "firstneuron network",
    "version": 1,
    "kind": "NeuralNetwork",
    "synaptic_weights": [1.5, 2],
    "bias": None,
}
LAYERS = {
    "format": "firstneuron network",
    "version": 1,
    "kind": "MultiLayerNetwork",
    "layer_sizes": [2, 1],
    "synaptic_weights": [[[0.5], [1]]],
    "biases": [[0]],
}


def without(file, name):
    return {key: value for key, value in file.items() if key != name}


BAD = [
    ("", "Expecting value"),
    ("[1, 2]", 'expected "format"'),
    ("null", 'expected "format"'),
    (b"\xff\xfe\x00", "can't decode"),
    (b"\x80\x04\x95pickle", "can't decode"),
    (json.dumps(GOOD)[:-5], "Expecting"),
    ("[" * 100_000, "nested too deeply"),
    (json.dumps(GOOD).replace("1.5", "NaN"), "expected finite numbers, got NaN"),
    (json.dumps(GOOD).replace("1.5", "-Infinity"), "expected finite numbers, got -Infinity"),
    (json.dumps(GOOD).replace("1.5", "1e999"), "expected finite numbers, got inf"),
    (json.dumps(GOOD).replace("1.5", "1" * 400), "within float64"),
    (json.dumps(GOOD).replace("1.5", "1" * 10_000), "Exceeds the limit"),
    (json.dumps(GOOD).replace('"bias"', '"kind": "x", "bias"'), "a name stands twice"),
    (without(GOOD, "format"), 'expected "format"'),
    (GOOD | {"format": "other"}, 'expected "format"'),
    (GOOD | {"version": 2}, "expected version 1, got 2"),
    (GOOD | {"version": True}, "expected version 1, got True"),
    (GOOD | {"version": "1"}, "expected version 1, got '1'"),
    (GOOD | {"kind": "MultiLayerNetwork"}, "expected a NeuralNetwork, got 'MultiLayerNetwork'"),
    (GOOD | {"kind": "os.system" * 20}, "expected a NeuralNetwork, got"),
    (GOOD | {"more": 1}, "unexpected: 'more'"),
    (GOOD | dict.fromkeys(map(str, range(2_000))), "unexpected: '0' and 1,999 more"),
    (without(GOOD, "bias"), "bias is missing"),
    (without(GOOD, "synaptic_weights"), "synaptic_weights is missing"),
    (GOOD | {"synaptic_weights": []}, "number_of_inputs: expected a whole number, 1 or more"),
    (GOOD | {"synaptic_weights": None}, "synaptic_weights: expected a list, got None"),
    (GOOD | {"synaptic_weights": [[1], [2]]}, r"synaptic_weights: expected a number, got \[1\]"),
    (GOOD | {"synaptic_weights": [True, 2]}, "synaptic_weights: expected a number, got True"),
    (GOOD | {"synaptic_weights": ["1", 2]}, "synaptic_weights: expected a number, got '1'"),
    (GOOD | {"bias": [1]}, "bias: expected a number"),
    (LAYERS | {"layer_sizes": [2]}, "layer_sizes: expected two or more"),
    (LAYERS | {"layer_sizes": [2.0, 1]}, "layer_sizes: expected a whole number"),
    (LAYERS | {"layer_sizes": [10**9, 10**9]}, r"start_weights\[0\]: expected shape"),
    (LAYERS | {"synaptic_weights": [[[0.5], [1, 2]]]}, "expected rows of equal length"),
    (LAYERS | {"synaptic_weights": []}, "expected 1 array, one"),
    (LAYERS | {"biases": [[0, 1]]}, r"biases\[0\]: expected shape \(1,\)"),
    (LAYERS | {"biases": 0}, "biases: expected a list"),
]


@pytest.mark.parametrize(("content", "why"), BAD)
def test_anything_else_is_refused_with_its_name_and_the_reason(content, why, path):
    text = json.dumps(content) if isinstance(content, dict) else content
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    layers = isinstance(content, dict) and "layer_sizes" in content
    kind = MultiLayerNetwork if layers else NeuralNetwork
    with pytest.raises(ValueError, match=f"network.json: not a network.*{why}") as refused:
        kind.load(path)
    assert str(path) in str(refused.value)
    assert len(str(refused.value)) < 300 + len(str(path))


def test_a_link_stays_a_link_and_a_file_keeps_its_permissions(path):
    real = path.with_name("real.json")
    NeuralNetwork(seed=2).save(real)
    real.chmod(0o600)
    path.symlink_to(real)
    NeuralNetwork(seed=3).save(path)
    assert path.is_symlink()
    assert repr(NeuralNetwork.load(real)) == repr(NeuralNetwork(seed=3))
    assert real.stat().st_mode & 0o777 == 0o600


def test_whoever_reads_while_others_save_finds_a_whole_network(path):
    networks = [NeuralNetwork(number_of_inputs=300, seed=seed) for seed in range(3)]
    whole = {network.synaptic_weights.tobytes() for network in networks}
    networks[0].save(path)
    with ThreadPoolExecutor() as threads:
        saved = [threads.submit(it.save, path) for it in networks * 20]
        while not all(it.done() for it in saved):
            loaded = NeuralNetwork.load(path)
            assert loaded.synaptic_weights.tobytes() in whole
    assert [it.result() for it in saved] == [None] * 60
    assert list(path.parent.iterdir()) == [path]


def test_names_as_long_as_the_system_takes_can_be_saved(path):
    longest = path.with_name("n" * 255)
    NeuralNetwork().save(longest)
    assert repr(NeuralNetwork.load(longest)) == repr(NeuralNetwork())


@pytest.mark.parametrize("place", [".", ""])
def test_a_folder_is_refused_by_the_system(place, path, monkeypatch):
    monkeypatch.chdir(path.parent)
    with pytest.raises(IsADirectoryError):
        NeuralNetwork().save(place)


def test_a_network_of_ones_own_kind_is_loaded_as_that_kind(path):
    class Mine(NeuralNetwork):
        pass

    Mine(bias=1).save(path)
    assert type(Mine.load(path)) is Mine
    assert type(NeuralNetwork.load(path)) is NeuralNetwork


@pytest.mark.skipif(os.name != "posix", reason="permissions of a POSIX system")
def test_a_saved_file_has_the_permissions_of_any_new_file(path):
    NeuralNetwork().save(path)
    other = path.with_name("other")
    other.write_text("")
    assert path.stat().st_mode == other.stat().st_mode


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes in folders")
def test_saving_to_a_pipe_sends_the_text_and_leaves_the_pipe(tmp_path, path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    NeuralNetwork().save(path)
    with ThreadPoolExecutor(1) as pool:
        sent = pool.submit(pipe.read_text)
        NeuralNetwork().save(pipe)

        assert sent.result(timeout=10) == path.read_text()
    assert pipe.is_fifo()


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="no such device")
def test_standard_output_is_written_to_wherever_it_leads(tmp_path):
    program = (
        "print('before', flush=True); import firstneuron; "
        "firstneuron.NeuralNetwork().save('/dev/stdout')"
    )
    command = [sys.executable, "-c", program]
    piped = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    with (tmp_path / "out").open("wb") as file:
        subprocess.run(command, stdout=file, check=True)

    assert piped.startswith(b"before\n{")
    assert (tmp_path / "out").read_bytes() == piped
