"""`etl explain`: how one page was decoded, repaired and read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from etl.cli import options
from etl.errors import DataError, UsageError

if TYPE_CHECKING:
    from etl.pipeline import Processed
    from etl.records import Reject
    from etl.settings import Settings


@click.command("explain")
@click.argument("page", metavar="PAGE_FILE|ARTICLE_ID")
@options.data
@click.option(
    "--source", default="files", show_default=True, help="Source whose definition applies to a file."
)
@options.as_json
def command(page: str, data: str | None, source: str, as_json: bool) -> None:
    """Show decode votes, repair steps as a diff, and the record with its spans highlighted in the text.

    PAGE_FILE is a saved page or text file, which is processed now; ARTICLE_ID names a stored article.
    """
    settings = options.settings_of(data)
    found = _process(Path(page), source, settings) if Path(page).is_file() else _stored(page, settings)
    if as_json:
        options.print_json(found)
        return
    from etl.cli import explanation
    from etl.records import Reject

    if isinstance(found, Reject):
        raise DataError(f"{page} is no article: {found.stage}/{found.reason}, {found.detail}")
    explanation.show(found, options.console())


def _process(path: Path, source_id: str, settings: Settings) -> Processed | Reject:
    from etl import pipeline, sources
    from etl.capture import files
    from etl.records import Reject

    page = next(files.read([path], source_id=source_id, max_body=settings.max_body))
    if isinstance(page, Reject):
        return page
    return pipeline.process(page, sources.get(source_id, settings), settings)


def _stored(article_id: str, settings: Settings) -> Processed:
    from etl.dataset import restore
    from etl.pipeline import Processed

    found = restore.article(settings.data, article_id)
    if found is None:
        raise UsageError(
            f"{article_id!r} is neither a file nor the id of an article below {settings.data}; "
            "`etl show` lists ids, --data names another folder"
        )
    return Processed(*found)
