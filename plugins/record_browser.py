"""Mounts the record browser in Airflow, behind its login and its right to read DAGs."""

from functools import cache
from typing import Any, ClassVar

from airflow.plugins_manager import AirflowPlugin

PREFIX = "/huiyi"


@cache
def _pages() -> Any:
    from airflow.api_fastapi.core_api.security import requires_access_dag
    from fastapi import Depends

    from etl import settings
    from etl.browser import create_app

    return create_app(settings.load().data, guards=[Depends(requires_access_dag(method="GET"))])


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
            "href": f"{PREFIX}/meetings",
            "destination": "nav",
            "url_route": "meetings",
            "category": "browse",
        },
    ]
