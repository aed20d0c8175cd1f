"""`etl evaluate repair`: sound text left alone, damaged text brought back."""

from __future__ import annotations

from pathlib import Path

import click

_FOLDER = click.Path(path_type=Path, exists=True)


@click.command("repair")
@click.option(
    "--clean", type=_FOLDER, help="Sound texts (.md, .txt, .json): count the code points that change."
)
@click.option(
    "--corrupt", type=_FOLDER, help="Sound texts: damage sentences family by family, and repair them."
)
@click.option("--pairs", type=_FOLDER, help="JSON lines with text and restored: repair, compare, list each.")
@click.option(
    "--thresholds", type=_FOLDER, help="Sound texts: measure each threshold at its value and beside it."
)
@click.option("--family", "families", multiple=True, help="Only this family of --corrupt (repeatable).")
@click.option("--sample", default=1000, show_default=True, help="How many sentences are drawn.")
@click.option("--seed", default=1, show_default=True, help="Seed of the drawing and of the damage.")
@click.option(
    "--show", default=0, show_default=True, help="Print so many failures (or changes) of each kind."
)
def command(
    clean: Path | None,
    corrupt: Path | None,
    pairs: Path | None,
    thresholds: Path | None,
    families: tuple[str, ...],
    sample: int,
    seed: int,
    show: int,
) -> None:
    """Measure repair; exit code 1 where --clean finds a change with script and punctuation off."""
    from etl.errors import UsageError
    from etl.evaluate import repair as evaluation
    from etl.evaluate.thresholds import measured

    if not (clean or corrupt or pairs or thresholds):
        raise UsageError("nothing to evaluate: give --clean, --corrupt, --pairs or --thresholds")
    harmless = True
    if clean:
        report = evaluation.clean(clean, show)
        harmless = report.changed == 0
        click.echo(report.table())
    if corrupt:
        for line in evaluation.corrupted(corrupt, families, sample, seed, show):
            click.echo(line)
    if pairs:
        for line in evaluation.pairs(pairs, show):
            click.echo(line)
    if thresholds:
        for line in measured(thresholds, sample, seed):
            click.echo(line)
    if not harmless:
        raise SystemExit(1)
