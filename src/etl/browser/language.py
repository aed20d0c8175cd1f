"""Chinese and English: every word of the pages is a row of `labels.tsv`."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

LANGUAGES = {"zh": "中文", "en": "English"}


@cache
def labels() -> dict[str, dict[str, str]]:
    """Return key to language to text."""
    text = resources.files(__package__).joinpath("labels.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return {row["key"]: {name: row[name] for name in LANGUAGES} for row in rows}


class Words:
    """The labels of one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, key: str, **values: object) -> str:
        """Return the label `key` with `{name}` replaced by `values`; KeyError where there is none."""
        return labels()[key][self.language].format(**values)

    def value(self, group: str, name: str | None) -> str:
        """Return the label of a value of a closed set; a value without one is shown as it is."""
        found = labels().get(f"{group}.{name}")
        return found[self.language] if found else name or ""


def preferred(cookie: str, accepted: str) -> str:
    """Return the language that the cookie names, else the first of Accept-Language that there is, else zh."""
    if cookie in LANGUAGES:
        return cookie
    names = [part.split(";")[0].strip().lower()[:2] for part in accepted.split(",")]
    return next((name for name in names if name in LANGUAGES), "zh")
