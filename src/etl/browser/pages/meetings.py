"""The list of meetings: narrowed, sorted, paged; and the lines that read the same selection."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query, Response

from etl.browser import snippets
from etl.browser.pages.params import Wanted
from etl.browser.queries import meetings as queries
from etl.browser.queries.filter import EVENT_TYPES
from etl.browser.view import TheView

router = APIRouter()
Sort = Literal["day", "name", "type", "people", "directives", "source"]
Cursor = Annotated[str, Query(max_length=4000)]


@router.get("/meetings")
def meetings(
    view: TheView,
    wanted: Wanted,
    sort: Sort = "day",
    order: Literal["", "up", "down"] = "",
    after: Cursor = "",
    before: Cursor = "",
    n: Annotated[int, Query(ge=0, le=1_000_000_000)] = 0,
) -> Response:
    """Show one page of the meetings wanted; `n` is only the number that is printed before its first row."""
    descending = order == "down" if order else sort in ("day", "people", "directives")
    asked = queries.Order(sort, descending, before or after, backwards=bool(before))
    try:
        page = queries.page(view.index, wanted, asked)
    except ValueError:
        raise HTTPException(422, view.words("error.cursor")) from None
    total = queries.count(view.index, wanted)
    first = max(0, n - len(page.rows)) if before else n
    first = min(first, max(0, total - len(page.rows)))
    own = wanted.query() | {"sort": sort, "order": order}
    return view.page(
        "meetings.html",
        wanted=wanted,
        meetings=page.rows,
        total=total,
        first=first,
        sort=sort,
        descending=descending,
        own={name: value for name, value in own.items() if value},
        previous=page.before,
        following=page.after,
        types=EVENT_TYPES,
        regions=_regions(view),
        limit=queries.MAX_ROWS,
        lines=snippets.lines(view.settings.data, wanted),
    )


def _regions(view: Any) -> dict[str, str]:
    """Return the divisions of the sources in the store: code to the names of the sources."""
    found: dict[str, list[str]] = {}
    for source in view.present:
        code = getattr(view.definitions.get(source), "region_code", None)
        if code:
            found.setdefault(code, []).append(view.name(source))
    return {code: "、".join(names) for code, names in sorted(found.items())}
