"""`etl evaluate meetings`: the meeting extractor measured on a gold folder."""

from __future__ import annotations

from pathlib import Path

import click

from etl.cli import options


@click.command("meetings")
@options.gold("texts.jsonl and gold.jsonl")
@click.option("--errors", is_flag=True, help="List each miss with its sentence.")
@click.option(
    "--set-floors", is_flag=True, help="Write the figures as the floors of this gold (floors.toml)."
)
@click.option("--lower-floors", metavar="REASON", help="Let --set-floors lower a floor; the reason is kept.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def command(
    folder: Path,
    predictions: Path | None,
    errors: bool,
    set_floors: bool,
    lower_floors: str | None,
    as_json: bool,
) -> None:
    """Run the extractor over a gold and print its figures, national and local.

    Where a floors.toml lies in the folder, a figure below its floor is named and the exit code is 1.
    """
    import msgspec

    from etl.evaluate import floors, meetings, score

    result = meetings.evaluate(folder)
    if predictions:
        rows = [msgspec.json.encode(row).decode() for row in result.predictions.values()]
        predictions.parent.mkdir(parents=True, exist_ok=True)
        predictions.write_text("\n".join(rows) + "\n", "utf-8")
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(score.plain(result.scores)), indent=1).decode())
    else:
        click.echo(score.table(result.scores))
        click.echo("\n".join(meetings.calibration(result.rated)))
    for line in meetings.misses(result) if errors else ():
        click.echo(line)
    figures = meetings.overall(result.scores)
    if set_floors:
        floors.write(folder / floors.FILE, figures, lower_because=lower_floors)
    below = floors.fallen(floors.read(folder / floors.FILE), figures)
    for name, (figure, floor) in below.items():
        click.echo(f"{name}: {figure:.3f} is below its floor {floor:.3f}", err=True)
    if below:
        raise SystemExit(1)
