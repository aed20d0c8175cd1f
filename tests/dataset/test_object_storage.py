"""The same tables on object storage: a real S3 server (moto) on loopback."""

from datetime import date

import fsspec
import pytest

from etl.dataset import read, store, write_partition

DAY = date(2026, 3, 2)


@pytest.fixture
def bucket(monkeypatch):
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
    fsspec.filesystem("s3", skip_instance_cache=True).mkdir("tables")
    fsspec.core.filesystem("s3").clear_instance_cache()
    yield "s3://tables/huiyi"
    server.stop()


def test_partitions_are_written_read_kept_and_removed(bucket, articles):
    first = write_partition(bucket, "articles", "river", DAY, articles)
    again = write_partition(bucket, "articles", "river", DAY, articles)
    write_partition(bucket, "articles", "files", None, articles[:1], name="abcd")
    assert first.path == "s3://tables/huiyi/articles/source_id=river/day=2026-03-02/part-0.parquet"
    assert (first.changed, again.changed) == (True, False)
    assert first.digest == again.digest
    assert len(read(bucket, "articles")) == 4
    assert set(read(bucket, "articles", source_id="files")["day"]) == {None}
    fewer = write_partition(bucket, "articles", "river", DAY, articles[:2])
    assert fewer.changed
    assert len(read(bucket, "articles", day=DAY)) == 2
    paths = store.partition_files(bucket, "articles")
    assert [path.rpartition("/")[2] for path in paths] == ["abcd.parquet", "part-0.parquet"]
    store.remove(paths[0])
    assert store.partition_files(bucket, "articles") == paths[1:]
