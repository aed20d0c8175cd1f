"""Reading of the lexicon: `<name>.tsv` beside this file, UTF-8, a header line, an `id` in each row."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of `<name>.tsv` in file order, each mapping column to text; # opens a comment line.

    Raises `FileNotFoundError` for an unknown table and `ValueError` for a row not as wide as the header.
    """
    text = resources.files(__package__).joinpath(f"{name}.tsv").read_text("utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    header = lines[0].split("\t")
    return tuple(dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:])
