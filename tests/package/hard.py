"""Hard input: the same numbers in any disguise, and anything at all, good or bad."""

import array
import copy
import tempfile
import warnings
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from firstneuron import MultiLayerNetwork, NeuralNetwork, SaturationWarning
from package.exact import LARGEST

EXTREMES = [0.0, -0.0, 5e-324, -5e-324, 1e-308, 1.0, -1.0, 1e154, 1e308, -1e308, LARGEST, -LARGEST]

SEVERAL = {"max_dims": 3, "min_side": 0, "max_side": 4}
KINDS = ["?", "i1", "u1", "<i2", ">i4", "<i8", ">u8", "<f2", ">f2", "<f4", "<f8", ">f8", "g"]
OTHER_KINDS = ["<c8", ">c16", "G", "S3", "<U2", ">U2", "M8[D]", ">M8[ns]", "m8[s]"]
STRUCTURED = [np.dtype("i4, f8"), np.dtype([("mask", "?"), ("x", "<f8")])]


class Holder:
    """No array, but it can say how to make one of it."""

    def __init__(self, numbers):
        self.numbers = numbers

    def __array__(self, dtype=None, copy=None):
        return np.array(self.numbers, dtype=dtype, copy=copy)


class Subclass(np.ndarray):
    """An array of one's own."""


class Shy:
    """Something that cannot show itself."""

    def __repr__(self):
        raise RuntimeError

    def __copy__(self):
        return self

    def __deepcopy__(self, _):
        return self


# ---- the same numbers, in any disguise ----


def spread(numbers):
    """Every second element of a larger array, along each axis."""
    larger = np.full([2 * side for side in numbers.shape], 99.0)
    view = larger[..., *[slice(None, None, 2)] * numbers.ndim]
    view[...] = numbers
    return view


def unaligned(numbers):
    buffer = np.frombuffer(b"\0" + numbers.tobytes(), dtype=np.uint8)[1:]
    return buffer.view(np.float64).reshape(numbers.shape)


def read_only(numbers):
    numbers = numbers.copy()
    numbers.flags.writeable = False
    return numbers


def memory_map(numbers):
    with tempfile.TemporaryFile() as file:  # the map keeps a hold of its own on it
        mapped = np.memmap(file, dtype=float, mode="w+", shape=numbers.shape)
    mapped[...] = numbers
    return mapped


def matrix(numbers):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PendingDeprecationWarning)
        return np.matrix(numbers)


def of_objects(kind):
    def make(numbers):
        objects = np.empty(numbers.shape, dtype=object)
        objects.flat = [kind(it) for it in numbers.ravel().tolist()]
        return objects

    return make


DISGUISES = {
    "copy": np.copy,
    "list": np.ndarray.tolist,
    "tuple of rows": lambda numbers: tuple(numbers) if numbers.ndim else numbers,
    "Fortran order": lambda numbers: np.array(numbers, order="F"),
    "turned twice": lambda numbers: np.flip(np.flip(numbers).copy()),
    "spread": spread,
    "part of a wider one": lambda numbers: np.stack([numbers, numbers + 1], axis=-1)[..., 0],
    "other byte order": lambda numbers: numbers.astype(numbers.dtype.newbyteorder()),
    "read-only": read_only,
    "unaligned": unaligned,
    "subclass": lambda numbers: numbers.copy().view(Subclass),
    "masked, nothing masked": np.ma.array,
    "memory map": lambda numbers: memory_map(numbers) if numbers.ndim else numbers,
    "matrix": lambda numbers: matrix(numbers) if numbers.ndim == 2 else numbers,
    "float16": lambda numbers: numbers.astype(np.float16),
    "float32": lambda numbers: numbers.astype(np.float32),
    "long double": lambda numbers: numbers.astype(np.longdouble),
    "Python's floats": of_objects(float),
    "fractions": of_objects(Fraction),
    "list of fractions": lambda numbers: of_objects(Fraction)(numbers).tolist(),
    "holder": Holder,
    "buffer": lambda numbers: memoryview(numbers.copy()) if numbers.ndim else numbers,
}
WHOLE_DISGUISES = {
    "int8": lambda numbers: numbers.astype(np.int8),
    "int64": lambda numbers: numbers.astype(np.int64),
    "big-endian ints": lambda numbers: numbers.astype(">i2"),
    "Python's ints": of_objects(int),
    "list of ints": lambda numbers: numbers.astype(int).tolist(),
}
BINARY_DISGUISES = {
    "bool": lambda numbers: numbers.astype(bool),
    "uint8": lambda numbers: numbers.astype(np.uint8),
    "list of bools": lambda numbers: numbers.astype(bool).tolist(),
}
SAME_ROWS = {"one row, repeated": lambda numbers: np.broadcast_to(numbers[0], numbers.shape)}

QUARTERS = st.integers(-32, 32).map(lambda it: it / 4)


@st.composite
def disguised(draw, shape, elements=QUARTERS):
    """Numbers that float16 can hold, plain and in a disguise."""
    numbers = draw(arrays_of.arrays(float, shape, elements=elements))
    if numbers.ndim == 2 and draw(st.booleans()):
        numbers[:] = numbers[0]
    fitting = dict(DISGUISES)
    if (numbers == np.rint(numbers)).all():
        fitting |= WHOLE_DISGUISES
    if np.isin(numbers, [0, 1]).all():
        fitting |= BINARY_DISGUISES
    if numbers.ndim == 2 and (numbers == numbers[0]).all():
        fitting |= SAME_ROWS
    return numbers, fitting[draw(st.sampled_from(sorted(fitting)))](numbers)


# ---- anything at all ----

_numbers = st.one_of(
    st.integers(-5, 20),
    st.integers(),
    st.sampled_from([10**30, -(10**308), 10**400, 2**63, 2**64 - 1]),
    st.sampled_from([1, -1]).map(lambda sign: sign * 10**5000),  # Python cannot write it
    st.booleans(),
    st.floats(),
    st.sampled_from(EXTREMES),
    st.floats(width=16).map(np.float16),
    st.fractions(),
    st.sampled_from([Fraction(10**400), Fraction(1, 10**400), np.finfo(np.longdouble).max]),
    st.sampled_from([np.bool_(1), np.int8(-3), np.uint64(7), np.float32("nan"), np.array(1.0)]),
)
_no_numbers = st.one_of(
    st.builds(Shy),
    st.complex_numbers(),
    st.decimals(),
    st.text(max_size=4),
    st.binary(max_size=4),
    st.sampled_from(
        [
            None,
            date(2015, 7, 20),
            np.datetime64("2015-07-20"),
            np.timedelta64(3, "s"),
            np.clongdouble(1),
            np.str_("1"),
            np.void(b"abc"),
            np.ma.masked,
            np.ndarray,
            Decimal("1e400"),
            object(),
            abs,
            ...,
            {1, 2},
            {0: 1},
            range(3),
            np.array(["1", "2"], dtype=np.dtypes.StringDType()),
            array.array("d", [1, 2, 3]),
            bytearray(b"abc"),
        ]
    ),
)


@st.composite
def _arrays(draw):
    kind = draw(st.sampled_from([*KINDS, *KINDS, *OTHER_KINDS, *STRUCTURED, object]))
    shape = draw(arrays_of.array_shapes(min_dims=0, **SEVERAL))
    if kind is object:
        made = np.empty(shape, dtype=object)
        made.flat = draw(st.lists(_numbers | _no_numbers, min_size=made.size, max_size=made.size))
    elif kind in ("g", "G"):
        made = draw(arrays_of.arrays("f8" if kind == "g" else "c16", shape)).astype(kind)
    else:
        made = draw(arrays_of.arrays(kind, shape))
    return draw(st.sampled_from(CHANGES))(made)


def masked_first(numbers):
    mask = np.zeros(numbers.shape, dtype=bool)
    mask.flat[:1] = True
    return np.ma.array(numbers, mask=mask)


CHANGES = [
    lambda numbers: numbers,
    lambda numbers: np.array(numbers, order="F"),
    np.flip,
    lambda numbers: np.repeat(numbers, 2, axis=0)[::2] if numbers.ndim else numbers,
    np.ma.array,
    masked_first,
    Holder,
]


class Drawn:
    """A value that came out of a strategy, and can be shown whatever it is."""

    def __init__(self, value):
        self.value = value

    def __repr__(self):
        try:
            return repr(self.value)
        except Exception as error:  # noqa: BLE001 -- to show itself is just what it may be bad at
            return f"<{type(self.value).__name__}: {error}>"


anything = st.recursive(
    _numbers | _no_numbers | _arrays(),
    lambda inner: st.lists(inner, max_size=4) | st.lists(inner, max_size=4).map(tuple),
    max_leaves=8,
)


def rows_like(shape, elements=_numbers):
    """Lists of lists of such a shape, of numbers of all kinds; or anything at all."""
    nested = elements
    for side in reversed(shape):
        nested = st.lists(nested, min_size=side, max_size=side)
    return nested | arrays_of.arrays(st.sampled_from(KINDS[:-1]), shape) | anything


def one_number(otherwise=anything):
    """One number of any kind; or anything at all."""
    return st.floats(0, 1e3) | _numbers | otherwise


def count(otherwise=anything):
    """A small whole number of any kind; or anything at all."""
    kinds = st.sampled_from([int, np.int8, np.int64, np.array, float, bool])
    return st.builds(lambda kind, number: kind(number), kinds, st.integers(-1, 9)) | otherwise


# ---- networks, and what must hold of them ----

finite = st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from(EXTREMES)
moderate = st.floats(-4, 4)
from_0_to_1 = st.floats(0, 1)
few = st.integers(1, 4)


@st.composite
def neurons(draw, weights=moderate, inputs=few):
    """One neuron, with a bias or without."""
    column = draw(arrays_of.arrays(float, inputs, elements=weights))
    bias = draw(st.none() | weights)
    return NeuralNetwork(number_of_inputs=len(column), start_weights=column, bias=bias)


@st.composite
def layers(draw, weights=moderate):
    """Up to three layers, with biases or without."""
    sizes = draw(st.lists(few, min_size=2, max_size=4))
    matrices = [draw(arrays_of.arrays(float, it, elements=weights)) for it in pairwise(sizes)]
    biased = draw(st.booleans())
    network = MultiLayerNetwork(sizes, start_weights=matrices, bias=0 if biased else None)
    if biased:
        network.biases = [draw(arrays_of.arrays(float, it, elements=weights)) for it in sizes[1:]]
    return network


def networks(weights=moderate):
    return neurons(weights) | layers(weights)


def shape_of(network):
    """How many inputs it takes, and how many answers it gives."""
    if isinstance(network, NeuralNetwork):
        return len(network.synaptic_weights), 1
    return network.layer_sizes[0], network.layer_sizes[-1]


@st.composite
def examples(draw, network, elements=moderate, targets=from_0_to_1, most=6):
    """Rows of inputs and targets that fit a network."""
    rows, (columns, answers) = draw(st.integers(1, most)), shape_of(network)
    return (
        draw(arrays_of.arrays(float, (rows, columns), elements=elements)),
        draw(arrays_of.arrays(float, (rows, answers), elements=targets)),
    )


def parameters_of(network):
    """Copies of all its weights and biases."""
    if isinstance(network, NeuralNetwork):
        bias = [] if network.bias is None else [np.array([network.bias])]
        return [network.synaptic_weights.copy(), *bias]
    return [it.copy() for it in [*network.synaptic_weights, *(network.biases or [])]]


def with_parameters(network, parameters):
    """A copy of the network that has these weights and biases."""
    other = copy.deepcopy(network)
    if isinstance(network, NeuralNetwork):
        other.synaptic_weights = parameters[0]
        if network.bias is not None:
            other.bias = parameters[1][0]
        return other
    count = len(network.synaptic_weights)
    other.synaptic_weights = parameters[:count]
    if network.biases is not None:
        other.biases = parameters[count:]
    return other


def bits(arrays):
    """All that can differ between arrays: type, shape and every bit."""
    return [(it.dtype.str, it.shape, it.tobytes()) for it in map(np.asarray, arrays)]


def usable(network):
    """Whether its weights are finite, and its answer is one."""
    answers = network.think(np.ones(shape_of(network)[0]))
    return (
        all(np.isfinite(it).all() for it in parameters_of(network))
        and ((answers >= 0) & (answers <= 1)).all()
    )


def snapshot(value):
    """What a value holds, to see whether it has been changed."""
    if isinstance(value, Holder):
        return snapshot(value.numbers)
    if isinstance(value, np.ndarray):
        data, mask = np.asarray(value), np.ma.getmaskarray(value).tolist()
        if data.dtype.hasobject:
            return data.shape, [snapshot(it) for it in data.ravel().tolist()], mask
        return str(data.dtype), data.shape, data.strides, data.tobytes(), mask
    if isinstance(value, list | tuple):
        return type(value), [snapshot(it) for it in value]
    if isinstance(value, memoryview | array.array | bytearray):
        return type(value), bytes(value)
    return type(value), id(value)


def refusal(act):
    """What a call raises of what it may raise, if it does; no warnings, and nothing else."""
    try:
        with quiet():
            act()
    except (TypeError, ValueError, OverflowError) as error:
        return error
    return None


class quiet(warnings.catch_warnings):  # noqa: N801 -- a context, like the one that it is
    """No warning but that training stands still, and no floating-point error of NumPy's."""

    def __enter__(self):
        super().__enter__()
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", SaturationWarning)
        self._state = np.errstate(all="raise")
        self._state.__enter__()

    def __exit__(self, *about):
        self._state.__exit__(*about)
        super().__exit__(*about)
