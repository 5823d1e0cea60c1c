"""Ask what the reader's code has defined for numbers, whatever it may be."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import numpy as np

from provenpages.in_page import NotSolved

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray


def function(names: dict[str, Any], name: str, *parameters: str) -> Callable[..., Any]:
    """The reader's function.

    Args:
        names: What the reader's code has defined.
        name: What the function is called.
        parameters: What it takes, in order.

    Raises:
        NotSolved: There is none, or it takes something else.
    """
    first_line = f"def {name}({', '.join(parameters)}):"
    if name not in names:
        raise NotSolved(
            f"Your code defines no {name}. The exercise looks for a function that begins with "
            f"{first_line}"
        )
    found = names[name]
    if not callable(found):
        raise NotSolved(f"{name} is {_a(found)}, not a function. Begin it with {first_line}")
    try:
        inspect.signature(found).bind(*parameters)
    except TypeError:
        raise NotSolved(f"{name} takes something else. Begin it with {first_line}") from None
    except ValueError:
        pass  # written in C, which does not tell what it takes
    return found  # type: ignore[no-any-return]


def answer(
    call: str,
    function: Callable[..., Any],
    *arguments: NDArray[Any] | float,
    hints: Mapping[type[Exception], str] | None = None,
) -> NDArray[np.float64]:
    """The numbers that the reader's function gives; the rest is as for `value`."""
    return numbers(f"{call} gives", value(call, function, *arguments, hints=hints))


def value(
    call: str,
    function: Callable[..., Any],
    *arguments: NDArray[Any] | float,
    hints: Mapping[type[Exception], str] | None = None,
) -> Any:  # noqa: ANN401  (whatever the reader gives)
    """What the reader's function gives.

    Args:
        call: The call, as the reader would write it.
        function: The function.
        arguments: What to hand to it.
        hints: What to add if it raises an error, by the kind of error.

    Raises:
        NotSolved: It raises an error, or gives nothing.
    """
    try:
        given = function(*arguments)
    except (Exception, SystemExit) as error:
        told = f"{call} ended with {type(error).__name__}; it is shown above."
        fitting = (hint for kind, hint in (hints or {}).items() if isinstance(error, kind))
        raise NotSolved(" ".join((told, *fitting))) from error
    if given is None:
        raise NotSolved(
            f"{call} gives nothing back. A function gives back what stands after return: is it "
            "there, in every case?"
        )
    return given


def numbers(said: str, value: Any) -> NDArray[np.float64]:  # noqa: ANN401  (whatever the reader has)
    """A value as numbers.

    Args:
        said: The beginning of the sentence that says what it is instead.
        value: The value.

    Raises:
        NotSolved: It is no number, nor an array of numbers.
    """
    try:
        array = np.asarray(value)
    except Exception:  # noqa: BLE001  (the value decides what it raises)
        raise NotSolved(f"{said} {_a(value)}, of which NumPy can make no array.") from None
    if array.dtype.kind not in "biuf":
        raise NotSolved(f"{said} {_a(value)}, where a number or an array of numbers should be.")
    odd = array[~np.isfinite(array)]
    if odd.size:
        raise NotSolved(f"{said} {odd.flat[0]}, with which nobody can calculate.")
    return array.astype(np.float64)


def _a(value: object) -> str:
    """What a value is; not how it shows itself, since that may be code of the reader's, too."""
    kind = type(value).__name__
    return "None" if value is None else f"{'an' if kind[:1] in 'aeiouAEIOU' else 'a'} {kind}"
