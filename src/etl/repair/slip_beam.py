"""The search for what a slipped text said: a beam over its tokens, aligned or one byte off.

A hypothesis is aligned, or holds the bytes that may be pending: the lead of a character whose trail is the
first byte of the next printed one. A mark, a gloss inside a character, or nothing at all starts a slip; an
ASCII byte that completes the pending character, a mark, or nothing ends it. The judge weighs hypotheses as
they grow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from heapq import nlargest

from etl.repair import gbk, judge, readings, slip_gap
from etl.repair.holes import Unit
from etl.repair.slip_path import BYTE, Chain, Path, Stream, complete, put
from etl.repair.slip_tokens import Token
from etl.repair.variants import simplified

WIDTH = 16
_LIVELY = 4
"""So many of the likeliest hypotheses may lose a pair: that costs a search for words that fit."""
_START_MARKED, _START_SILENT = -1.0, -9.0
_END_MARKED, _END_SILENT, _END_OF_LINE = -1.0, -9.0, -3.0
_GAP = -3.0
"""Nats for a pair that vanished because GBK does not define it."""
_BEHIND = 14.0
"""Nats behind the best at which a hypothesis is given up."""
_GAP_LEADS = frozenset([*range(0xA1, 0xB0), *range(0xF8, 0xFF)])
_LATER = frozenset(range(0xA1, 0xFF))


def search(sequence: Sequence[Token], stream: Stream, left: str, right: str) -> list[Path]:
    """Return the surviving hypotheses, the likeliest first, with the aligned one among them.

    `left` and `right` are the sound text around.
    """
    paths = [Path(frozenset(), judge.after(left), 0.0, 0.0, -1, sequence[0].start, None, False)]
    for token in sequence:
        grown = [new for path in paths for new in _STEPS[token.kind](path, token, stream)]
        if token.kind == "character":
            grown += [new for path in paths[:_LIVELY] for new in _after_gap(path, token, stream)]
        paths = _best(grown)
    at_line_end = not right or right[0] == "\n"
    paths = _best(_finished(paths, stream, sequence[-1].end, at_line_end))
    return sorted(paths, key=lambda p: -judge.with_right(p.prefix, right) - p.cost - p.debt)


def _best(paths: Iterable[Path]) -> list[Path]:
    """Return the likeliest paths, one of each past; the aligned one stays."""
    kept: dict[tuple[frozenset[int], str, bool, float], Path] = {}
    for path in paths:
        key = (path.pending, path.prefix.tail, path.slipped, path.cost)
        if key not in kept or path.value > kept[key].value:
            kept[key] = path
    best = nlargest(WIDTH, kept.values(), key=lambda p: p.value)
    best = [path for path in best if path.value > best[0].value - _BEHIND]
    best.extend(path for path in kept.values() if not path.slipped and path not in best)
    return best


def _character(path: Path, token: Token, stream: Stream) -> Iterator[Path]:
    """Yield what becomes of `path` at a printed character (or what NFKC made of one)."""
    pairs = stream.variants(token.text)
    if not path.pending:
        yield _aligned(path, token, stream)
        if pairs and token.suspect:
            yield from _shifted(path, token, stream, pairs, gbk.LEADS, _START_SILENT)
        return
    if len(token.text) == 1 and "@" <= token.text <= "~":
        done = complete(path, stream, frozenset((ord(token.text),)), token.end)
        if done:
            yield done._replace(pending=frozenset(), last=ord(token.text))
    yield from _shifted(path, token, stream, pairs, path.pending, 0.0)
    ended = complete(path, stream, None, token.start)
    if ended:
        yield _aligned(ended._replace(pending=frozenset(), cost=ended.cost + _END_SILENT), token, stream)


def _after_gap(path: Path, token: Token, stream: Stream) -> Iterator[Path]:
    """Yield `path` with a pair that GBK does not define lost before the token, or printed as U+3000."""
    if not path.pending:
        return
    printed = token.text == "\u3000"
    first = complete(path, stream, _GAP_LEADS, token.end if printed else token.start)
    if first and printed:
        yield first._replace(pending=_LATER, last=-1, cost=first.cost - 1.0)
    elif first:
        yield from _shifted(first, token, stream, stream.variants(token.text), _LATER, _GAP)


def _guessed(done: Path) -> Iterator[Path]:
    """Yield `done`, if its two newest characters are unknown, with words that fit in their place."""
    last = done.chain
    first = last.before if last else None
    if not last or not first or last.unit.text or first.unit.text:
        return
    if not (last.candidates and first.candidates):
        return
    for word in slip_gap.words(first.candidates, last.candidates):
        prefix, chain = first.prefix, first.before
        for node, character in zip((first, last), word, strict=True):
            chain = Chain(node.unit._replace(text=character), chain, prefix, first.debt)
            prefix = judge.extend(prefix, simplified(character), judge.words())
        yield done._replace(prefix=prefix, chain=chain, debt=first.debt)


def _aligned(path: Path, token: Token, stream: Stream) -> Path:
    """Return `path` with the token's characters as they are printed."""
    for offset, character in enumerate(token.text, 1):
        path = put(path, character, token.start + offset)
    pairs = stream.variants(token.text[-1])
    return path._replace(last=pairs[0][1] if pairs else -1)


def _shifted(
    path: Path,
    token: Token,
    stream: Stream,
    pairs: Sequence[tuple[int, int]],
    pending: frozenset[int],
    cost: float,
) -> Iterator[Path]:
    """Yield `path` with the first byte of the token completing a character and the second pending."""
    for first, second in pairs:
        if second not in gbk.LEADS:
            continue
        done = complete(path, stream, BYTE[first], token.end, pending=pending)
        if done:
            done = Path(
                BYTE[second], done.prefix, done.cost + cost, done.debt, second, done.since, done.chain, True
            )
            yield done
            yield from _guessed(done)


def _mark(path: Path, token: Token, stream: Stream) -> Iterator[Path]:
    """Yield what becomes of `path` at a mark: it is text, or bytes are lost there."""
    if not path.pending:
        yield _aligned(path, token, stream)
    elif token.text == "?":
        yield from _shifted(path, token, stream, stream.variants(token.text), path.pending, 0.0)
    if token.text.endswith("??"):  # the last may be what NFKC made of ？
        for lost in _lose(path, token, stream, len(token.text) - 1):
            yield from _shifted(lost, token, stream, stream.variants("?"), lost.pending, 0.0)
    for count in token.lost:
        yield from _lose(path, token, stream, count)


def _lose(path: Path, token: Token, stream: Stream, count: int) -> Iterator[Path]:
    """Yield `path` with `count` bytes lost at the token: whole characters, and half ones at either end."""
    cost = path.cost + (_END_MARKED if path.pending else _START_MARKED)
    here: Path | None = path._replace(cost=cost, slipped=True)
    ends_pending = (count + bool(path.pending)) % 2 == 1
    while here and count > (1 if ends_pending else 0):
        whole = count > 1 and not here.pending
        if whole:
            here = put(here, "", token.end if count == 2 else token.start, (), True)
            count -= 2
        else:
            glossed = token.reading if count == 1 else ""
            trails = _GAP_LEADS if count > 1 else None
            here = complete(here, stream, trails, token.end if count <= 2 else token.start, glossed, True)
            here = here and here._replace(pending=frozenset(), last=-1)
            count -= 1
    if here and not ends_pending:
        yield here._replace(pending=frozenset(), last=-1)
    elif here and (pending := _before(path, token, stream)):
        yield here._replace(pending=pending, last=-1)


def _before(path: Path, token: Token, stream: Stream) -> frozenset[int]:
    """Return the bytes that may be pending after the token; with a gloss, trails of its character.

    The glossed character consists of the last byte before the gloss's place and the pending one.
    """
    known = path.last if token.lost == (1,) else -1
    if token.reading:
        return _glossed_trails(known, token.reading, stream.simplified)
    return _LATER if path.pending else gbk.LEADS


@lru_cache(maxsize=4096)
def _glossed_trails(lead: int, reading: str, simplified_only: bool) -> frozenset[int]:
    """Return the trail bytes (that can lead a pair) of characters with this reading and lead (-1: any)."""
    by_lead = gbk.table(simplified_only).by_lead
    pairs = by_lead.get(lead, ()) if lead >= 0 else (p for ps in by_lead.values() for p in ps)
    return frozenset(p.trail for p in pairs if reading in readings.of(p.text)) & gbk.LEADS


def _gloss(path: Path, token: Token, stream: Stream) -> Iterator[Path]:
    """Yield what becomes of `path` at a gloss without its opening bracket: text, or inside a character."""
    if not path.pending:
        yield _aligned(path, token, stream)
    for count in token.lost:
        for lost in _lose(path, token, stream, count):
            if lost.pending or not path.pending or lost.since == token.end:
                yield lost


def _aside(path: Path, token: Token, stream: Stream) -> Iterator[Path]:
    """Yield `path` with a complete gloss passed over: it is no part of the byte stream."""
    chain = Chain(Unit(path.since, token.end, token.text), path.chain, path.prefix, path.debt)
    if not path.pending:
        yield path._replace(chain=chain, since=token.end)


def _finished(paths: Iterable[Path], stream: Stream, end: int, at_line_end: bool) -> Iterator[Path]:
    """Yield `paths` with what is still pending given up at `end`."""
    for path in paths:
        if not path.pending:
            yield path
        elif done := complete(path, stream, None, end):
            cost = _END_OF_LINE if at_line_end else _END_SILENT
            yield done._replace(pending=frozenset(), cost=done.cost + cost)


_STEPS: dict[str, Callable[[Path, Token, Stream], Iterator[Path]]] = {
    "character": _character,
    "mark": _mark,
    "gloss": _gloss,
    "aside": _aside,
}
