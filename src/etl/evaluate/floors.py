"""Floors under the figures of an evaluation: a committed file that a figure may not fall below.

`floors.toml` lies beside the gold it belongs to. Raising is free; lowering a floor takes a reason, which the
file keeps (the gate of trafilatura's evaluation works this way).
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from pathlib import Path

from etl.errors import DataError, UsageError

FILE = "floors.toml"


def read(path: Path) -> dict[str, float]:
    """Return the floors by metric, empty where there is no file; raises `DataError` where it is malformed."""
    floors = _table(path, "floors")
    if wrong := [name for name, value in floors.items() if not isinstance(value, int | float)]:
        raise DataError(f"{path}: the floor of {wrong[0]!r} is not a number")
    return {name: float(str(value)) for name, value in floors.items()}


def _table(path: Path, name: str) -> dict[str, object]:
    if not path.exists():
        return {}
    try:
        table = tomllib.loads(path.read_text("utf-8")).get(name, {})
        return {str(key): value for key, value in table.items()}
    except (tomllib.TOMLDecodeError, AttributeError, ValueError) as error:
        raise DataError(f"{path} is not a floors file: {error}") from None


def fallen(floors: Mapping[str, float], figures: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """Return the metrics whose figure is below its floor, with (figure, floor); a missing one counts as 0."""
    return {
        name: (figures.get(name, 0.0), floor)
        for name, floor in floors.items()
        if figures.get(name, 0.0) < floor
    }


def write(path: Path, figures: Mapping[str, float], *, lower_because: str | None = None) -> None:
    """Write the figures, rounded down to three places, as the new floors.

    Raises `UsageError` where that would lower a floor and no reason is given.
    """
    old, floors = read(path), {name: math.floor(value * 1000) / 1000 for name, value in figures.items()}
    lowered = sorted(name for name, floor in old.items() if floors.get(name, 0.0) < floor)
    if lowered and not (lower_because or "").strip():
        raise UsageError(
            f"{path}: this would lower the floors of {', '.join(lowered)}; give --lower-floors a reason"
        )
    reasons = _table(path, "lowered")
    reasons |= {name: f"{old[name]:.3f} to {floors.get(name, 0.0):.3f}: {lower_because}" for name in lowered}
    lines = [
        "# Written by `etl evaluate meetings --set-floors`: no figure may fall below its floor.",
        "[floors]",
    ]
    lines += [f'"{name}" = {floor:.3f}' for name, floor in floors.items()]
    if reasons:
        lines += [
            "",
            "[lowered]",
            *(f'"{name}" = "{_escape(str(reason))}"' for name, reason in reasons.items()),
        ]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
