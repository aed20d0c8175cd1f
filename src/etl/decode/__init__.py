"""Bytes to text, once: witnesses vote on the charset of a page, and the page is read with the winner.

Labels lie, so declarations are votes and not orders. Bytes that are strictly UTF-8 are UTF-8; otherwise a
statistic for Chinese decides between GB18030 and Big5, and the labels only where it is unsure.
"""

from __future__ import annotations

from etl.decode import bodies, statistic, vote
from etl.records import Capture, CharsetVote, Page, Reject

__all__ = ["decode"]

MAX_HTML = 16 * 1024 * 1024


def decode(
    capture: Capture,
    *,
    charset_default: str | None = None,
    max_lost_share: float = 0.1,
    max_html: int = MAX_HTML,
) -> Page | Reject:
    """Return the text of `capture` with the votes that chose its charset, or a `Reject` of stage "decode".

    `charset_default` is what the source is known to serve; `max_html` bounds the body in bytes; a page of
    whose non-ASCII characters more than `max_lost_share` are U+FFFD is given up. Reasons: empty, too-large,
    not-html, undecodable. Flags on the
    page: nul-bytes, truncated-tail, mixed-charsets, wrong-label, mojibake (decoded wrongly before it was
    served: repair reverses that with recorded steps).
    """
    fault = bodies.fault(capture, max_html)
    if fault is not None:
        return _reject(capture, *fault)
    ballot = vote.take(capture.body, capture.content_type, charset_default)
    reading = bodies.read(capture.body, ballot.charset, ballot.text)
    text = reading.text
    lost = text.count("\ufffd") if "\ufffd" in text else 0
    if lost:
        foreign = len(text) - len(text.encode("ascii", "ignore"))
        if lost > max_lost_share * foreign:
            detail = f"{lost} of {foreign} characters lost reading {ballot.charset}"
            return _reject(capture, "undecodable", detail)
    flags = set(reading.flags)
    if _contradicted(ballot.votes, ballot.charset):
        flags.add("wrong-label")
    if statistic.is_mojibake(text):
        flags.add("mojibake")
    votes = ballot.votes
    return Page(capture, text, ballot.declared, ballot.charset, votes, lost, tuple(sorted(flags)))


def _contradicted(votes: tuple[CharsetVote, ...], charset: str) -> bool:
    return any(v.witness in ("header", "meta", "xml") and v.charset != charset for v in votes)


def _reject(capture: Capture, reason: str, detail: str) -> Reject:
    return Reject("decode", reason, detail, capture.source_id, capture.day, capture.url, capture.capture_id)
