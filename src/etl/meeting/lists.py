"""Explicitly numbered lists in running text, nested ones included: what markers form together."""

from __future__ import annotations

import re
from typing import NamedTuple

from etl.meeting.markers import Marker

_LEAST = {"repeated": 3}
_DEEPEST = 12
_FAR = 2000
_CLOSE = 400
_OUTLINE = ("heading", "bracket", "digit", "circle")
_CLOSED = re.compile(r"。[^。]{0,30}(?:指出|强调|要求|表示|认为)[，：:]")


class Item(NamedTuple):
    """A marker in a list: `group` numbers the list, `parent` is the place of the item that holds it."""

    marker: Marker
    group: int
    parent: int | None


def lists(text: str, found: list[Marker]) -> list[Item]:
    """Return the markers that form lists, in order: numbers run up from 1, lists may stand inside items."""
    groups: list[list[int]] = []
    holders: list[int | None] = []
    stack: list[int] = []
    for index, marker in enumerate(found):
        place = _continued(found, groups, stack, marker)
        if place is not None:
            del stack[place + 1 :]
            groups[stack[place]].append(index)
        elif marker.number == 1:
            holders.append(groups[stack[-1]][-1] if stack else None)
            stack = [*stack[1 - _DEEPEST :], len(groups)]
            groups.append([index])
    return _kept(text, found, groups, holders)


def _continued(found: list[Marker], groups: list[list[int]], stack: list[int], marker: Marker) -> int | None:
    """Return the place in the stack of the list that a marker goes on: same word first, then same form."""
    loose: int | None = None
    for place in range(len(stack) - 1, -1, -1):
        last = found[groups[stack[place]][-1]]
        if _misprinted(last, marker):
            return place
        if last.form != marker.form or last.number + 1 != marker.number:
            continue
        if last.key == marker.key:
            return place
        if loose is None and marker.form == "spoken":
            loose = place
    return loose


def _misprinted(last: Marker, marker: Marker) -> bool:
    """Return whether a marker close behind repeats the number of the last or skips one (二是…四是)."""
    near = marker.number > 1 and marker.start - last.end < _CLOSE
    alike = last.form == marker.form == "spoken" and last.key == marker.key
    return near and alike and marker.number in (last.number, last.number + 2)


def _kept(text: str, found: list[Marker], groups: list[list[int]], holders: list[int | None]) -> list[Item]:
    """Return the lists that are long enough; one whose holder was dropped hangs on what held the holder."""
    owner = {index: number for number, group in enumerate(groups) for index in group}
    kept = [len(group) >= _LEAST.get(found[group[0]].form, 2) for group in groups]
    items: dict[int, tuple[int, int | None]] = {}
    for number, group in enumerate(groups):
        holder = holders[number]
        if holder is not None and not (
            kept[owner[holder]] and _holds(text, found, groups[owner[holder]], holder, group)
        ):
            holder = holders[owner[holder]]
        holders[number] = holder
        items |= {index: (number, holder) for index in group if kept[number]}
    place = {index: order for order, index in enumerate(sorted(items))}
    return [
        Item(found[index], group, None if holder is None else place[holder])
        for index, (group, holder) in sorted(items.items())
    ]


def _holds(text: str, found: list[Marker], outer: list[int], holder: int, inner: list[int]) -> bool:
    """Return whether an item holds a list: its own list goes on behind it, or the inner form is lower."""
    if outer[-1] > inner[0]:
        return True
    one, other = found[holder], found[inner[0]]
    if one.form in _OUTLINE and other.form in _OUTLINE:
        return _OUTLINE.index(one.form) < _OUTLINE.index(other.form)
    near = (
        other.start - one.end < _FAR
        and "\n" not in text[one.end : other.start]
        and not _CLOSED.search(text, one.end, other.start)
    )
    return near and (one.form, one.key) != (other.form, other.key)
