"""One meeting: the article with the characters that prove each field, and everything behind it."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Response

from etl.browser import alignment, highlight
from etl.browser.pages.params import Day, Wanted
from etl.browser.queries import report as queries
from etl.browser.view import TheView

router = APIRouter()
SHOWN_PARAGRAPHS = 300
"""Repaired paragraphs that are shown; the Parquet has them all."""


@router.get("/report/{report_id}")
def report(
    view: TheView, wanted: Wanted, report_id: Annotated[str, Path(max_length=32)], day: Day = None
) -> Response:
    """Show one meeting; `day` tells the partition apart where the page was listed on several days."""
    found = queries.find(view.index, report_id, day, replace(wanted.of_days(), since=None, until=None))
    if found is None:
        raise HTTPException(404, view.words("error.report"))
    article = found["article"]
    marks = highlight.marks_of(found)
    return view.page(
        "report.html",
        pieces=highlight.with_anchors(highlight.pieces(article["text"], marks)),
        speakers=speakers(found),
        repaired=_repaired(article)[:SHOWN_PARAGRAPHS],
        rules=lambda numbers: dict.fromkeys(article["repair_steps"][number]["rule"] for number in numbers),
        **found,
    )


def speakers(found: dict[str, Any]) -> dict[int, str]:
    """Return the names of the participants by `seq`, to which directives and quotes refer."""
    return {person["seq"]: person["name"] for person in found["participants"]}


def _repaired(article: dict[str, Any]) -> list[list[alignment.Stretch]]:
    """Return the paragraphs that repair changed."""
    steps = article["repair_steps"] or []
    stretches = alignment.align(article["text_original"], steps)
    return [line for line in alignment.paragraphs(stretches) if any(one.steps for one in line)]
