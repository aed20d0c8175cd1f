"""Mounts the record browser in Airflow, behind its login and its right to read DAGs."""

from functools import cache
from typing import Any, ClassVar

from airflow.plugins_manager import AirflowPlugin

PREFIX = "/huiyi"


@cache
def _pages() -> Any:
    from airflow.api_fastapi.core_api.security import GetUserDep, requires_access_dag
    from fastapi import Depends, Request

    from etl import settings
    from etl.browser.app import create_app

    def remember(request: Request, user: GetUserDep) -> None:
        request.state.reader = user

    guards = [Depends(remember), Depends(requires_access_dag(method="GET"))]
    return create_app(settings.load(), guards=guards, may_read=_readable)


def _readable(request: Any, sources: list[str]) -> frozenset[str]:
    """Return the sources whose parse DAG the person who asks may read."""
    from airflow.api_fastapi.app import get_auth_manager
    from airflow.api_fastapi.auth.managers.models.resource_details import DagDetails
    from airflow.models import DagModel

    from etl import settings
    from etl.sources import load_all

    known = load_all(settings.load()).sources
    dags = {source: f"parse_{known[source].group if source in known else source}" for source in sources}
    teams = DagModel.get_dag_id_to_team_name_mapping(list(dags.values()))
    manager, user = get_auth_manager(), request.state.reader
    return frozenset(
        source
        for source, dag_id in dags.items()
        if manager.is_authorized_dag(
            method="GET", details=DagDetails(id=dag_id, team_name=teams.get(dag_id)), user=user
        )
    )


async def browser(scope: Any, receive: Any, send: Any) -> None:
    """Answer as the record browser; made at the first request, as every Airflow process loads plugins."""
    await _pages()(scope, receive, send)


class RecordBrowser(AirflowPlugin):
    """Meetings, and the characters that prove each field, inside Airflow."""

    name = "huiyi"
    fastapi_apps: ClassVar[list[dict[str, Any]]] = [
        {"app": browser, "url_prefix": PREFIX, "name": "Meetings"},
    ]
    external_views: ClassVar[list[dict[str, str]]] = [
        {
            "name": "Meetings",
            "href": f"{PREFIX}/",
            "icon": f"{PREFIX}/static/icon.svg",
            "destination": "nav",
            "url_route": "meetings",
            "category": "browse",
        },
        {
            "name": "Records",
            "href": f"{PREFIX}/dag/{{DAG_ID}}",
            "destination": "dag",
            "url_route": "records",
        },
    ]
