"""S1, the one-byte slip: a two-byte GBK stream loses step at one place and finds it again at ASCII."""

from __future__ import annotations

import re
import unicodedata
from random import Random

_HANZI = re.compile("[一-鿿]")
_LOST = ("?", "?", "\ufffd", "")
"""What stands for the lost byte: mostly a question mark."""


def slip(text: str, rng: Random, *, length: int = 0) -> str | None:
    """Return `text` with the lead byte of one hanzi lost, so that the rest pairs up one off.

    The slip goes on to the next ASCII character, or for `length` characters if that is not 0: then the stream
    finds its step by itself, as where a tool cut it. None where the text has no hanzi or does not fit GBK.
    """
    try:
        text.encode("gbk")
    except UnicodeEncodeError:
        return None
    places = [match.start() for match in _HANZI.finditer(text)]
    if not places:
        return None
    at = rng.choice(places)
    end = min(len(text), at + length) if length else len(text)
    return text[:at] + rng.choice(_LOST) + read(text[at:end].encode("gbk")[1:]) + text[end:]


def slip_before_tag(text: str, rng: Random) -> str | None:
    """Return `text` followed by a closing tag whose `<` the slip swallows (`盧相?。?/span>`)."""
    damaged = slip(text, rng)
    if damaged is None or damaged.endswith(text[-1]):
        return None
    return damaged + "/span>" if damaged.endswith("?") else damaged + "</span>"


def slip_and_narrow(text: str, rng: Random) -> str | None:
    """Return `text` with a slip, over which NFKC ran afterwards."""
    damaged = slip(text, rng)
    return None if damaged is None else unicodedata.normalize("NFKC", damaged)


def read(raw: bytes) -> str:
    """Return GBK bytes decoded as browsers do (https://encoding.spec.whatwg.org/#gbk-decoder is GB18030's).

    A lead byte takes the next along; pairs that GBK leaves to users are private-use characters, so that only
    the first and the last byte of a run are lost.
    """
    out = []
    position = 0
    while position < len(raw):
        lead = raw[position]
        if lead < 0x80:
            out.append(chr(lead))
            position += 1
            continue
        pair = raw[position : position + 2]
        if len(pair) == 2 and pair[1] < 0x40:
            out.append("?" + chr(pair[1]))
        else:
            out.append(pair.decode("gb18030", "replace").replace("\ufffd", "?") if len(pair) == 2 else "?")
        position += 2
    return "".join(out)
