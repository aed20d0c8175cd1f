"""Pages without what tuned rules lean on: how the heuristic alone reads a site that nobody has seen."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from etl.evaluate.pages import Extractor, Prediction, predict
from etl.records import Capture

_NAME = re.compile(
    rb"(<[a-zA-Z][^<>]*?)\s(?:class|id|itemprop)\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s<>\"']+)", re.IGNORECASE
)
_TAG = re.compile(
    rb"<meta\b(?![^>]*charset)[^>]*>|<script[^>]*ld\+json.*?</script>", re.IGNORECASE | re.DOTALL
)


def extractors() -> dict[str, Extractor]:
    """Return the extractor without its profiles, on the page as it is and with less and less of it.

    Without names no element has a class or id, without tags there are no meta tags and no JSON-LD.
    """
    return {
        "no profiles": _without(lambda body: body),
        "nor names": _without(_nameless),
        "nor tags": _without(lambda body: _TAG.sub(b"", body)),
    }


def _without(strip: Callable[[bytes], bytes]) -> Extractor:
    def extract(saved: Capture) -> Prediction:
        """Return what is read of the page without its profile and without what `strip` takes off."""
        return predict(replace(saved, body=strip(saved.body)), by_profile=False)

    return extract


def _nameless(body: bytes) -> bytes:
    bare = _NAME.sub(rb"\1", body)
    return bare if bare == body else _nameless(bare)
