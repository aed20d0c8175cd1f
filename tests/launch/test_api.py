import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from etl.errors import UnavailableError
from etl.launch import api as module
from etl.launch.api import Api
from etl.launch.environment import Embedded


@contextmanager
def answering(*statuses):
    """An Api of a server that gives these answers one by one, the last for good; and what it was asked."""
    left, asked = list(statuses), []

    class Handler(BaseHTTPRequestHandler):
        def do_PUT(self):
            asked.append(self.path)
            body = json.dumps({"id": len(asked)}).encode()
            self.send_response(left.pop(0) if len(left) > 1 else left[0])
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Api(Embedded(None, None, "", server.server_port, "")), asked
        server.shutdown()


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    monkeypatch.setattr(module, "PAUSES", (0.0, 0.0))


def test_a_locked_database_is_asked_again():
    with answering(500, 503, 200) as (api, asked):
        assert api.call("PUT", "backfills/1/cancel") == {"id": 3}
        assert asked == ["/api/v2/backfills/1/cancel"] * 3


@pytest.mark.parametrize(("status", "times"), [(500, 3), (409, 1)])
def test_a_refusal_is_told_in_the_words_of_airflow(status, times):
    with answering(status) as (api, asked):
        with pytest.raises(UnavailableError, match=f"Airflow refused PUT backfills/1/cancel: {status} .*id"):
            api.call("PUT", "backfills/1/cancel")
        assert len(asked) == times
