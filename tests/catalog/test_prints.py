from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from etl.catalog import prints
from etl.pipeline import simhash
from etl.records import Article

TEXT = (
    "河川市召开春季防汛工作会议，市长田禾要求各县区逐段排查堤防隐患，备足沙袋和抽排设备，落实二十四小时值班。"
    "会议听取了水务局关于水库除险加固进展的汇报，研究了山洪沟治理方案，并对低洼院落居民转移演练作出安排。"
    "气象部门预计三月下旬有两次明显降水过程，沿河乡镇要提前检修泵站，清理涵洞，保持道路和通信畅通。"
)


def article(number: int, text: str = TEXT, hour: int | None = None) -> Article:
    at = None if hour is None else datetime(2026, 3, 2, hour, tzinfo=UTC)
    return Article(
        f"{number:016x}",
        "c",
        "s",
        None,
        f"https://news.example/{number}",
        None,
        text,
        text,
        published_at=at,
        simhash=simhash(text),
    )


def found(*articles: Article) -> dict[int, int]:
    pairs = prints.find(map(prints.print_of, articles))
    return {int(one, 16): int(other, 16) for one, other in pairs.items()}


def test_the_earliest_publication_comes_first():
    assert found(article(1, hour=9), article(2, hour=7), article(3), article(4, "别的内容。")) == {1: 2, 3: 2}


def test_the_order_of_the_articles_does_not_matter():
    articles = [article(n, hour=n) for n in range(5)]
    assert found(*articles) == found(*reversed(articles)) == dict.fromkeys(range(1, 5), 0)


def test_a_reprint_with_a_changed_word_is_a_duplicate():
    assert found(article(1, hour=1), article(2, TEXT.replace("沙袋", "编织袋", 1), hour=2)) == {2: 1}


def test_different_texts_are_none():
    assert found(article(1), article(2, TEXT[::-1])) == {}


def test_short_texts_must_be_identical():
    assert found(article(1, "图片新闻。"), article(2, "图片新闻！"), article(3, "图片新闻。")) == {3: 1}


@given(st.lists(st.integers(0, 2**64 - 1), max_size=12), st.data())
@settings(deadline=None, max_examples=60)
def test_bands_find_what_comparing_all_pairs_finds(hashes, data):
    near = [
        value ^ 1 << data.draw(st.integers(0, 63)) ^ 1 << data.draw(st.integers(0, 63)) for value in hashes
    ]
    made = [
        replace(prints.print_of(article(n, TEXT + str(n))), simhash=value)
        for n, value in enumerate(hashes + near)
    ]
    expected: dict[str, str] = {}
    kept: list[prints.Print] = []
    for this in sorted(made, key=lambda p: p.order):
        close = [p for p in kept if (p.simhash ^ this.simhash).bit_count() <= prints.MAX_DISTANCE]
        if close:
            expected[this.article_id] = close[0].article_id
        else:
            kept.append(this)
    assert prints.find(made) == expected
