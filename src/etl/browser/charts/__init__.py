"""Charts: Vega-Lite specifications beside this module, filled with rows and rendered to SVG on the server.

Colours are variables of the style sheet, so one SVG serves the light and the dark theme.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib import resources
from typing import Any
from unicodedata import east_asian_width

from markupsafe import Markup

from etl.browser.charts import renderer, svg

NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LONGEST = 120
WIDEST = 220
"""Pixels of the longest label beside a chart (`labelLimit` of the theme)."""
FEWEST = 9
"""Stretches of time that bars leave room for: a single one would fill the chart."""

Rows = Sequence[Mapping[str, Any]]


def heatmap(rows: Rows, gaps: Rows, days: Sequence[str], **texts: str) -> Markup:
    """Return sources × days: `rows` have source, day, n, label, href; `gaps` source, day, label."""
    spec = _spec("heatmap")
    spec["datasets"] = {"rows": _labels(rows), "gaps": _labels(gaps)}
    spec["encoding"]["x"]["scale"]["domain"] = list(days)
    spec["encoding"]["y"]["axis"] = _room(row["source"] for row in (*rows, *gaps))
    spec["width"] = {"step": min(36, max(8, 920 // max(1, len(days))))}
    return _chart(spec, **texts)


def stacked(rows: Rows, unit: str, order: Sequence[str], **texts: str) -> Markup:
    """Return stacked bars over time: `rows` have since, series, n, label; `unit` is day, week or month."""
    spec, rows, order = _spec("stacked"), _labels(rows), [clean(name) for name in order]
    spec["datasets"] = {"rows": rows}
    spec["encoding"]["x"]["timeUnit"] = {
        "day": "utcyearmonthdate",
        "week": "utcyearweek",
        "month": "utcyearmonth",
    }[unit]
    days = {"day": 1, "week": 7, "month": 31}[unit]
    ends = sorted(date.fromisoformat(row["since"]) for row in rows)
    first, end = min(ends[0], ends[-1] - timedelta(days=FEWEST * days)), ends[-1] + timedelta(days=days)
    spec["encoding"]["x"]["scale"] = {"type": "utc", "domain": [first.isoformat(), end.isoformat()]}
    used = [name for name in order if any(row["series"] == name for row in rows)]
    spec["encoding"]["color"]["scale"] |= {
        "domain": used,
        "range": [f"var(--series-{order.index(name) % 8 + 1})" for name in used],
    }
    return _chart(spec, **texts)


def matrix(rows: Rows, **texts: str) -> Markup:
    """Return fields over time, coloured by share: `rows` have since, field, share, text, label."""
    spec, rows = _spec("matrix"), _labels(rows)
    spec["datasets"] = {"rows": rows}
    spec["encoding"]["y"]["axis"] = _room(row["field"] for row in rows)
    columns = len({row["since"] for row in rows})
    spec["width"] = {"step": min(60, max(12, 760 // max(1, columns)))}
    if columns > 20:
        del spec["layer"][1]
    return _chart(spec, **texts)


def bars(rows: Rows, order: Sequence[str], colours: Sequence[str] = ("1",), **texts: str) -> Markup:
    """Return horizontal bars in the order of `rows`, which have name, series, n, label and may have href."""
    spec, rows, order = _spec("bars"), _labels(rows), [clean(name) for name in order]
    spec["datasets"] = {"rows": rows}
    spec["encoding"]["y"]["axis"] = _room(row["name"] for row in rows)
    spec["encoding"]["y"]["sort"] = list(dict.fromkeys(row["name"] for row in rows))
    spec["encoding"]["color"]["scale"] |= {
        "domain": list(order),
        "range": [f"var(--series-{one})" for one in colours],
    }
    if len(order) == 1:
        spec["encoding"]["color"]["legend"] = None
    if any("href" in row for row in rows):
        spec["encoding"]["href"] = {"field": "href"}
    return _chart(spec, **texts)


class UndrawnError(Exception):
    """The renderer could not draw a chart; the page goes without it."""


def clean(text: str) -> str:
    """Return `text` as a label: what XML 1.0 can't hold is U+FFFD, and long ones end in an ellipsis.

    The renderer lays text out as XML and ends over a control character.
    """
    shown = NOT_XML.sub("\ufffd", text)
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"


def _labels(rows: Rows) -> Rows:
    return [
        {
            name: clean(value) if isinstance(value, str) and name != "href" else value
            for name, value in row.items()
        }
        for row in rows
    ]


def _room(labels: Iterable[str]) -> dict[str, Any]:
    """Return the axis beside a chart, with room for its labels in 12 px of any font.

    The renderer measures with a narrow font, and what browsers take for system-ui may be a wide one.
    """
    widths = (sum(12 if east_asian_width(one) in "WF" else 6.5 for one in label) for label in labels)
    return {"minExtent": min(WIDEST, round(max(widths, default=0)))}


@cache
def _source(name: str) -> str:
    return resources.files(__package__).joinpath("specs", f"{name}.json").read_text(encoding="utf-8")


def _spec(name: str) -> dict[str, Any]:
    spec: dict[str, Any] = json.loads(_source(name)) | {"config": json.loads(_source("theme"))}
    return spec


def _chart(spec: dict[str, Any], title: str, description: str, base: str) -> Markup:
    try:
        return Markup(_svg(json.dumps(spec, ensure_ascii=False, sort_keys=True), title, description, base))
    except UndrawnError:
        return Markup("")


@lru_cache(maxsize=128)
def _svg(spec: str, title: str, description: str, base: str) -> str:
    """Return the finished SVG; the text of a specification holds its data, so it is the key of the cache."""
    made = renderer.draw(spec)
    if made is None:  # not kept: the next request tries again
        raise UndrawnError
    return svg.finish(made, clean(title), clean(description), base)
