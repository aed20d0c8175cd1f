"""Clean text to measure on: articles and sentences of a folder of transcripts, plain texts or body lists."""

from __future__ import annotations

import html
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

from etl.errors import UsageError

_BREAK = re.compile(r"<br\s*/?>|</p>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_HEADING = re.compile(r"(?m)^### ")
_SENTENCE = re.compile(r"[^。！？\n]{8,120}[。！？]”?")
_HANZI = re.compile("[一-鿿]")


def articles(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield (name, text) for each article under `folder`, in the order of file names.

    A `.md` file holds one article for each `###` section, its body HTML; `.txt` is one article; a `.json`
    object maps names to lists of paragraphs. Raises `UsageError` where there is nothing to read.
    """
    files = [folder] if folder.is_file() else sorted(p for p in folder.rglob("*") if p.is_file())
    found = False
    for file in files:
        for number, text in enumerate(_texts(file)):
            found = True
            yield f"{file.name}#{number}", text
    if not found:
        raise UsageError(f"{folder}: no .md, .txt or .json article here; name a folder that has some")


def _texts(file: Path) -> Iterator[str]:
    """Yield the texts of one file, tags and references resolved."""
    if file.suffix == ".md":
        for section in _HEADING.split(file.read_text("utf-8"))[1:]:
            yield html.unescape(_TAG.sub("", _BREAK.sub("\n", section)))
    elif file.suffix == ".txt":
        yield file.read_text("utf-8")
    elif file.suffix == ".json":
        bodies = json.loads(file.read_text("utf-8"))
        if isinstance(bodies, dict):
            yield from (
                "\n".join(paragraphs) for paragraphs in bodies.values() if isinstance(paragraphs, list)
            )


def sentences(folder: Path, seed: int) -> list[str]:
    """Return the distinct sentences (9 to 122 characters, mostly hanzi) of `folder`, shuffled by `seed`."""
    found = {
        match[0].strip()
        for _, text in articles(folder)
        for match in _SENTENCE.finditer(text)
        if len(_HANZI.findall(match[0])) > 0.6 * len(match[0])
    }
    drawn = sorted(found)
    random.Random(seed).shuffle(drawn)
    return drawn
