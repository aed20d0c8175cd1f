"""The lines with which a person gets the same meetings out of the Parquet files, without the browser."""

from __future__ import annotations

from datetime import date

from etl.browser.queries.filter import Filter


def lines(root: str, wanted: Filter) -> dict[str, str]:
    """Return, by name of the tool, lines that give the meetings of `wanted` among the tables below `root`."""
    return {"pandas": _pandas(root, wanted), "DuckDB": _duckdb(root, wanted), "SQL": _sql(root, wanted)}


def _pandas(root: str, wanted: Filter) -> str:
    filters = []
    if wanted.source:
        filters.append(f'("source_id", "in", {wanted.sources!r})')
    filters += [
        f'("day", "{sign}", {day.isoformat()!r})'
        for sign, day in ((">=", wanted.since), ("<=", wanted.until)) if day
    ]  # fmt: skip
    if wanted.until and not wanted.since:
        filters.append('("day", ">", "0001-01-01")')
    chosen = f", filters=[{', '.join(filters)}]" if filters else ""
    keys = '["report_id", "source_id", "day"]'
    found = ["import pandas as pd", "", f"root = {root!r}"]
    found.append(f'meetings = pd.read_parquet(f"{{root}}/meeting_reports"{chosen})')
    if wanted.kind:
        found.append(f"meetings = meetings[meetings.event_type == {wanted.kind!r}]")
    if wanted.level:
        found.append(f"meetings = meetings[meetings.level == {wanted.level!r}]")
    if wanted.region:
        found.append(
            f"meetings = meetings[meetings.division_code.fillna('').str.startswith({wanted.region!r}) "
            f"| meetings.source_id.isin({list(wanted.local)!r})]"
        )
    if wanted.person:
        found.append(f'people = pd.read_parquet(f"{{root}}/participants"{chosen})')
        found.append(f"people = people[people.name.str.contains({wanted.person!r}, regex=False)]")
        found.append(f"meetings = meetings.merge(people[{keys}].drop_duplicates())")
    if wanted.text:
        found.append(f'orders = pd.read_parquet(f"{{root}}/directives"{chosen})')
        found.append(f"orders = orders[orders.text.str.contains({wanted.text!r}, regex=False)]")
        found.append(f"ordered = meetings.merge(orders[{keys}].drop_duplicates())")
        found.append(f"named = meetings[meetings.name.fillna('').str.contains({wanted.text!r}, regex=False)]")
        found.append(f"meetings = pd.concat([named, ordered]).drop_duplicates({keys})")
    return "\n".join(found)


def _duckdb(root: str, wanted: Filter) -> str:
    query = _sql(root, wanted).replace("\\", "\\\\").replace('"', '\\"')
    return f'import duckdb\n\nmeetings = duckdb.sql("""\n{query}\n""").df()'


def _sql(root: str, wanted: Filter) -> str:
    conditions = []
    if wanted.source:
        conditions.append(f"source_id IN ({', '.join(map(_text, wanted.sources))})")
    for sign, day in ((">=", wanted.since), ("<=", wanted.until)):
        if day:
            conditions.append(f"day {sign} {_date(day)}")
    if wanted.until and not wanted.since:
        conditions.append("day > DATE '0001-01-01'")
    if wanted.kind:
        conditions.append(f"event_type = {_text(wanted.kind)}")
    if wanted.level:
        conditions.append(f"level = {_text(wanted.level)}")
    if wanted.region:
        local = ", ".join(map(_text, wanted.local)) or "''"
        conditions.append(f"(starts_with(division_code, {_text(wanted.region)}) OR source_id IN ({local}))")
    key = "(report_id, source_id, day)"
    inner = f"{key} IN (SELECT {key} FROM {{}} WHERE contains({{}}, {{}}))"
    if wanted.person:
        conditions.append(inner.format(_table(root, "participants"), "name", _text(wanted.person)))
    if wanted.text:
        orders = inner.format(_table(root, "directives"), "text", _text(wanted.text))
        conditions.append(f"(contains(name, {_text(wanted.text)})\n    OR {orders})")
    where = "\nWHERE " + "\n  AND ".join(conditions) if conditions else ""
    return f"SELECT * FROM {_table(root, 'meeting_reports')}{where}\nORDER BY day DESC, source_id, report_id"


def _table(root: str, table: str) -> str:
    return _text(f"{root.rstrip('/')}/{table}/*/*/*.parquet")


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _date(day: date) -> str:
    return f"DATE '{day.isoformat()}'"
