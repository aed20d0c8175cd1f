"""Tells bytes of no text at all, decoded to characters, from text that is merely damaged."""

from __future__ import annotations

import re

_CONTROLS = re.compile("[\x01-\x04\x0e-\x1f\x7f]")
"""Controls that no page leaves in its text; those that mirrors add (5–8) and NUL are others."""


def is_binary(text: str) -> bool:
    """Tell whether at least one in a hundred characters of `text` is a control that text does not have."""
    return len(_CONTROLS.findall(text)) * 100 > len(text)
