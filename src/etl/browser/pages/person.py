"""One printed name: its meetings, roles and offices over time, and who stands beside it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Response

from etl.browser import charts
from etl.browser.charts.svg import HERE
from etl.browser.pages.params import Wanted
from etl.browser.queries import people as queries
from etl.browser.view import TheView, View

router = APIRouter()
ROLES = ("chair", "speaker", "presenter", "attendee")


@router.get("/person")
def person(
    view: TheView, wanted: Wanted, name: Annotated[str, Query(min_length=1, max_length=400)]
) -> Response:
    """Show what the reports print of the name."""
    found = queries.appearances(view.index, name, wanted)
    if not found:
        raise HTTPException(404, view.words("error.person", name=name))
    return view.page(
        "person.html",
        name=name,
        wanted=wanted,
        meetings=found,
        limit=queries.MEETINGS,
        titles=queries.titles(view.index, name, wanted),
        roles=_roles(view, queries.roles(view.index, name, wanted)),
        companions=_companions(view, queries.companions(view.index, name, wanted)),
    )


def _roles(view: View, rows: list[dict[str, Any]]) -> Any:
    t = view.words
    names = {role: t.value("role", role) for role in ROLES}
    data = [
        {"since": row["since"].isoformat(), "series": names[row["role"]], "n": row["meetings"],
         "rank": ROLES.index(row["role"]),
         "label": f"{row['since']:%Y-%m}, {names[row['role']]}: {row['meetings']}"}
        for row in rows if row["role"] in names
    ]  # fmt: skip
    texts = {"title": t("person.roles"), "description": t("person.roles.about"), "base": ""}
    return charts.stacked(data, "month", list(names.values()), **texts) if data else ""


def _companions(view: View, rows: list[dict[str, Any]]) -> Any:
    t = view.words
    series = t("count.meetings")
    data = [
        {"name": row["name"], "series": series, "n": row["meetings"], "rank": 0,
         "label": f"{row['name']}: {row['meetings']}",
         "href": HERE + view.url("/person", name=row["name"]).removeprefix(view.base)}
        for row in rows
    ]  # fmt: skip
    texts = {"title": t("person.companions"), "description": t("person.companions.about"), "base": view.base}
    return charts.bars(data, [series], **texts) if data else ""
