"""The one-byte slip: a decoder of two-byte Chinese text loses step and pairs bytes one off.

Observed on mirrors of newspaper pages (`卢相?。?/span>`): the decoder does not know a character, puts `?` for
its lead byte alone and goes on with the trail byte, so that every later pair straddles two characters until
an ASCII byte brings it back; a last byte without a partner swallows that ASCII byte.
"""

from __future__ import annotations

_ASCII = 0x80


def slip(text: str, at: int) -> str:
    """Return `text` as read by a GBK decoder that loses step at the character with index `at`.

    The text must be encodable in GBK; the run ends at the first ASCII character behind `at` or with the text.
    """
    raw = text[at:].encode("gbk")
    out = ["?"]
    pos = 1
    while pos < len(raw) and raw[pos] >= _ASCII:
        pair = raw[pos : pos + 2]
        out.append(_read(pair))
        pos += 2
        if pair[-1] < _ASCII:
            break
    return text[:at] + "".join(out) + raw[pos:].decode("gbk")


def _read(pair: bytes) -> str:
    """Return the character of one pair, or `?` where the table has none."""
    try:
        return pair.decode("gbk")
    except UnicodeDecodeError:
        return "?"
