"""Parse: the landed pages of a source-day become articles, meetings and rejects."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from etl.capture import landing
from etl.records import Capture, Reject, StageReport
from etl.settings import Settings
from etl.stages import days, series
from etl.stages.gather import Gathered
from etl.stages.partition import PARSED, Clock, write


def parse_day(
    source_id: str,
    day: date,
    *,
    settings: Settings,
    clock: Clock,
    tell: Callable[[int], None] = lambda _: None,
) -> StageReport:
    """Parse what landed for `source_id` on `day`, and write the partition of every table made from captures.

    Of an address that was captured several times the latest page counts; pages that continue one another are
    one article, and answers refused at capture are left out. `tell` is called with 1 for each page. Raises
    `UsageError` for an unknown source and a day in the future, `DataError` for a day that was never captured
    and for a broken landing file.
    """
    source, run = days.begin("parse", source_id, day, settings, clock)
    gathered = Gathered(run.key)
    landed = False

    def pages() -> Iterator[Capture]:
        """Yield the captures that were not refused, and count them."""
        nonlocal landed
        for page in landing.replay(settings, source_id, day):
            landed = True
            if page.refused is None:  # else its reject stands since it was captured
                gathered.taken += 1
                tell(1)
                yield page

    for _, outcome in series.articles(pages(), source, settings):
        if isinstance(outcome, Reject):
            gathered.reject(outcome, day)
        else:
            gathered.page(outcome, day)
    if not landed:
        days.require_capture(run, settings)
    return write(run, gathered, PARSED, settings, clock)
