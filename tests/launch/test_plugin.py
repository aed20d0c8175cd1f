"""The record browser inside a real Airflow: closed to strangers, open to whoever may read DAGs."""

import pytest
import requests

pytestmark = pytest.mark.airflow

PAGES = ["/", "/meetings", "/rejects", "/report/0000000000000000"]


@pytest.mark.parametrize("page", PAGES)
def test_strangers_are_turned_away(stack, page):
    assert requests.get(f"{stack.api.embedded.url}/huiyi{page}", timeout=120).status_code == 401


@pytest.mark.parametrize("page", PAGES[:3])
def test_signed_in_people_see_the_pages(stack, page):
    answer = stack.api.session.get(f"{stack.api.embedded.url}/huiyi{page}", timeout=120)
    assert answer.status_code == 200
    assert 'href="/huiyi/meetings"' in answer.text


def test_airflow_loads_everything_without_errors(stack):
    stack.api.wait_for_dags(["capture_xinhe-daily"])
    assert stack.api.call("GET", "importErrors")["import_errors"] == []
    views = [
        view["name"]
        for plugin in stack.api.call("GET", "plugins")["plugins"]
        for view in plugin["external_views"]
    ]
    assert "Meetings" in views
