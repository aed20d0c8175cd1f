import json
import random

import pytest

from etl.errors import DataError, UsageError
from etl.evaluate import repair as evaluation
from etl.evaluate.corpus import articles, sentences
from etl.evaluate.corrupt import FAMILIES, corrupt, slipped_run
from etl.evaluate.distance import distance, kept_share

SOUND = "新河市召开全市项目建设推进会，市委书记出席会议并讲话。会议强调，要着力扩大内需、优化结构、提振信心。"


def plain_distance(left, right):
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        row, above = [i], row
        for j, b in enumerate(right, 1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b)))
    return row[-1]


def test_distance_is_levenshtein():
    rng = random.Random(1)
    for _ in range(300):
        left, right = ("".join(rng.choices("会议市委", k=rng.randint(0, 90))) for _ in range(2))
        assert distance(left, right) == plain_distance(left, right)
    assert kept_share("会议会议", "会议") == 0.5
    assert kept_share("", "") == 1.0


@pytest.mark.parametrize("family", FAMILIES)
def test_damage_is_repeatable_and_real(family):
    texts = [SOUND, "党委委员们认真学习文件精神。", "各级干部要抓好春耕生产，确保粮食安全！"]
    for text in texts:
        damaged = corrupt(text, family, 3)
        assert damaged == corrupt(text, family, 3)
    assert any(corrupt(text, family, seed) not in (None, text) for text in texts for seed in range(9)) or (
        family in ("E2-lossy", "E3-lossy", "E1", "E1-double")
    )


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "day.md").write_text(
        f"# 日报\n\n### 甲\n\n<p>{SOUND}<br></p><p>增长&lt;5%</p>\n\n### 乙\n\n<p>{SOUND}</p>", "utf-8"
    )
    (tmp_path / "bodies.json").write_text(json.dumps({"a": [SOUND, SOUND]}), "utf-8")
    (tmp_path / "plain.txt").write_text(SOUND, "utf-8")
    return tmp_path


def test_articles_are_sections_bodies_and_files(folder):
    found = dict(articles(folder))
    assert list(found) == ["bodies.json#0", "day.md#0", "day.md#1", "plain.txt#0"]
    assert "<" not in found["day.md#1"]
    assert "增长<5%" in found["day.md#0"]
    assert len(sentences(folder, 1)) == 2


def test_clean_counts_changes_by_rule(folder):
    report = evaluation.clean(folder, show=2)
    assert (report.texts, report.changed) == (4, 0)
    (folder / "plain.txt").write_text(SOUND + "会议指出,,市\u200b委 (如县区)要落实", "utf-8")
    report = evaluation.clean(folder, show=2)
    assert report.changed == 3
    assert report.rules == {"P1": 2, "P3": 3, "Z1": 1}
    assert "P3" in report.table()


def test_corrupted_prints_a_line_for_each_family(folder):
    lines = list(evaluation.corrupted(folder, ("H", "T1"), sample=2, seed=1))
    assert [line.split()[:4] for line in lines[2:]] == [
        ["H", "2", "100.0", "100.00"],
        ["T1", "2", "100.0", "100.00"],
    ]
    with pytest.raises(UsageError, match="unknown family 'Q9'"):
        list(evaluation.corrupted(folder, ("Q9",), sample=2, seed=1))


@pytest.mark.parametrize("family", ["S1", "S1-inner"])
def test_a_slipped_run_is_what_the_damage_changed(family):
    for seed in range(9):
        start, end = slipped_run(SOUND, family, seed)
        damaged = corrupt(SOUND, family, seed)
        assert damaged.startswith(SOUND[:start])
        assert damaged.endswith(SOUND[end:])
        assert 0 <= start < end <= len(SOUND)
    assert slipped_run(SOUND, "H", 1) is None


def test_corrupted_tells_what_came_out_untouched_outside_a_slip(folder):
    [line] = list(evaluation.corrupted(folder, ("S1-inner",), sample=2, seed=1))[2:]
    assert line.endswith("outside 100.00%")


def test_pairs_list_each_pair_and_the_total(tmp_path):
    file = tmp_path / "pairs.jsonl"
    rows = [
        {"id": "p1", "text": "會議&amp;#65311;", "restored": "会议？"},
        {"id": "p2", "text": "全市抓落实", "restored": "全市抓好落实"},
    ]
    file.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    lines = list(evaluation.pairs(file))
    assert lines[0].startswith("p1  100.00%")
    assert lines[-1] == "2 pairs: 88.89% of characters restored, 1 exact"
    file.write_text('{"id": "p1"}', "utf-8")
    with pytest.raises(DataError, match="line 1"):
        list(evaluation.pairs(file))
