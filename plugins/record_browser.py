"""Mounts the record browser in Airflow: in the navigation, and on each capture and parse DAG."""

from airflow.api_fastapi.core_api.security import requires_access_dag
from airflow.plugins_manager import AirflowPlugin
from fastapi import Depends

PREFIX = "/huiyi"


def _app():  # noqa: ANN202  (FastAPI is Airflow's, the pages are etl.browser's)
    from etl import settings
    from etl.browser import create_app

    return create_app(settings.load().data, guards=[Depends(requires_access_dag(method="GET"))])


class RecordBrowser(AirflowPlugin):
    """Meetings, and the characters that prove each field, inside Airflow."""

    name = "huiyi"
    fastapi_apps = [{"app": _app(), "url_prefix": PREFIX, "name": "Meetings"}]  # noqa: RUF012
    external_views = [  # noqa: RUF012
        {
            "name": "Meetings",
            "href": f"{PREFIX}/meetings",
            "destination": "nav",
            "url_route": "meetings",
            "category": "browse",
        },
    ]
