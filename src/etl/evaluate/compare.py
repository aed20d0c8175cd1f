"""What counts as the same in two meeting records: normalised strings, counted items, names and places."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

Record = Mapping[str, Any]
_MARKS = str.maketrans("“”‘’「」『』•‧∙", '""\'\'""""···')
_BLANK = re.compile(r"\s+")
_VERB = re.compile(r"(指出|强调|要求|表示|认为|提出|明确|谈到|建议|希望|透露|说)$")
_PRONOUN = re.compile(r"[他她](?!们)")


def normal(value: object) -> str | None:
    """Return a value as NFKC text without blanks, quotation marks and dots unified; None where empty."""
    if value is None:
        return None
    return _BLANK.sub("", unicodedata.normalize("NFKC", str(value))).translate(_MARKS) or None


def clean(values: Any) -> list[str]:
    """Return the normalised, non-empty strings of a list, of a single value or of nothing."""
    if values is None:
        return []
    items = values if isinstance(values, list) else [values]
    return [text for text in map(normal, items) if text]


def _named(record: Record, field: str) -> list[tuple[str, Record]]:
    """Return the normalised name and the object of each named entry of a list field."""
    entries = [entry for entry in record.get(field) or [] if isinstance(entry, dict)]
    return [(name, entry) for entry in entries if (name := normal(entry.get("name")))]


def _once(items: Any) -> Counter[Any]:
    return Counter(dict.fromkeys(items, 1))


def person_names(record: Record) -> Counter[Any]:
    """Return the set of the people's names."""
    return _once(name for name, _ in _named(record, "people"))


def _people_with(field: str) -> Callable[[Record], Counter[Any]]:
    def items(record: Record) -> Counter[Any]:
        """Return the set of (name, value) of the record's people."""
        return _once(
            (name, value) for name, entry in _named(record, "people") for value in clean(entry.get(field))
        )

    return items


person_titles = _people_with("titles")
person_roles = _people_with("roles")


def group_items(record: Record) -> Counter[Any]:
    """Return the set of the groups' names."""
    return _once(name for name, _ in _named(record, "groups"))


def group_roles(record: Record) -> Counter[Any]:
    """Return the set of (group, role)."""
    return _once((name, normal(entry.get("role"))) for name, entry in _named(record, "groups"))


def segment_items(record: Record) -> Counter[Any]:
    """Return the attributed lead-ins, repeats counted."""
    return Counter(clean(record.get("segments")))


def segment_pairs(record: Record) -> Counter[Any]:
    """Return (first two characters of the subject, verb) of the lead-ins; of a pronoun only the first."""
    pairs: Counter[Any] = Counter()
    for cue in clean(record.get("segments")):
        verb = _VERB.search(cue)
        pairs[(cue[:1] if _PRONOUN.match(cue) else cue[:2], verb.group(1) if verb else cue[-2:])] += 1
    return pairs


def credit_items(record: Record) -> Counter[Any]:
    """Return the set of (kind of credit, name)."""
    credits = record.get("credits") or {}
    kinds = ("reporter", "photographer", "editor")
    return _once((kind, name) for kind in kinds for name in clean(credits.get(kind)))


def names_agree(gold: Record, made: Record, *, loose: bool) -> bool:
    """Return whether a name is the gold's or one of its alternatives; loosely, one holds the other."""
    said = normal(made.get("name"))
    if said is None:
        return gold.get("name") is None
    for real in map(normal, [gold.get("name"), *(gold.get("name_alt") or [])]):
        if real and (
            real == said or (loose and min(len(real), len(said)) >= 3 and (real in said or said in real))
        ):
            return True
    return False


def _place(value: object) -> str | None:
    """Return a place with Beijing in one form: 京 and 在京 are 北京, and 北京 before a venue is left out."""
    text = normal(value)
    if text is None or text in ("京", "北京", "在京"):
        return text and "北京"
    return re.sub("^北京(?=.{2})", "", text)


def locations_agree(gold: Record, made: Record, *, loose: bool) -> bool:
    """Return whether a place is the gold's or one of its alternatives; loosely, one holds the other."""
    said = _place(made.get("location"))
    if said is None:
        return gold.get("location") is None
    for real in map(_place, [gold.get("location"), *(gold.get("location_alt") or [])]):
        if real and (real == said or (loose and (real in said or said in real))):
            return True
    return False
