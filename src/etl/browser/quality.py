"""What the installed version reaches on its own gold: the floors that its tests hold it to."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

PLACES = (Path(__file__).with_name("gold.toml"), Path(__file__).parents[3] / "tests" / "gold" / "floors.toml")
"""In an installed package (pyproject.toml puts it there), and in a checkout: the same file."""


@cache
def floors() -> dict[str, float]:
    """Return metric to the figure below which this version does not fall; empty where the file is missing."""
    for path in PLACES:
        if path.is_file():
            found: dict[str, float] = tomllib.loads(path.read_text(encoding="utf-8"))["floors"]
            return found
    return {}
