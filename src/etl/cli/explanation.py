"""One processed page on the terminal: head, charset votes, repair as a diff, record, text with its spans."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from etl.cli import diff, highlight
from etl.pipeline import Processed
from etl.records import Article, MeetingReport, Span


def show(found: Processed, console: Console) -> None:
    """Print everything that is known of the page, in the order in which the pipeline found it."""
    article = found.article
    console.print(_title("Page"), _head(article), sep="\n")
    console.print(_title("Charset"), _votes(article), sep="\n")
    lost = f", {diff.count(article.lost_chars, 'character')} lost" if article.lost_chars else ""
    console.print(_title(f"Repair: {diff.count(len(article.repair_steps), 'change')}{lost}"))
    for line in diff.lines(article):
        console.print(line)
    for reject in found.rejects:
        console.print(Text(f"rejected: {reject.stage}/{reject.reason}, {reject.detail}", style="red"))
    for report in found.reports:
        console.print(_title(f"Event: {report.event_type} {report.report_id}"), _record(report), sep="\n")
    if not found.reports:
        console.print(_title("No event is reported"))
    console.print(_title("Text"), highlight.legend(), highlight.highlighted(article, found.reports), sep="\n")


def _title(text: str) -> Text:
    return Text(f"\n{text}", style="bold reverse")


def _grid() -> Table:
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_column(style="dim", overflow="fold")
    return table


def _head(article: Article) -> Table:
    table = _grid()
    published = article.published_at and f"{article.published_at:%Y-%m-%d %H:%M %z}"
    basis = f"{article.published_precision} from {article.published_basis}" if published else ""
    facts: list[tuple[str, Any, str]] = [
        ("article", article.article_id, ""),
        ("address", article.url, ""),
        ("kicker", article.kicker, ""),
        ("title", article.title, ""),
        ("subtitle", article.subtitle, ""),
        ("published", published, basis),
        ("source", article.media_source, ""),
        ("reporters", "、".join(article.reporters), ""),
        ("photographers", "、".join(article.photographers), ""),
        ("editors", "、".join(article.editors), ""),
        ("page", article.page_no, ""),
        ("layout", article.layout, ""),
        ("script", article.script, ""),
        ("flags", ", ".join(article.flags), ""),
        ("duplicate of", article.duplicate_of, ""),
    ]
    for name, value, note in facts:
        if value:
            table.add_row(name, Text(str(value)), note)
    return table


def _votes(article: Article) -> Table:
    table = _grid()
    table.add_row("used", article.charset_used, f"declared: {article.charset_declared or 'nothing'}")
    for vote in article.charset_votes:
        table.add_row(vote.witness, vote.charset, f"weight {vote.weight:g}")
    return table


def _record(report: MeetingReport) -> Table:
    table = _grid()

    def add(name: str, value: object, note: str = "") -> None:
        """Add a row, unless the record has no such value."""
        if value not in (None, "", ()):
            table.add_row(name, Text(str(value)), note)

    add("name", report.name, _place(report.name_span))
    add("kind", " · ".join(str(v) for v in (report.kind, report.session_no, report.attendance_mode) if v))
    days = " – ".join(str(day) for day in dict.fromkeys((report.start_date, report.end_date)) if day)
    add("date", " ".join(filter(None, (days, report.part_of_day))), report.date_basis or "")
    add("date as printed", report.date_text, _place(report.date_span))
    add("location", report.location_name, _place(report.location_span))
    add("organizer", report.organizer)
    add("level", " ".join(filter(None, (report.level, report.division_code))))
    for person in report.participants:
        offices = "、".join(title.text for title in person.titles)
        add(person.role, f"{person.name}  {offices}", f"{_place(person.name_span)} {person.role_raw}")
    add("participants", None if report.participants_complete else "the list goes on (等)")
    for group in report.groups:
        add(f"{group.role} (group)", group.name, f"{_place(group.name_span)} {group.role_raw}")
    for item in report.agenda_items:
        add(item.classification, item.text, f"{_place(item.span)} {item.decision or ''}")
    for one in report.directives:
        parent = "" if one.parent_seq is None else f"under {one.parent_seq} "
        add(
            f"directive {one.seq}",
            f"{one.marker or ''} {one.text}".strip(),
            f"{_place(one.span)} {parent}{one.cue or ''}",
        )
    for quote in report.quotes:
        add(f"{quote.kind} quote", quote.text, f"{_place(quote.span)} {quote.cue}")
    add("rules", ", ".join(report.rules), f"confidence {report.confidence:.2f}")
    return table


def _place(span: Span | None) -> str:
    return f"{span.start}–{span.end}" if span else ""
