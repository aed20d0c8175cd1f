"""What the DAG files need to know of the sources, light enough to be parsed every few seconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib import resources
from zoneinfo import ZoneInfo

from etl import settings, sources
from etl.sources import Source

EARLIEST = date(2000, 1, 1)

MODES = {
    "incremental": "what is new on the site",
    "replay": "no network: what the landing zone holds",
    "refetch": "every page of the day again",
}
"""What a run of a capture DAG may do: the choices of its parameter `mode`."""

ARTICLES = "huiyi://articles"
"""The asset that every DAG emits which writes articles and meetings; its partitions are days."""

IMPORTS = "huiyi://imports"
"""The asset that imports emit, an event for each group of archives; it has no partitions."""

CATALOG = "huiyi://catalog"
"""The asset that merge emits; its partitions are months."""

POOL = "capture"
"""The pool that bounds how many tasks use the network at a time; `plugins/pools.py` makes it."""

BETWEEN = "|"
"""Stands between day and source in the partition keys of a group."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One group of sources as its DAGs see it; mostly a source of its own, whose id is then the group's.

    `start` and `end` (None: open) bound scheduled runs, not backfills. `tasks` is how many tasks may ask the
    site at the same time; None for a group of several, where the pool alone decides.
    """

    group: str
    sources: tuple[str, ...]
    timezone: str
    start: datetime
    end: datetime | None
    tasks: int | None
    capture_doc: str
    parse_doc: str

    @property
    def shared(self) -> bool:
        """Return whether runs are of the group's and not of one source's own."""
        return self.sources != (self.group,)

    @property
    def modes(self) -> list[str]:
        """Return the choices of the parameter `mode`."""
        return list(MODES)

    @property
    def mode_doc(self) -> str:
        """Return what each choice does, as the form in the UI shows it."""
        return "; ".join(f"{mode}: {does}" for mode, does in MODES.items())

    @property
    def pool(self) -> str:
        """Return the pool of the tasks that use the network."""
        return POOL

    @property
    def capture_dag(self) -> str:
        """Return the id of the DAG that captures."""
        return f"capture_{self.group}"

    @property
    def parse_dag(self) -> str:
        """Return the id of the DAG that parses."""
        return f"parse_{self.group}"

    @property
    def asset(self) -> str:
        """Return the address of the asset that capture emits and parse follows."""
        return f"huiyi://captures/{self.group}"

    def key(self, day: str, source_id: str) -> str:
        """Return the partition of `asset` that holds a source's day: of a group, the day and the source."""
        return f"{day}{BETWEEN}{source_id}" if self.shared else day

    def source_day(self, key: str) -> tuple[str, str]:
        """Return source id and day of a partition key that `key` made."""
        day, _, source_id = key.partition(BETWEEN)
        return source_id or self.group, day


def plans() -> list[Plan]:
    """Return a plan for each group of enabled sources that have a place to visit and a sound definition."""
    return [_plan(group, members) for group, members in _groups()[0].items()]


def faults() -> list[str]:
    """Return a sentence for each source definition that could not be used."""
    loaded = sources.load_all(settings.load())
    return [f"{fault.path}: {fault.detail}" for fault in loaded.faults] + _groups()[1]


def source_ids() -> list[str]:
    """Return the ids of the sources that can be captured, enabled or not."""
    return sorted(s.id for s in sources.load_all(settings.load()).sources.values() if s.visits)


def imported_as() -> list[str]:
    """Return the ids of the sources whose definition an import may apply, that of saved pages first."""
    return sorted(sources.load_all(settings.load()).sources, key=lambda one: (one != "files", one))


def midnight(day: date, timezone: str = "Asia/Shanghai") -> datetime:
    """Return the moment at which a day begins."""
    return datetime.combine(day, time.min, ZoneInfo(timezone))


def doc(name: str, **values: str) -> str:
    """Return what the UI tells of a DAG: `docs/NAME.md` with the values put in."""
    text = resources.files(__package__).joinpath("docs", f"{name}.md").read_text(encoding="utf-8")
    return text.format_map(values)


def _groups() -> tuple[dict[str, list[Source]], list[str]]:
    """Return the members of each group, and a sentence for each source that can't be in its group.

    A day of a group begins at one moment, so a source elsewhere needs a group of its own.
    """
    found: dict[str, list[Source]] = {}
    wrong: list[str] = []
    for source in sorted(sources.load_all(settings.load()).sources.values(), key=lambda source: source.id):
        if not source.enabled or not source.visits:
            continue
        members = found.setdefault(source.group, [])
        if members and members[0].timezone != source.timezone:
            wrong.append(
                f"source {source.id}: its `timezone` {source.timezone} is not that of its `group` "
                f"{source.group} ({members[0].timezone}); give it another group"
            )
        else:
            members.append(source)
    return found, wrong


def _plan(group: str, members: list[Source]) -> Plan:
    zone = members[0].timezone
    start = min(way.valid_from or EARLIEST for source in members for way in source.discovery)
    end = max(way.valid_to or date.max for source in members for way in source.discovery)
    ids = tuple(source.id for source in members)
    shared = ids != (group,)
    names = {
        "members": "each of " * (len(ids) > 1) + ", ".join(f"**{one.name}** (`{one.id}`)" for one in members),
        "zone": zone,
        "parse": f"parse_{group}",
        "capture": f"capture_{group}",
        "key": f"the day and the source (`2026-03-02{BETWEEN}{ids[0]}`)" if shared else "the day",
    }
    return Plan(
        group=group,
        sources=ids,
        timezone=zone,
        start=midnight(start, zone),
        # The run of a day's partition comes at the midnight after it.
        end=None if end == date.max else midnight(end + timedelta(days=1), zone),
        tasks=None if shared else members[0].politeness.concurrency,
        capture_doc=doc("capture", **names) + ("\n" + doc("group") if shared else ""),
        parse_doc=doc("parse", **names),
    )
