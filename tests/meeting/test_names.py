import pytest

from etl.meeting import names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("韩立在会上强调", "韩立"),
        ("李明同志主持", "李明"),
        ("王小洪、吴政", "王小洪"),
        ("上官文庆主持", "上官文庆"),
        ("卢卡舍夫。", "卢卡舍夫"),
        ("阿尔瓦雷斯举行会谈", "阿尔瓦雷斯"),
        ("马哈茂德·阿里对此", "马哈茂德·阿里"),
        ("张　晔）", "张　晔"),
        ("向缅甸领导人", None),
        ("全市各级", None),
        ("邓为向大家介绍", "邓为"),
        ("查文章介绍", "查文章"),
    ],
)
def test_a_name_ends_where_its_context_allows(text: str, name: str | None) -> None:
    found = names.at(text, 0, abroad=True)
    assert (text[: found.end] if found else None) == name
