"""Fixtures that several rooms need."""

import fsspec
import pytest


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
