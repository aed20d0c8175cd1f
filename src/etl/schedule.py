"""What the DAG files need to know of the sources, light enough to be parsed every few seconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from etl import settings, sources
from etl.sources import Source

EARLIEST = date(2000, 1, 1)

CAPTURE_DOC = """Fetches the pages that **{name}** (`{id}`) lists for one day, keeps the raw bytes as
WARC, and writes the tables `captures`, `rejects` and `runs`. Running a day again adds only what is new.
The partition key is the day in {zone}.

**Backfill**: *Trigger → Backfill*; both ends are included. Set the UI's timezone (the clock at the bottom
left) to {zone} first: a day begins at midnight there. *Missing Runs* takes the days that never ran, *All
Runs* visits the others again. `{parse}` follows by itself; it has to be unpaused too.
"""

PARSE_DOC = """Reads the landing zone of **{name}** (`{id}`) for one day, repairs and extracts, and writes
the tables `articles`, `meeting_reports`, `participants`, `groups`, `agenda_items`, `directives`, `quotes`,
`rejects` and `runs`. It follows the asset of `{capture}` day by day and needs no network. The same captures
give the same bytes.
"""

MODES = {
    "incremental": "what is new on the site",
    "replay": "no network: what the landing zone holds",
    "refetch": "every page of the day again",
}
"""What a run of a capture DAG may do: the choices of its parameter `mode`."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One source as its DAGs see it; `start` and `end` (None: open) bound scheduled runs, not backfills."""

    source_id: str
    timezone: str
    start: datetime
    end: datetime | None
    tasks: int
    capture_doc: str
    parse_doc: str

    @property
    def modes(self) -> list[str]:
        """Return the choices of the parameter `mode`."""
        return list(MODES)

    @property
    def mode_doc(self) -> str:
        """Return what each choice does, as the form in the UI shows it."""
        return "; ".join(f"{mode}: {does}" for mode, does in MODES.items())

    @property
    def capture_dag(self) -> str:
        """Return the id of the DAG that captures."""
        return f"capture_{self.source_id}"

    @property
    def parse_dag(self) -> str:
        """Return the id of the DAG that parses."""
        return f"parse_{self.source_id}"

    @property
    def asset(self) -> str:
        """Return the address of the asset that capture emits and parse follows."""
        return f"huiyi://captures/{self.source_id}"

    @property
    def articles_asset(self) -> str:
        """Return the address of the asset that parse emits."""
        return f"huiyi://articles/{self.source_id}"


def plans() -> list[Plan]:
    """Return a plan for each enabled source that has a place to visit and whose definition is sound."""
    loaded = sources.load_all(settings.load())
    return [_plan(source) for source in loaded.sources.values() if source.enabled and source.visits]


def faults() -> list[str]:
    """Return a sentence for each source definition that could not be used."""
    return [f"{fault.path}: {fault.detail}" for fault in sources.load_all(settings.load()).faults]


def _plan(source: Source) -> Plan:
    zone = ZoneInfo(source.timezone)
    start = min(way.valid_from or EARLIEST for way in source.discovery)
    end = max(way.valid_to or date.max for way in source.discovery)
    names = {
        "id": source.id,
        "name": source.name,
        "zone": source.timezone,
        "parse": f"parse_{source.id}",
        "capture": f"capture_{source.id}",
    }
    return Plan(
        source_id=source.id,
        timezone=source.timezone,
        start=datetime.combine(start, time.min, zone),
        # The run of a day's partition comes at the midnight after it.
        end=None if end == date.max else datetime.combine(end + timedelta(days=1), time.min, zone),
        tasks=source.politeness.concurrency,
        capture_doc=CAPTURE_DOC.format_map(names),
        parse_doc=PARSE_DOC.format_map(names),
    )
