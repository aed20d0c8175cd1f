"""An article's text with every span that a record rests on highlighted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.text import Text

from etl.records import Article, MeetingReport, Span

STYLES = {
    "directive": "underline",
    "quote": "italic",
    "agenda": "underline yellow",
    "meeting": "bold green",
    "date": "bold blue",
    "place": "blue",
    "office": "dim cyan",
    "group": "cyan",
    "role": "magenta",
    "cue": "dim magenta",
    "attendee": "bold cyan",
    "presenter": "bold yellow",
    "speaker": "bold magenta",
    "chair": "bold red",
}
"""How each kind of span looks; later kinds are laid over earlier ones where they overlap."""


def highlighted(article: Article, reports: Iterable[MeetingReport]) -> Text:
    """Return the text of `article` with the spans of its reports in the styles of their kinds."""
    shown = Text(article.text)
    spans = [mark for report in reports for mark in marks(report)]
    for kind, style in STYLES.items():
        for found, span in spans:
            if found == kind:
                shown.stylize(style, span.start, span.end)
    return shown


def legend() -> Text:
    """Return one line that shows every kind in its style."""
    return Text(" ").join(Text(kind, style=style) for kind, style in STYLES.items())


def marks(report: MeetingReport) -> Iterator[tuple[str, Span]]:
    """Yield the kind and the place of every span in `report`."""
    own = (("meeting", report.name_span), ("date", report.date_span), ("place", report.location_span))
    parts = [(kind, span) for kind, span in own if span]
    for person in report.participants:
        parts.append((person.role, person.name_span))
        parts += [("office", title.span) for title in person.titles]
        parts += [("role", person.role_span)] if person.role_span else []
    for group in report.groups:
        parts.append(("group", group.name_span))
    parts += [("agenda", item.span) for item in report.agenda_items]
    parts += [("directive", directive.span) for directive in report.directives]
    parts += [("cue", directive.cue_span) for directive in report.directives if directive.cue_span]
    parts += [("cue", quote.cue_span) for quote in report.quotes]
    parts += [("quote", quote.span) for quote in report.quotes]
    yield from parts
