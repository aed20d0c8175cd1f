"""What became no rows, and why; and what the installed version's rules reach on their gold."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Query, Response

from etl.browser import charts, quality
from etl.browser.charts.svg import HERE
from etl.browser.pages.params import Wanted
from etl.browser.queries import rejects as queries
from etl.browser.view import TheView, View

router = APIRouter()
Short = Annotated[str, Query(max_length=40)]


@router.get("/rejects")
def rejects(view: TheView, wanted: Wanted, stage: Short = "", reason: Short = "") -> Response:
    """Show rejects by stage, reason and source, the newest of them, and the gold scores."""
    counts = queries.counts(view.index, wanted)
    return view.page(
        "rejects.html",
        wanted=wanted,
        stage=stage,
        reason=reason,
        counts=counts,
        stages=sorted({row["stage"] for row in counts}),
        chart=_chart(view, counts),
        rejects=queries.listed(view.index, wanted, queries.Why(stage, reason)),
        limit=queries.LIMIT,
        scores=quality.floors(),
    )


@router.get("/reject/{reject_id}")
def reject(
    view: TheView, wanted: Wanted, reject_id: Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
) -> Response:
    """Show what is known of one reject."""
    found = queries.one(view.index, reject_id, wanted)
    if found is None:
        raise HTTPException(404, view.words("error.reject"))
    return view.page("reject.html", reject=found)


def _chart(view: View, counts: list[dict[str, Any]]) -> Any:
    t = view.words
    sums: dict[tuple[str, str], int] = {}
    for row in counts:
        sums[row["stage"], row["reason"]] = sums.get((row["stage"], row["reason"]), 0) + row["pages"]
    series = t("count.rejects")
    data = [
        {"name": f"{t.value('stage', stage)} · {reason}", "series": series, "n": n, "rank": 0,
         "label": f"{t.value('stage', stage)} · {reason}: {n}",
         "href": HERE + view.url("/rejects", stage=stage, reason=reason).removeprefix(view.base)}
        for (stage, reason), n in sorted(sums.items(), key=lambda item: -item[1])[:20]
    ]  # fmt: skip
    texts = {"title": t("rejects.chart"), "description": t("rejects.chart.about"), "base": view.base}
    return charts.bars(data, [series], ("6",), **texts) if data else ""
