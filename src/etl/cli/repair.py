"""`etl repair`: damaged Chinese text in, restored text out."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command("repair")
@click.argument(
    "files", nargs=-1, type=click.Path(path_type=Path, dir_okay=False, exists=True, allow_dash=True)
)
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON object a text: text, steps, lost, script, flags."
)
@click.option("--no-script", is_flag=True, help="Leave Traditional characters as they are.")
@click.option("--no-punctuation", is_flag=True, help="Leave half-width punctuation as it is.")
@click.option("--bytes", "from_bytes", is_flag=True, help="Decode first: the input's charset is unknown.")
def command(
    files: tuple[Path, ...], as_json: bool, no_script: bool, no_punctuation: bool, from_bytes: bool
) -> None:
    """Restore damaged Chinese text from FILES, or from standard input.

    Text is read as UTF-8 unless --bytes says that its charset has to be found out. What cannot be restored is
    U+FFFD.
    """
    import msgspec

    from etl.repair import repair

    for file in files or (Path("-"),):
        raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        text = _decoded(raw, str(file)) if from_bytes else raw.decode("utf-8-sig", "replace")
        repaired = repair(text, script=not no_script, punctuation=not no_punctuation)
        if as_json:
            sys.stdout.buffer.write(msgspec.json.encode(repaired) + b"\n")
        else:
            sys.stdout.buffer.write(repaired.text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def _decoded(raw: bytes, name: str) -> str:
    """Return `raw` decoded by the charset vote; raises `DataError` where the bytes are no text."""
    import hashlib
    from datetime import UTC, datetime

    from etl.decode import decode
    from etl.errors import DataError
    from etl.records import Capture, Reject

    digest = hashlib.sha256(raw).hexdigest()
    epoch = datetime.fromtimestamp(0, UTC)
    capture = Capture(name, "repair", None, name, name, 200, (), epoch, raw, digest, "text/plain")
    page = decode(capture, max_lost_share=1.0, max_html=max(1, len(raw)))
    if isinstance(page, Reject):
        raise DataError(f"{name}: {page.detail}")
    return page.html
