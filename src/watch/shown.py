"""How the page writes a number: few digits, never a wrong one."""

from __future__ import annotations

_WHOLE = ("k", "x", "target")
_TINY = 9.5e-10  # below it the power has two digits


def shown(name: str, value: float) -> str:
    """The value called `name` as readers see it; `view.js` writes the same.

    An answer has eight decimals, as in the articles. Whole numbers have none. Everything else
    has as many as make it seven signs wide at the most; below 0.001 it is written with a
    power of ten.
    """
    size = abs(value)
    if name.startswith(_WHOLE):
        text = f"{value:,.0f}"
    elif name == "answer":
        text = f"{value:.8f}"
    elif size == 0:
        text = "0"
    elif size < 1e-3:
        digits, power = f"{value:.{int(size >= _TINY)}e}".split("e")
        text = f"{digits}e{int(power)}"
    else:
        text = f"{value:.{_decimals(size)}f}"
    return signed(name, value) + text.replace("-", "−")


def signed(name: str, value: float) -> str:
    """A plus sign before what is a change, if it is above zero."""
    return "+" if name.startswith(("push", "change")) and value > 0 else ""


def _decimals(size: float) -> int:
    if size < 10:
        return 4
    return 3 if size < 100 else 2
