"""Keep what takes long to make, by what it was made of."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def kept(folder: Path, recipe: tuple[bytes | str, ...], make: Callable[[], bytes]) -> bytes:
    """What `make` gives, from the folder if it was made of the same things before.

    Args:
        folder: Where to keep it.
        recipe: All that the result depends on, the code that makes it included.
        make: Makes it.
    """
    parts = [part if isinstance(part, bytes) else part.encode() for part in recipe]
    lengths = ",".join(str(len(part)) for part in parts)
    name = hashlib.sha256(lengths.encode() + b"".join(parts)).hexdigest()
    path = folder / name
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        new = folder / f"{name}.{os.getpid()}"
        new.write_bytes(make())
        new.replace(path)  # whole or not at all, should two builds run at once
    return path.read_bytes()
