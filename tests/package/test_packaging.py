"""What is shipped: small, typed, documented, and in need of nothing but NumPy."""

import ast
import importlib
import inspect
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

import firstneuron

SOURCE = Path(__file__).parents[2] / "src" / "firstneuron"
MODULES = sorted(path.stem for path in SOURCE.glob("*.py"))
FUNCTIONS = [name for name in firstneuron.__all__ if inspect.isfunction(getattr(firstneuron, name))]
LATER = [
    *("EarlyStop", "MultiLayerTrainingRecord", "TrainingRecord"),
    *("record_training", "train_with_early_stop"),
]


def python(*arguments, **options):
    """What Python prints, in a process of its own."""
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        check=True,
        capture_output=True,
        text=True,
        **options,
    ).stdout


def functions_of(module):
    tree = ast.parse((SOURCE / f"{module}.py").read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def test_importing_loads_nothing_beyond_the_standard_library_and_numpy():
    loaded = python(
        "-c",
        "import sys, numpy; before = set(sys.modules)\n"
        "import firstneuron.cli; print(*set(sys.modules) - before)",
    ).split()
    beyond = {
        name
        for name in loaded
        if name.partition(".")[0] not in sys.stdlib_module_names | {"firstneuron"}
    }

    assert "firstneuron.cli" in loaded
    assert beyond == set(), "these take time to load, or are not there for everyone"


@pytest.mark.parametrize("module", MODULES)
def test_source_names_no_other_package_than_numpy(module):
    tree = ast.parse((SOURCE / f"{module}.py").read_text(encoding="utf-8"))
    imported = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            imported.add(node.module.partition(".")[0])

    assert imported <= sys.stdlib_module_names | {"numpy", "firstneuron"}


def test_public_names_are_all_there_once():
    assert all(hasattr(firstneuron, name) for name in firstneuron.__all__)
    assert len(set(firstneuron.__all__)) == len(firstneuron.__all__)


def test_star_import_brings_the_public_names_only():
    names = {}
    exec("from firstneuron import *", names)  # noqa: S102 -- the line itself is what is tested

    assert set(names) - {"__builtins__"} == set(firstneuron.__all__)


@pytest.mark.parametrize("module", MODULES)
def test_every_function_is_fully_annotated(module):
    for function in functions_of(module):
        arguments = function.args
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        every += filter(None, [arguments.vararg, arguments.kwarg])
        bare = [a.arg for a in every if a.annotation is None and a.arg not in {"self", "cls"}]
        assert bare == [], f"{module}.{function.name}"
        assert function.returns is not None, f"{module}.{function.name}"


def test_package_says_that_it_is_typed():
    assert (SOURCE / "py.typed").is_file()


@pytest.mark.parametrize("module", MODULES)
def test_every_module_says_what_it_is_for(module):
    assert ast.get_docstring(ast.parse((SOURCE / f"{module}.py").read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_public_functions_document_arguments_result_errors_and_an_example(name):
    function = getattr(firstneuron, name)
    documentation = inspect.getdoc(function)

    for section in ["Args:", "Returns:", "Raises:", "Examples:"]:
        assert section in documentation
    for parameter in inspect.signature(function).parameters:
        assert f"    {parameter}: " in documentation


def test_network_and_its_methods_are_documented_with_errors_and_examples():
    network = firstneuron.NeuralNetwork
    for documented in [network, network.think, network.train]:
        documentation = inspect.getdoc(documented)
        for section in ["Args:", "Raises:", "Examples:"]:
            assert section in documentation
        for parameter in set(inspect.signature(documented).parameters) - {"self"}:
            assert f"    {parameter}: " in documentation
    assert "Returns:" in inspect.getdoc(network.think)
    assert "Raises:" in inspect.getdoc(network.synaptic_weights)


def test_every_array_of_a_record_is_documented():
    documentation = inspect.getdoc(firstneuron.TrainingRecord)

    assert "Attributes:" in documentation
    for field in firstneuron.TrainingRecord.__dataclass_fields__:
        assert f"    {field}: " in documentation


def test_every_data_array_is_followed_by_its_description():
    lines = ast.parse((SOURCE / "data.py").read_text(encoding="utf-8")).body
    described = {
        line.target.id: following.value.value
        for line, following in pairwise(lines)
        if isinstance(line, ast.AnnAssign) and isinstance(following, ast.Expr)
    }

    data = {n for n in firstneuron.__all__ if isinstance(getattr(firstneuron, n), np.ndarray)}
    assert data == set(described)
    for name, description in described.items():
        assert f"shape {getattr(firstneuron, name).shape}" in description


def test_every_module_is_in_the_reading_order_of_the_package():
    for module in MODULES:
        if not module.startswith("_"):
            importlib.import_module(f"firstneuron.{module}")
            assert f"- `{module}`: " in firstneuron.__doc__


def test_names_that_are_loaded_when_asked_for_are_listed_before(monkeypatch):
    later = {it: sys.modules[getattr(firstneuron, it).__module__] for it in LATER}
    for name in LATER:
        monkeypatch.delitem(vars(firstneuron), name)

    assert set(firstneuron.__all__) <= set(dir(firstneuron))
    assert dir(firstneuron) == sorted(dir(firstneuron))
    for name, module in later.items():
        assert getattr(firstneuron, name) is getattr(module, name)


def test_a_name_that_is_not_there_is_told_as_python_tells_it():
    with pytest.raises(AttributeError, match="module 'firstneuron' has no attribute 'Neuron'"):
        firstneuron.Neuron  # noqa: B018 -- to ask for it is the point
