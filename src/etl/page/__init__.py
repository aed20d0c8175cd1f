"""From the text of a page to a draft of its article: main text, title, byline, dates.

The page is parsed once. A CMS profile that matches (data in `profiles/`) names the elements; density finds
the main text where none does. Repair comes afterwards, so everything here works on damaged text too.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache

from etl.page import (
    beside,
    byline,
    carried,
    date_pieces,
    dates,
    kinds,
    main_text,
    meta,
    paging,
    profiles,
    regions,
    title,
    tree,
)
from etl.page.byline import Credits
from etl.page.dates import Stamp
from etl.page.main_text import MainText
from etl.page.meta import Tags
from etl.page.paging import join
from etl.page.regions import Regions
from etl.page.title import Heading
from etl.page.tree import Tree
from etl.records import Draft, Page, Reject
from etl.repair import reversal

__all__ = ["extract", "join"]

_OK = 200
_MIN_TEXT = 12
_COLUMN = 8
_SHOWN_LATER = "<etl-body data-shown=later>"


def extract(page: Page, *, profile: str | None = None, by_profile: bool = True) -> Draft | Reject:
    """Return the article that `page` carries, or a `Reject` of stage "page" saying why it carries none.

    `profile` is the id of the CMS profile that the source names; profiles that match by selector serve
    otherwise, unless `by_profile` is False. Reasons: too-large, error-page, soft-404, challenge, login-wall,
    index-page, pdf-only, redirect, no-body; for an answer of another status than 200 those of
    `kinds.of_answer`.
    """
    if page.capture.http_status != _OK:
        return _reject(page, *kinds.of_answer(page.capture.http_status, page.html))
    if _is_plain(page):
        lines = [line.strip() for line in page.html.splitlines()]
        text = "\n".join(line for line in lines if line)
        return Draft(text, layout="plain-text") if text else _reject(page, "no-body", "the file has no text")
    wide = page.charset_used.startswith("utf-16") or not page.capture.body
    markup = (
        page.html.encode("utf-8", "ignore") if wide else page.capture.body
    )  # bytes are searched faster than text
    excess = tree.oversize(markup)
    if excess is not None:
        return _reject(page, "too-large", excess)
    known = profiles.candidates(markup, profile) if by_profile else []
    root = tree.parse(profiles.wrap(page.html, known))
    tags = meta.read(root, page.html, markup)
    tree.strip(root)
    described = tags.first("description", "og:description") or ""
    sought = cache(lambda: title.choose(root, tags, ()))
    main = main_text.choose(root, known, described, lambda: sought().node)
    if main is None or len(main.text) < _MIN_TEXT:
        inner = carried.article(page.html) if _SHOWN_LATER not in page.html else None
        if inner is not None and tree.oversize(inner.encode("utf-8", "ignore")) is None:
            shown = replace(page, html=f"{page.html}{_SHOWN_LATER}{inner}</etl-body>")
            found = extract(shown, profile=profile, by_profile=by_profile)
            return replace(found, layout="carried") if isinstance(found, Draft) else found
        return _reject(page, *kinds.without_body(root, page.html))
    named = main.profile.title if main.profile else ()
    heading = title.choose(root, tags, named) if named else sought()
    teased = main.teased and (heading.node is None or len(heading.text or "") < _COLUMN)
    draft = _draft(page, markup, root, tags, main, heading)
    dated = draft.published_basis in ("byline", "meta")
    verdict = kinds.by_text(root, main.text, main.linked, dated=dated, headed=not heading.weak, teased=teased)
    return draft if verdict is None else _reject(page, *verdict)


def _draft(page: Page, markup: bytes, root: Tree, tags: Tags, main: MainText, heading: Heading) -> Draft:
    url = page.capture.final_url or page.capture.url
    fields = main.profile
    above, below = title.neighbours(heading)
    shown = {name: profiles.first(root, getattr(fields, name)) if fields else None for name in _SHOWN}
    rest = title.behind(heading)
    around = regions.cut(root, heading.node, main.node, main.text)
    around = around._replace(head=f"{rest}\n{around.head}") if rest else around
    if "mojibake" in page.flags:  # labels and dates have to be legible; the text itself is left to repair
        around = Regions(*(reversal.reverse(piece) for piece in around))
    name = title.settle(heading, around.head, main.lead)
    credits = _credits(around, tags, main, shown)
    stamp, basis = _published(page, name, around, tags, main, shown["time"])
    return Draft(
        text=title.without(main.text, name),
        title=name,
        kicker=title.beside(shown["kicker"] or tags.first("enp:introtitle") or above, name),
        subtitle=title.beside(shown["subtitle"] or tags.first("enp:subtitle", "subtitle") or below, name),
        published_at=stamp.at if stamp else None,
        published_precision=stamp.precision if stamp else None,
        published_basis=basis,
        media_source=credits.sources[0] if credits.sources else None,
        reporters=tuple(credits.reporters),
        photographers=tuple(credits.photographers),
        editors=tuple(credits.editors),
        page_no=regions.page_no(shown["page_no"], around, url),
        canonical_url=tags.canonical,
        next_url=paging.next_url(root, markup, around.flow, url),
        layout=main.layout,
    )


_NEAR = 150
_SHOWN = ("kicker", "subtitle", "time", "source", "author", "editor", "page_no")


def _credits(around: Regions, tags: Tags, main: MainText, shown: dict[str, str | None]) -> Credits:
    """Collect credits by trust: profile, near the title, page tags, beside the time, foot."""
    credits = Credits()
    for role, label in (("source", "source"), ("author", "reporter"), ("editor", "editor")):
        if shown[role]:
            credits.merge(byline.element(shown[role] or "", label))
    credits.merge(byline.read(shown["time"] or ""))
    credits.merge(byline.read(around.head))
    if tags.source:
        credits.add("source", tags.source)
    if not credits.sources:
        credits.merge(byline.read(around.above[-_NEAR:]))
    credits.merge(beside.read("\n".join(filter(None, (around.head, main.credits)))), only_new=True)
    for piece in (main.credits, main.captions, around.foot):
        credits.merge(byline.read(piece))
    author = tags.author
    if author and not credits.reporters and author not in credits.editors and byline.is_author(author):
        credits.add("reporter", author)
    if not credits.sources and (publisher := tags.first("ld:publisher")):
        credits.add("source", publisher)
    return credits


def _published(
    page: Page, name: str | None, around: Regions, tags: Tags, main: MainText, shown: str | None
) -> tuple[Stamp | None, str | None]:
    """Choose among the times printed, tagged and in the address; none lies after the page was fetched."""
    url = page.capture.final_url or page.capture.url
    latest = page.capture.fetched_at + timedelta(hours=14)  # clocks and zones of sites differ
    tagged = [("meta", dates.parse(value)) for value in tags.published]
    printed = [("byline", dates.element(shown, latest) if shown else None)]
    printed += [
        ("byline", dates.byline(piece, latest)) for piece in (around.head, around.above, main.credits)
    ]
    last = main.text.rsplit("\n", 1)[-1]
    stamp, basis = dates.choose(
        [
            *printed,
            *tagged,
            ("url", dates.in_url(url)),
            ("byline", dates.byline(around.foot, latest)),
            ("dateline", dates.at_end(last, latest) if len(last) < 30 else None),
        ],
        latest,
    )
    if stamp is None:
        stamp = dates.embedded(page.html, (name or "", main.text[:10]))
        basis = "meta" if stamp else None
    if stamp is None or stamp.precision == "day":
        day = stamp.at.astimezone(dates.CHINA).date() if stamp else page.capture.day
        at = date_pieces.clock("\n".join((shown or "", around.head, main.credits)), day)
        stamp, basis = (Stamp(at, "minute"), basis or "byline") if at else (stamp, basis)
    return (stamp, basis) if stamp and stamp.at <= latest else (None, None)


def _is_plain(page: Page) -> bool:
    kind = (page.capture.content_type or "").split(";")[0].strip().lower()
    return kind == "text/plain" or (not kind and "<" not in page.html)


def _reject(page: Page, reason: str, detail: str) -> Reject:
    capture = page.capture
    return Reject("page", reason, detail, capture.source_id, capture.day, capture.url, capture.capture_id)
