"""What is in the store: days and gaps, types, fill rates, repairs, runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response

from etl.browser import charts
from etl.browser.charts.svg import HERE
from etl.browser.pages.params import Ranged
from etl.browser.queries import overview as queries
from etl.browser.queries.filter import EVENT_TYPES, Filter
from etl.browser.view import TheView, View

router = APIRouter()
Measure = Literal["articles", "meetings", "rejects"]
LEVELS = ("国家", "省", "市", "县", "乡镇", "非行政")


@router.get("/")
def overview(view: TheView, wanted: Ranged, measure: Annotated[Measure, Query()] = "meetings") -> Response:
    """Show the newest three months of the store, or the range asked for."""
    index = view.index
    recent = wanted
    if wanted.since and wanted.until:
        recent = replace(wanted, since=max(wanted.since, wanted.until - timedelta(days=queries.DAYS - 1)))
    days = queries.days(index, recent)
    gaps = list(queries.gaps(days))
    repairs = _families(queries.repairs(index, wanted))
    return view.page(
        "overview.html",
        wanted=wanted,
        totals=queries.totals(index, wanted),
        days=days,
        gaps=gaps,
        measure=measure,
        heatmap=_heatmap(view, recent, days, gaps, measure) if days else "",
        kinds=_kinds(view, wanted),
        fills=_fills(view, wanted),
        repairs=repairs,
        repair_chart=_repairs(view, repairs),
        runs=queries.runs(index, wanted),
    )


def _heatmap(
    view: View, wanted: Filter, days: list[dict[str, Any]], gaps: list[Any], measure: Measure
) -> Any:
    t = view.words
    borders = _borders([row[measure] for row in days])
    rows = [
        {
            "source": view.name(row["source_id"]),
            "day": row["day"].isoformat(),
            "level": sum(row[measure] >= border for border in borders),
            "label": t("heatmap.cell", source=view.name(row["source_id"]), **row),
            "href": HERE
            + _target(measure)
            + f"?source={row['source_id']}&since={row['day']}&until={row['day']}",
        }
        for row in days
    ]
    missing = [
        {"source": view.name(source), "day": day.isoformat(),
         "label": t("heatmap.gap", source=view.name(source), day=day)}
        for source, day in gaps
    ]  # fmt: skip
    first, last = wanted.since or days[0]["day"], wanted.until or days[-1]["day"]
    span = [(first + timedelta(days=n)).isoformat() for n in range((last - first).days + 1)]
    title, what = t("heatmap.title"), t("heatmap.about", measure=t(f"count.{measure}"), gaps=len(gaps))
    return charts.heatmap(rows, missing, span, title=title, description=what, base=view.base)


def _target(measure: Measure) -> str:
    return "/rejects" if measure == "rejects" else "/meetings"


def _borders(values: list[int]) -> list[float]:
    """Return the lower borders of five classes: 1, then even steps up to the largest value."""
    top = max(values, default=0)
    return [1] + [max(1 + number, top * number / 5) for number in range(1, 5)]


def _kinds(view: View, wanted: Filter) -> list[Any]:
    rows, unit = queries.kinds(view.index, wanted), queries.step(wanted)
    found = []
    for field, group, order in (
        ("event_type", "event_type", EVENT_TYPES),
        ("level", "level", (*LEVELS, None)),
    ):
        sums: dict[tuple[Any, Any], int] = {}
        for row in rows:
            sums[row["since"], row[field]] = sums.get((row["since"], row[field]), 0) + row["meetings"]
        names = {one: view.words.value(group, one) or view.words("unknown") for one in order}
        data = [
            {"since": since.isoformat(), "series": names[one], "n": n, "rank": order.index(one),
             "label": f"{since}, {names[one]}: {n}"}
            for (since, one), n in sums.items() if one in names
        ]  # fmt: skip
        title = view.words(f"kinds.{field}")
        about = view.words("kinds.about", unit=view.words(f"unit.{unit}"))
        if data:
            found.append(
                (
                    title,
                    charts.stacked(data, unit, list(names.values()), title=title, description=about, base=""),
                )
            )
    return found


def _fills(view: View, wanted: Filter) -> Any:
    found = queries.fills(view.index, wanted)
    t = view.words
    ordered = sorted(found, key=lambda row: (queries.FIELDS.index(row["field"]), row["since"]))
    rows = [
        {"since": row["since"].isoformat(), "field": t.value("column", row["field"]), "share": row["share"],
         "text": f"{100 * row['share']:.0f}",
         "label": f"{row['since']}, {t.value('column', row['field'])}: {row['share']:.1%} / {row['total']}"}
        for row in ordered
    ]  # fmt: skip
    about = t("fills.about", unit=t(f"unit.{queries.step(wanted)}"))
    return charts.matrix(rows, title=t("fills.title"), description=about, base="") if rows else ""


def _families(rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the sums of the families of repair, which the letter of a rule's id names."""
    families: dict[str, dict[str, Any]] = {}
    for row in rules:
        own = families.setdefault(row["rule"][:1], {"steps": 0, "restored": 0, "lost": 0, "rules": []})
        for name in ("steps", "restored", "lost"):
            own[name] += row[name]
        own["rules"].append(row["rule"])
    return [
        {"family": name, **own}
        for name, own in sorted(families.items(), key=lambda item: -item[1]["restored"])
    ]


def _repairs(view: View, families: list[dict[str, Any]]) -> Any:
    t = view.words
    rows = [
        {"name": t.value("family", row["family"]), "series": t(f"repair.{part}"),
         "n": row[part], "rank": rank,
         "label": f"{t.value('family', row['family'])}, {t(f'repair.{part}')}: {row[part]}"}
        for row in families
        for rank, part in enumerate(("restored", "lost"))
    ]  # fmt: skip
    order = [t("repair.restored"), t("repair.lost")]
    texts = {"title": t("repairs.title"), "description": t("repairs.about"), "base": ""}
    return charts.bars(rows, order, ("2", "6"), **texts) if rows else ""
