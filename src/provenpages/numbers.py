"""Write a value the way a page shows it, so that the two can be compared as text."""

from __future__ import annotations

import math
import re
from typing import Any

_NUMBER = re.compile(
    r"(?P<sign>[-−+]?)(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<digits>\d+))?(?P<unit>%?)"
)


class NotComparable(Exception):  # noqa: N818  (it reads as what happened)
    """The page's text and the value are not of a kind that can be compared."""


def as_shown(value: Any, shown: str) -> str:  # noqa: ANN401  (a page's expression may give anything)
    """`value` written in the manner of `shown`: as many digits, the same minus sign.

    Args:
        value: A text, taken as it is, or one number, alone or in an array.
        shown: What the page shows; it is used for its form alone.

    Raises:
        NotComparable: `shown` is no number while `value` is one, or `value` is neither a text
            that a page can show there nor one number.

    Examples:
        >>> as_shown(2 / 3, "0.12")
        '0.67'
        >>> as_shown(-11026.4, "−1,234")
        '−11,026'
        >>> as_shown("three", "any text")
        'three'
    """
    if isinstance(value, str):
        # What ends a line ends the code between backticks, too; blanks around it are not shown.
        if value != value.strip() or not value or re.search(r"[`\r\n]", value):
            raise NotComparable(f"no text between backticks can be {value!r}")
        return value
    match = _NUMBER.fullmatch(shown)
    if match is None:
        raise NotComparable(f"{shown!r} is not a number, but the value is {_told(value)}")
    value = value.item() if hasattr(value, "item") and getattr(value, "size", 0) == 1 else value
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or (isinstance(value, float) and not math.isfinite(value)):
        raise NotComparable(f"the value is not one number but {_told(value)}")
    form = "," if "," in match["whole"] else ""
    if match["digits"] is not None or isinstance(value, float):
        form += f".{len(match['digits'] or '')}f"
    try:
        written = format(value, form)
    except (OverflowError, ValueError) as error:
        raise NotComparable(f"the value cannot be written out: {error}") from error
    if match["sign"] == "+" and not written.startswith("-"):
        written = "+" + written
    if "−" in shown or (match["sign"] != "-" and written.startswith("-")):
        written = written.replace("-", "−")
    return written + match["unit"]


def _told(value: Any) -> str:  # noqa: ANN401  (see above)
    """The value in a message, whatever it is."""
    try:
        return repr(value)
    except Exception as error:  # noqa: BLE001  (a number of too many digits, or what a page defines)
        return f"{type(value).__name__}, of which Python says: {error}"
