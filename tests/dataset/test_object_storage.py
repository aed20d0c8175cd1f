"""The same tables on object storage: a real S3 server (moto) on loopback."""

from datetime import date

from etl.dataset import read, store, write_partition

DAY = date(2026, 3, 2)


def test_partitions_are_written_read_kept_and_removed(bucket, articles):
    first = write_partition(bucket, "articles", "river", DAY, articles)
    again = write_partition(bucket, "articles", "river", DAY, articles)
    write_partition(bucket, "articles", "files", None, articles[:1], name="abcd")
    assert first.path == f"{bucket}/articles/source_id=river/day=2026-03-02/part-0.parquet"
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
