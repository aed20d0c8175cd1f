"""From the text of a page to a draft of its article: main text, title, byline, dates."""

from __future__ import annotations

from datetime import timedelta

from etl.page import byline, dates, density, meta, paragraphs, profiles, title, tree
from etl.records import Draft, Page, Reject

__all__ = ["extract"]


def extract(page: Page, *, profile: str | None = None) -> Draft | Reject:
    """Return the article that `page` carries, or a `Reject` of stage "page" saying why it carries none.

    `profile` is the id of the CMS profile that the source names; profiles that match by selector serve otherwise.
    """
    capture = page.capture
    if _is_plain(page):
        lines = [line.strip() for line in page.html.splitlines()]
        text = "\n".join(line for line in lines if line)
        return Draft(text, layout="plain-text") if text else _reject(page, "no-body", "the file has no text")
    excess = tree.oversize(page.html)
    if excess:
        return _reject(page, "too-large", excess)
    root = tree.parse(page.html)
    tags = meta.read(root)
    tree.strip(root)
    found = next(profiles.matching(root, page.html, profile), None)
    node = found[1] if found else density.body(root)
    if node is None or root.body is None:
        return _reject(page, "no-body", "no element of the page holds running text")
    body = paragraphs.read(node)
    text = "\n".join(p.text for p in body if p.linked < 0.7 * len(p.text))
    if len(text) < 20:
        return _reject(page, "no-body", f"the main text has only {len(text)} characters")
    heading = title.choose(root, tags, found[0].title if found else ())
    flow = root.body.text(separator="\n", strip=True, skip_empty=True)
    region = byline.region(flow, heading, body[0].text if body else "")
    credits = byline.read(region)
    latest = capture.fetched_at + timedelta(days=1)
    stamp, basis = _published(region, tags, capture.final_url or capture.url, latest)
    return Draft(
        text=text,
        title=heading,
        published_at=stamp.at if stamp else None,
        published_precision=stamp.precision if stamp else None,
        published_basis=basis,
        media_source=credits.media_source,
        reporters=credits.reporters,
        photographers=credits.photographers,
        editors=credits.editors,
        canonical_url=tags.canonical,
        layout=found[0].id if found else "density",
    )


def _published(region, tags, url, latest):  # type: ignore[no-untyped-def]
    for basis, stamps in (
        ("byline", list(dates.find(region))),
        ("meta", [s for v in tags.published for s in dates.find(v)]),
        ("url", [s for s in [dates.in_url(url)] if s]),
    ):
        for stamp in stamps:
            if stamp.at <= latest:
                return stamp, basis
    return None, None


def _is_plain(page: Page) -> bool:
    kind = (page.capture.content_type or "").split(";")[0].strip().lower()
    return kind == "text/plain" or (not kind and "<" not in page.html)


def _reject(page: Page, reason: str, detail: str) -> Reject:
    capture = page.capture
    return Reject("page", reason, detail, capture.source_id, capture.day, capture.url, capture.capture_id)
