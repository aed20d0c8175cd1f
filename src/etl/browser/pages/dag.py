"""The tab on a DAG in Airflow: the overview of its source, or of the sources of its group."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response
from fastapi.responses import RedirectResponse

from etl.browser.view import TheView

router = APIRouter()
PREFIXES = ("capture_", "parse_")


@router.get("/dag/{dag_id}")
def dag(view: TheView, dag_id: Annotated[str, Path(max_length=250)]) -> Response:
    """Lead to the overview of the DAG's source; say so where the DAG belongs to none."""
    for prefix in PREFIXES:
        source = dag_id.removeprefix(prefix)
        if source != dag_id and (source in view.present or view.members(source)):
            return RedirectResponse(view.url("/", source=source), 303)
    return view.page("dag.html", dag_id=dag_id)
