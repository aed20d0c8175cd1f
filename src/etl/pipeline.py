"""One page from bytes to records: decode → page → repair → article → meetings. Pure, and it never raises."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from etl import decode, meeting, page, repair
from etl.meeting import credits
from etl.records import Article, Capture, Draft, MeetingReport, Page, Reject, Repaired, make_id
from etl.settings import Settings
from etl.sources import Source

_BLANKS = re.compile(r"\s+")


class Leaf(NamedTuple):
    """One page of an article, decoded, and what its structure tells."""

    page: Page
    draft: Draft


@dataclass(frozen=True, slots=True)
class Processed:
    """What became of one page: its article, the reports in it, and the parts that did not become rows."""

    article: Article
    reports: tuple[MeetingReport, ...]
    rejects: tuple[Reject, ...] = ()


def process(capture: Capture, source: Source, settings: Settings) -> Processed | Reject:
    """Return article and meeting reports of `capture` alone, or the `Reject` of the hop where it stopped.

    An exception inside a hop is a `Reject` with reason "error" that names it; where the meeting hop breaks,
    the article stays.
    """
    found = read(capture, source, settings)
    return found if isinstance(found, Reject) else finish([found], source, settings)


def read(capture: Capture, source: Source, settings: Settings) -> Leaf | Reject:
    """Return `capture` decoded, and its draft, or the `Reject` of the hop where it stopped; never raises."""
    hop = "decode"
    try:
        decoded = decode.decode(
            capture,
            charset_default=source.charset,
            max_lost_share=settings.max_lost_share,
            max_html=settings.max_html,
        )
        if isinstance(decoded, Reject):
            return decoded
        hop = "page"
        draft = page.extract(decoded, profile=source.profile)
    except Exception as error:  # one bad page never stops a partition
        return reject(capture, hop, "error", _describe(error))
    return draft if isinstance(draft, Reject) else Leaf(decoded, draft)


def finish(leaves: Sequence[Leaf], source: Source, settings: Settings) -> Processed | Reject:
    """Return the article that stands on `leaves`, its pages in order, with its reports, or a `Reject`.

    The article is that of the first page. A next page that is not there is the flag pages-missing. It never
    raises.
    """
    capture = leaves[0].page.capture
    try:
        article = _article(leaves, source, settings)
        if not article.text.strip():
            return reject(capture, "repair", "empty", "nothing of the text is left after repair")
    except Exception as error:
        return reject(capture, "repair", "error", _describe(error))
    try:
        return Processed(article, tuple(meeting.extract(article, region=source.region_code)))
    except Exception as error:
        return Processed(article, (), (reject(capture, "meeting", "error", _describe(error)),))


def reject(capture: Capture, stage: str, reason: str, detail: str) -> Reject:
    """Return the `Reject` of `capture` at `stage`."""
    return Reject(stage, reason, detail, capture.source_id, capture.day, capture.url, capture.capture_id)


def _describe(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _article(leaves: Sequence[Leaf], source: Source, settings: Settings) -> Article:
    """Return the article on `leaves`: text and byline repaired, completed by the credits in the text."""
    decoded, draft = leaves[0].page, page.join([leaf.draft for leaf in leaves])
    body = repair.repair(draft.text, script=settings.repair_script, punctuation=settings.repair_punctuation)
    # A headline is too short to tell its own script: it is converted unless the author wrote Traditional.
    line = partial(
        _line,
        script=settings.repair_script and body.simplified is None,
        punctuation=settings.repair_punctuation,
    )
    names = partial(_names, line)
    printed = credits.read(body.text)
    capture = decoded.capture
    return Article(
        article_id=make_id(capture.source_id, capture.url),
        capture_id=capture.capture_id,
        source_id=capture.source_id,
        day=capture.day,
        url=capture.url,
        title=line(draft.title),
        text=body.text,
        text_original=draft.text,
        kicker=line(draft.kicker),
        subtitle=line(draft.subtitle),
        published_at=draft.published_at,
        published_precision=draft.published_precision,
        published_basis=draft.published_basis,
        media_source=line(draft.media_source) or printed.media_source,
        reporters=names(draft.reporters, printed.reporters),
        photographers=names(draft.photographers, printed.photographers),
        editors=names(draft.editors, printed.editors),
        page_no=draft.page_no,
        charset_declared=decoded.charset_declared,
        charset_used=decoded.charset_used,
        charset_votes=decoded.votes,
        script=body.script,
        text_simplified=body.simplified,
        repair_steps=body.steps,
        lost_chars=body.lost,
        flags=_flags(leaves, draft, body, source),
        simhash=simhash(body.text),
        layout=draft.layout,
    )


def _line(value: str | None, *, script: bool, punctuation: bool) -> str | None:
    """Return `value` repaired and on one line, None where nothing is in it."""
    text = _BLANKS.sub(" ", value or "").strip()
    return repair.repair(text, script=script, punctuation=punctuation).text.strip() or None if text else None


def _names(
    line: Callable[[str], str | None], byline: tuple[str, ...], in_text: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the names of the byline, repaired, or those in the text where the byline has none."""
    return tuple(name for name in map(line, byline) if name) or in_text


def _flags(leaves: Sequence[Leaf], draft: Draft, body: Repaired, source: Source) -> tuple[str, ...]:
    """Return what is odd about the article.

    other-day: it states another day than the source listed it for; pages-missing: it goes on on a page that
    is not there.
    """
    day = published_day(draft, source)
    flags = {flag for leaf in leaves for flag in leaf.page.flags} | set(body.flags)
    if day and leaves[0].page.capture.day not in (None, day):
        flags.add("other-day")
    if draft.next_url:
        flags.add("pages-missing")
    return tuple(sorted(flags))


def published_day(page: Draft | Article, source: Source) -> date | None:
    """Return the day on which the page says that it was published, at the place of the source."""
    if page.published_at is None or page.published_precision not in ("minute", "day"):
        return None
    return page.published_at.astimezone(source.zone).date()


def simhash(text: str) -> int:
    """Return the 64-bit SimHash (Charikar 2002) of the 3-grams of characters of `text`, 0 for a shorter text.

    Texts that differ in a few words differ in a few bits. Grams are mixed with the finaliser of SplitMix64.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    if len(codes) < 3:
        return 0
    grams = codes[:-2] | codes[1:-1] << np.uint64(21) | codes[2:] << np.uint64(42)
    bits = np.unpackbits(_mix(grams).astype("<u8").view(np.uint8).reshape(-1, 8), axis=1, bitorder="little")
    majority = 2 * bits.sum(axis=0, dtype=np.int64) > len(grams)
    return int.from_bytes(np.packbits(majority, bitorder="little").tobytes(), "little")


def _mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return `values` with every input bit spread over all output bits (SplitMix64, Steele et al. 2014)."""
    values = (values ^ values >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ values >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return values ^ values >> np.uint64(31)
