"""`etl evaluate pages`: the page extractor measured on a gold folder, beside other extractors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from etl.cli import options

if TYPE_CHECKING:
    from etl.evaluate.pages import Scores


@click.command("pages")
@options.gold("gold.json, bodies.json and the pages")
@click.option("--peers", is_flag=True, help="Beside trafilatura, GNE and readability-lxml, if installed.")
@click.option(
    "--without-profiles",
    is_flag=True,
    help="Beside ourselves without CMS profiles, and also without class names and ids, or page tags.",
)
@click.option("--errors", is_flag=True, help="List the pages that a figure is missed on.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def command(
    folder: Path, predictions: Path | None, peers: bool, without_profiles: bool, errors: bool, as_json: bool
) -> None:
    """Run the page extractor over a gold; print text, title, time, credits, charset, speed."""
    from etl.evaluate import charsets, page_peers, pages, stripped

    found, scores = pages.run(folder)
    if predictions:
        predictions.parent.mkdir(parents=True, exist_ok=True)
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in found]
        predictions.write_text("".join(lines), "utf-8")
    columns = {"huiyi-etl": scores}
    for name, extractor in (stripped.extractors() if without_profiles else {}).items():
        columns[name] = pages.run(folder, extractor, rounds=1)[1]
    for name, extractor in (page_peers.installed() if peers else {}).items():
        # once: trafilatura remembers the texts it has seen, so a second round would time its memory
        columns[name] = pages.run(folder, extractor, rounds=1)[1]
    if as_json:
        click.echo(json.dumps({name: _plain(column) for name, column in columns.items()}, indent=1))
    else:
        click.echo(_table(columns))
        for outcome in charsets.run(folder):
            label = f"as {outcome.charset}, {outcome.declaration} label"
            click.echo(f"{label:<28} {outcome.right} of {outcome.pages}")
    for line in _misses(folder, found) if errors else ():
        click.echo(line)


def _plain(scores: Scores) -> dict[str, float | None]:
    from etl.evaluate.pages import FIGURES

    return {
        **{name: scores.share(name) for name in FIGURES},
        "pages/s": scores.rate,
        "p95 ms": 1000 * scores.p95,
    }


def _table(columns: dict[str, Scores]) -> str:
    from etl.evaluate.pages import FIGURES

    lines = [f"{'':<16}" + "".join(f"{name:>14}" for name in columns)]
    for name in FIGURES:
        shares = [scores.share(name) for scores in columns.values()]
        lines.append(f"{name:<16}" + "".join(f"{'-' if s is None else f'{100 * s:.2f}':>14}" for s in shares))
    lines.append(f"{'pages/s':<16}" + "".join(f"{scores.rate:>14.1f}" for scores in columns.values()))
    lines.append(f"{'p95 ms':<16}" + "".join(f"{1000 * scores.p95:>14.1f}" for scores in columns.values()))
    own = next(iter(columns.values())).rate
    lines.append(
        f"{'our speed, times':<16}" + "".join(f"{own / scores.rate:>14.1f}" for scores in columns.values())
    )
    return "\n".join(lines)


def _misses(folder: Path, found: list[dict[str, object]]) -> list[str]:
    from etl.evaluate import pages

    rows, bodies = pages.load(folder)
    lines = []
    for row, prediction in zip(rows, found, strict=True):
        figures = pages.judge(prediction, row, bodies.get(row["file"], ()))
        missed = [
            name for name, value in figures.items() if (value > 0 if name == "must_not" else value < 0.97)
        ]
        if missed:
            reason = prediction.get("reject") or prediction.get("layout")
            lines.append(f"{row['file']} ({reason}): {', '.join(missed)}")
    return lines
