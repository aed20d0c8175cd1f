"""Repair: gives damaged Chinese text back its characters, and never touches sound text.

`repair(text)` undoes the families of damage that mirrors, converters and broken pipelines leave in Chinese
web text; `apply(steps, original)` replays what it did; `trace(steps, position)` finds a position in the
original.
"""

from etl.repair.offsets import apply, trace
from etl.repair.plan import repair

__all__ = ["apply", "repair", "trace"]
