"""The judge: how likely a text is as Chinese news."""

from __future__ import annotations


def score(text: str) -> float:
    """Return the mean natural-log probability per character of `text` (Simplified); higher is better."""
    raise NotImplementedError


def gain(before: str, after: str, left: str = "", right: str = "") -> float:
    """Return by how many nats in all `after` is likelier than `before` between the contexts `left` and `right`."""
    raise NotImplementedError
