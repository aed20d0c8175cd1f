"""CMS profiles: site knowledge as data. Layouts coexist, so a profile is chosen by the selector that matches."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import msgspec

from etl.page.tree import Node, Tree


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One layout: `marker` strings occur in its markup, `body` and `title` are CSS selectors in order."""

    id: str
    marker: tuple[str, ...]
    body: tuple[str, ...]
    title: tuple[str, ...] = ()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    profile: tuple[Profile, ...]


@cache
def load() -> tuple[Profile, ...]:
    """Return every profile, files and entries in order."""
    folder = files(__package__).joinpath("profiles")
    texts = sorted((f.name, f.read_text("utf-8")) for f in folder.iterdir() if f.name.endswith(".toml"))
    return tuple(p for _, text in texts for p in msgspec.toml.decode(text, type=_File).profile)


def matching(tree: Tree, html: str, wanted: str | None) -> Iterator[tuple[Profile, Node]]:
    """Yield each profile with the body element that its selectors find; the `wanted` profile comes first."""
    for profile in sorted(load(), key=lambda p: p.id != wanted):
        if any(marker in html for marker in profile.marker):
            for selector in profile.body:
                node = tree.css_first(selector)
                if node is not None:
                    yield profile, node
                    break
