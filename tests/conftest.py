"""Fixtures that several rooms need."""

import os
import signal
import sys

import fsspec
import hypothesis
import pytest

from etl import cli

# The same examples in each run, however slow the machine; `--hypothesis-profile=default` looks for others.
hypothesis.settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("steady")

# Commands that tests start end with Ctrl-C; what a script starts with `&` would hand on that it is ignored.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Servers of tests are on loopback, where no proxy of the machine reaches them.
os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1,localhost"


@pytest.fixture
def etl(monkeypatch, capsys):
    """A function that runs `etl ARGS` in this process and gives exit code, output and errors."""
    monkeypatch.setenv("COLUMNS", "160")

    def run(*args: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["etl", *map(str, args)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err

    return run


@pytest.fixture
def bucket(monkeypatch):
    """The URL of a prefix on an S3 server (moto) on loopback."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }.items():
        monkeypatch.setenv(name, value)
    fsspec.filesystem("s3", skip_instance_cache=True).mkdir(
        f"tables-{port}"
    )  # moto keeps its buckets for the whole process
    fsspec.core.filesystem("s3").clear_instance_cache()
    yield f"s3://tables-{port}/huiyi"
    server.stop()
