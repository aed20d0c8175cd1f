import pyarrow as pa
import pytest

from etl.dataset import dictionary, schemas
from etl.errors import UsageError


def test_every_table_has_columns_and_versions():
    for table in schemas.tables().values():
        assert len(table.schema) == len(table.columns) > 0
        assert set(table.schema.metadata) == {b"schema_version", b"extractor_version"}
        assert not {"source_id", "day"} & set(table.schema.names)


def test_every_reference_between_columns_and_sets_resolves():
    for table in schemas.tables().values():
        for column in table.columns:
            assert column.need in {"", "required", "key"}
            assert not column.closed_set or column.closed_set in schemas.closed_sets()
            assert not column.reproduces or column.reproduces in table.schema.names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("category", pa.dictionary(pa.int32(), pa.string())),
        ("timestamp[UTC]", pa.timestamp("us", "UTC")),
        (
            "list<struct<a:string,b:list<int32>>>",
            pa.list_(pa.struct({"a": pa.string(), "b": pa.list_(pa.int32())})),
        ),
        (
            "struct<a:struct<b:int32,c:int32>,d:bool>",
            pa.struct({"a": pa.struct({"b": pa.int32(), "c": pa.int32()}), "d": pa.bool_()}),
        ),
    ],
)
def test_types_are_read_from_text(text, expected):
    assert schemas.arrow_type(text) == expected


def test_an_unknown_table_is_named_with_the_known_ones():
    with pytest.raises(UsageError, match="no table 'meeting'; the tables are captures, articles"):
        schemas.table("meeting")


def test_the_data_dictionary_names_every_column_and_closed_value():
    text = dictionary.markdown()
    for table in schemas.tables().values():
        section = text.split(f"\n## {table.name}\n")[1].split("\n## ")[0]
        listed = [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")]
        assert listed == table.schema.names
    for values in schemas.closed_sets().values():
        assert all(f"`{value}`" in text for value in values)


def test_the_page_of_the_data_dictionary_is_the_generated_one():
    assert dictionary.PAGE.read_text(encoding="utf-8") == dictionary.markdown(), (
        "run python -m etl.dataset.dictionary"
    )
