"""CMS profiles: site knowledge as data (`profiles/*.toml`).

Layouts coexist on one site, so a profile is chosen by the selector that matches and never by address or
date. One scan finds the markers of all profiles; only profiles with a marker on the page try their
selectors.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import ahocorasick_rs
import msgspec

from etl.page.tree import Node, Tree

Selectors = tuple[str, ...]


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One layout: a `marker` (ASCII) occurs in its markup; the rest are CSS selectors.

    `body` … `page_no` are tried in order until one finds text; `drop` are taken out of the body. `between`
    are pairs of comments that enclose the main text where no element does. `note` says where the layout was
    observed.
    """

    id: str
    marker: tuple[str, ...]
    body: Selectors = ()
    between: tuple[tuple[str, str], ...] = ()
    title: Selectors = ()
    kicker: Selectors = ()
    subtitle: Selectors = ()
    time: Selectors = ()
    source: Selectors = ()
    author: Selectors = ()
    editor: Selectors = ()
    page_no: Selectors = ()
    drop: Selectors = ()
    note: str = ""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    profile: tuple[Profile, ...]


@cache
def load() -> tuple[Profile, ...]:
    """Return every profile: files by name, entries in order."""
    folder = files(__package__).joinpath("profiles")
    texts = sorted((f.name, f.read_text("utf-8")) for f in folder.iterdir() if f.name.endswith(".toml"))
    return tuple(p for _, text in texts for p in msgspec.toml.decode(text, type=_File).profile)


def candidates(markup: bytes, wanted: str | None) -> list[Profile]:
    """Return the profiles whose markers occur in `markup`, in the order of the files; `wanted` comes first.

    `markup` is in any charset that keeps ASCII as it is.
    """
    scan, owners = _scan()
    hits = {owners[index] for index, _, _ in scan.find_matches_as_indexes(markup, overlapping=True)}
    known = load()
    return sorted((known[i] for i in sorted(hits)), key=lambda profile: profile.id != wanted)


def wrap(html: str, profiles: list[Profile]) -> str:
    """Return `html` with an <etl-body> element where a profile's enclosing comments stand."""
    for profile in profiles:
        for begin, end in profile.between:
            start = html.find(begin)
            stop = html.find(end, start + len(begin)) if start >= 0 else -1
            if stop > 0:
                inner = html[start + len(begin) : stop]
                return f"{html[:start]}<etl-body>{inner}</etl-body>{html[stop + len(end) :]}"
    return html


def bodies(tree: Tree, profiles: list[Profile]) -> Iterator[tuple[Profile, Node]]:
    """Yield each profile with the element that its body selectors find, of several the largest."""
    for profile in profiles:
        for selector in profile.body or ("etl-body",):
            nodes = tree.css(selector)
            if nodes:
                yield profile, nodes[0] if len(nodes) == 1 else max(nodes, key=lambda node: len(node.text()))
                break


def first(tree: Tree, selectors: Selectors) -> str | None:
    """Return the text of the first element with text that `selectors` find, one line a text node."""
    for selector in selectors:
        for node in tree.css(selector):
            value = node.attributes.get("content") if node.tag == "meta" else None
            text = value or node.text(separator="\n", strip=True, skip_empty=True).strip()
            if text:
                return text
    return None


@cache
def _scan() -> tuple[ahocorasick_rs.BytesAhoCorasick, tuple[int, ...]]:
    pairs = [(marker.encode("ascii"), i) for i, profile in enumerate(load()) for marker in profile.marker]
    scan = ahocorasick_rs.BytesAhoCorasick(
        [m for m, _ in pairs], implementation=ahocorasick_rs.Implementation.DFA
    )
    return scan, tuple(i for _, i in pairs)
