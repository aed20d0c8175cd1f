"""S1, the one-byte slip: a two-byte GBK stream loses step at one place and finds it again at ASCII."""

from __future__ import annotations

import re
from random import Random

_HANZI = re.compile("[一-鿿]")


def slip(text: str, rng: Random) -> str | None:
    """Return `text` with the lead byte of one hanzi lost, so that the rest pairs up one off.

    The lost byte leaves `?`, U+FFFD or nothing. None where the text has no hanzi or does not fit GBK.
    """
    try:
        text.encode("gbk")
    except UnicodeEncodeError:
        return None
    places = [match.start() for match in _HANZI.finditer(text)]
    if not places:
        return None
    at = rng.choice(places)
    mark = rng.choice(("?", "?", "\ufffd", ""))
    return text[:at] + mark + _decode(text[at:].encode("gbk")[1:])


def _decode(raw: bytes) -> str:
    """Return GBK bytes decoded as old tools do: a lead byte takes the next along, a bad pair is `?`."""
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
            out.append(pair.decode("gbk", "replace").replace("\ufffd", "?") if len(pair) == 2 else "?")
        position += 2
    return "".join(out)
