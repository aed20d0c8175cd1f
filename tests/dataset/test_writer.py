import hashlib
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from etl.dataset import parquet, schemas, write_partition, writer
from etl.errors import DataError, UsageError

DAY = date(2026, 3, 2)


def test_the_same_rows_give_the_same_bytes_however_they_were_batched(articles):
    whole = writer.to_table("articles", articles)
    pieces = pa.Table.from_batches(writer.batches("articles", articles, size=1))
    assert parquet.encode(whole) == parquet.encode(pieces)


def test_an_unchanged_partition_is_not_rewritten(tmp_path, articles):
    first = write_partition(str(tmp_path), "articles", "river", DAY, articles)
    path = Path(first.path)
    before = path.stat()
    second = write_partition(str(tmp_path), "articles", "river", DAY, articles)
    assert (first.changed, second.changed) == (True, False)
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.stat().st_ino == before.st_ino
    assert first.digest == second.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert path == tmp_path / "articles/source_id=river/day=2026-03-02/part-0.parquet"


def test_fewer_rows_replace_the_whole_partition(tmp_path, articles):
    write_partition(str(tmp_path), "articles", "river", DAY, articles)
    again = write_partition(str(tmp_path), "articles", "river", DAY, articles[:1])
    assert again.changed
    assert pq.ParquetFile(again.path).metadata.num_rows == 1
    assert len(list(tmp_path.rglob("*.*"))) == 1


def test_the_schema_in_the_file_is_the_schema_in_the_code(tmp_path):
    for name, table in schemas.daily().items():
        written = write_partition(str(tmp_path), name, "river", DAY, [])
        assert pq.read_schema(written.path).equals(table.schema, check_metadata=True)


def test_a_partition_of_a_newer_schema_version_is_left_untouched(tmp_path, articles):
    path = tmp_path / "articles/source_id=river/day=2026-03-02/part-0.parquet"
    path.parent.mkdir(parents=True)
    schema = schemas.table("articles").schema.with_metadata({"schema_version": "999"})
    pq.write_table(schema.empty_table(), path)
    before = path.read_bytes()
    with pytest.raises(
        DataError, match=r"part-0.parquet was written by schema version 999.*upgrade huiyi-etl"
    ):
        write_partition(str(tmp_path), "articles", "river", DAY, articles)
    assert path.read_bytes() == before


def test_a_file_that_is_no_parquet_is_left_untouched(tmp_path, articles):
    path = tmp_path / "articles/source_id=river/day=2026-03-02/part-0.parquet"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"not parquet")
    with pytest.raises(DataError, match="not a readable Parquet file"):
        write_partition(str(tmp_path), "articles", "river", DAY, articles)
    assert path.read_bytes() == b"not parquet"


def test_rows_with_structural_faults_are_not_written(tmp_path, articles):
    with pytest.raises(DataError, match="repeat the key article_id"):
        write_partition(str(tmp_path), "articles", "river", DAY, [articles[0], articles[0]])
    assert not any(tmp_path.rglob("*.parquet"))


@pytest.mark.parametrize("bad", ["../up", "a/b", "", "A B", ".hidden", "a..b"])
def test_ids_that_are_no_path_parts_are_refused(tmp_path, bad):
    with pytest.raises(UsageError, match="can't name a partition"):
        write_partition(str(tmp_path), "articles", bad, DAY, [])
    assert not any(tmp_path.iterdir())


def test_leftovers_of_killed_writers_are_swept(tmp_path, articles):
    folder = tmp_path / "articles/source_id=river/day=2026-03-02"
    folder.mkdir(parents=True)
    (folder / ".part-0.parquet.123.tmp").write_bytes(b"half")
    write_partition(str(tmp_path), "articles", "river", DAY, articles)
    assert [path.name for path in folder.iterdir()] == ["part-0.parquet"]
