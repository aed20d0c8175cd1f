"""The records that travel through the pipeline: one frozen dataclass for each thing that a hop hands on.

Every hop from `decode` on is a pure function of these records. Offsets are half-open spans of code points
in `Article.text`, which is frozen once repair is done: `text[span.start:span.end]` reproduces the value
read there.
"""

from etl.records.articles import Article, Repaired, Step
from etl.records.base import EXTRACTOR_VERSION, SCHEMA_VERSION, Reject, Span, StageReport, make_id
from etl.records.meetings import AgendaItem, Directive, Group, MeetingReport, Participant, Quote, Title
from etl.records.pages import Capture, CharsetVote, Draft, Link, Page, Redirect

__all__ = [
    "EXTRACTOR_VERSION",
    "SCHEMA_VERSION",
    "AgendaItem",
    "Article",
    "Capture",
    "CharsetVote",
    "Directive",
    "Draft",
    "Group",
    "Link",
    "MeetingReport",
    "Page",
    "Participant",
    "Quote",
    "Redirect",
    "Reject",
    "Repaired",
    "Span",
    "StageReport",
    "Step",
    "Title",
    "make_id",
]
