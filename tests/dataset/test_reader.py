from datetime import date, timedelta

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

from etl.dataset import read, read_table, reader, schemas, write_partition
from etl.errors import DataError, UsageError

DAY = date(2026, 3, 2)


@pytest.fixture
def root(tmp_path, articles):
    for offset in range(3):
        write_partition(str(tmp_path), "articles", "river", DAY + timedelta(days=offset), articles)
    write_partition(str(tmp_path), "articles", "files", None, articles[:1], name="abcd")
    return str(tmp_path)


def test_partition_columns_come_with_the_rows(root):
    frame = read(root, "articles")
    assert list(frame.columns) == reader.full_schema("articles").names
    assert len(frame) == 10
    assert set(frame["source_id"]) == {"river", "files"}
    assert set(frame["day"]) == {DAY, DAY + timedelta(days=1), DAY + timedelta(days=2), None}


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({"source_id": "files"}, 1),
        ({"day": DAY}, 3),
        ({"since": DAY + timedelta(days=1)}, 6),
        ({"until": DAY}, 3),
        ({"source_id": "nowhere"}, 0),
        ({"source_id": "river", "since": DAY, "until": DAY + timedelta(days=1)}, 6),
    ],
)
def test_partitions_are_selected(root, wanted, count):
    assert len(read(root, "articles", **wanted)) == count


def test_columns_are_selected_in_the_order_asked_for(root):
    frame = read(root, "articles", columns=["day", "title"])
    assert list(frame.columns) == ["day", "title"]
    with pytest.raises(UsageError, match="articles has no column 'headline'"):
        read(root, "articles", columns=["headline"])


def test_values_survive_the_way_through_the_file(root, articles):
    row = read_table(root, "articles", day=DAY).to_pylist()[0]
    assert {name: row[name] for name in articles[0] if name in row} == {
        name: value for name, value in articles[0].items() if name in row
    }


def test_a_table_without_files_is_an_empty_frame_with_its_columns(tmp_path):
    frame = read(str(tmp_path), "quotes")
    assert frame.empty
    assert list(frame.columns) == reader.full_schema("quotes").names


def test_a_file_of_a_newer_schema_version_is_refused(root):
    path = f"{root}/articles/source_id=river/day=2026-03-02/part-0.parquet"
    schema = schemas.table("articles").schema.with_metadata({"schema_version": "2000"})
    pq.write_table(schema.empty_table(), path)
    with pytest.raises(DataError, match=r"2026-03-02/part-0.parquet was written by schema version 2000"):
        read(root, "articles")


def test_columns_that_an_older_file_lacks_are_null(root):
    path = f"{root}/articles/source_id=river/day=2026-03-02/part-0.parquet"
    older = pq.ParquetFile(path).read().drop_columns(["text_simplified", "layout"])
    pq.write_table(older, path)
    frame = read(root, "articles", day=DAY)
    assert frame["text_simplified"].isna().all()
    assert frame["layout"].isna().all()
    assert (frame["title"] == "座谈会召开").all()


def test_pandas_and_duckdb_read_every_table_as_a_plain_folder(tmp_path, articles):
    for name in schemas.daily():
        found = articles if name == "articles" else []
        write_partition(str(tmp_path), name, "river", DAY, found)
        write_partition(str(tmp_path), name, "files", None, found[:1], name="abcd")
        frame = pd.read_parquet(tmp_path / name)
        relation = duckdb.sql(
            f"from read_parquet('{tmp_path / name}/**/*.parquet', hive_partitioning = true)"
        )
        assert set(frame.columns) == set(relation.columns) == set(reader.full_schema(name).names)
        assert len(frame) == len(relation) == (4 if name == "articles" else 0)
        assert dict(zip(relation.columns, map(str, relation.types), strict=True))["day"] == "DATE"
