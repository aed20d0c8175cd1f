from datetime import UTC, date, datetime

import pytest

from etl.records import Capture, Page


@pytest.fixture
def page_of():
    """Return a maker of decoded pages."""

    def make(html, content_type="text/html", url="http://localhost/a.html", status=200):
        fetched = datetime(2026, 5, 21, tzinfo=UTC)
        day = date(2026, 5, 20)
        body = html.encode("utf-8", "surrogatepass")
        capture = Capture("c", "s", day, url, url, status, (), fetched, body, "0", content_type)
        return Page(capture, html, None, "utf-8", (), 0)

    return make
