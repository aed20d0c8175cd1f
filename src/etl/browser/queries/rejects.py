"""The pages that became no rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from etl.browser.index import Index
from etl.browser.queries.filter import Filter, conditions

LIMIT = 200


@dataclass(frozen=True, slots=True)
class Why:
    """Which rejects are wanted: stage and reason, empty for any."""

    stage: str = ""
    reason: str = ""


def listed(index: Index, wanted: Filter, why: Why) -> list[dict[str, Any]]:
    """Return the newest rejects, at most `LIMIT`."""
    where, parameters = conditions(wanted)
    for name in ("stage", "reason"):
        if value := getattr(why, name):
            where, parameters = f"{where} AND {name} = ${name}", parameters | {name: value}
    sql = f"""SELECT id, source_id, day, stage, reason, left(detail, 200) AS detail, url FROM refused
        WHERE {where} ORDER BY day DESC NULLS LAST, source_id, stage, reason, id LIMIT {LIMIT}"""
    return index.rows(sql, parameters)


def counts(index: Index, wanted: Filter) -> list[dict[str, Any]]:
    """Return how many rejects there are by stage, reason and source."""
    where, parameters = conditions(wanted)
    sql = f"""SELECT stage, reason, source_id, count(*) AS pages FROM refused WHERE {where}
        GROUP BY ALL ORDER BY pages DESC, stage, reason, source_id LIMIT 200"""
    return index.rows(sql, parameters)


def one(index: Index, reject_id: str, wanted: Filter) -> dict[str, Any] | None:
    """Return everything that is known of one reject, None where there is no such."""
    where, parameters = conditions(wanted)
    found = index.rows(f"SELECT * FROM refused WHERE id = $id AND {where}", parameters | {"id": reject_id})
    return found[0] if found else None
