"""The figures of the scorer, checked by hand on small records."""

import pytest

from etl.evaluate.score import ANSWERS, LISTS, misses, plain, score, table


def gold(**fields):
    record = {
        "id": "a",
        "scope": "local",
        "is_event": True,
        "event_type": "meeting",
        "event_type_alt": [],
        "name": "全市防汛工作会议",
        "name_alt": ["防汛会议"],
        "date_start": "2022-05-20",
        "date_end": "2022-05-20",
        "part_of_day": "上午",
        "location": "京",
        "location_alt": [],
        "people": [
            {"name": "高明远", "titles": ["市委书记"], "roles": ["attendee", "speaker"]},
            {"name": "白鹭", "titles": [], "roles": ["chair"]},
        ],
        "groups": [{"name": "市水利局", "role": "speaker"}],
        "directives": 3,
        "segments": ["会议指出", "会议指出", "他强调"],
        "credits": {"reporter": ["丁一"], "photographer": [], "editor": []},
        "source_media": None,
    }
    return {**record, **fields}


def figures(real, made):
    return score(real, {record["id"]: record for record in made})["all"]


def test_a_perfect_prediction_has_perfect_figures():
    assert all(figure.value == 1.0 for figure in figures([gold()], [gold()]).values())


def test_a_missed_event_is_wrong_in_every_answer_and_loses_its_items():
    got = figures([gold()], [])
    assert {got[name].value for name in ANSWERS} == {0.0}
    assert {got[name].recall for name in LISTS} == {0.0}


def test_an_invented_event_costs_precision_but_no_answer():
    silent = gold(id="b", is_event=False, people=[], groups=[], segments=[])
    got = figures([gold(), silent], [gold(), gold(id="b")])
    assert got["event detection"].precision == 0.5
    assert got["people by name"].precision == 0.5
    assert got["name exact"].value == 1.0
    assert got["credits"].precision == 1.0


def test_repeated_segments_count_and_pronouns_pair_by_one_character():
    got = figures([gold()], [gold(segments=["会议指出", "他最后强调"])])
    assert got["segments"][:3] == (1, 2, 3)
    assert got["segments (subject,verb)"].hits == 2


def test_loose_figures_accept_one_form_inside_the_other():
    made = gold(
        people=[{"name": "高明远", "titles": ["某市委书记"], "roles": ["speaker"]}],
        groups=[{"name": "某市水利局", "role": "attendee"}],
        name="全市防汛工作会议暨推进会",
        location="北京会议中心",
    )
    got = figures([gold()], [made])
    assert got["people (name,title)"].hits == 0
    assert got["people (name,title) loose"].hits == 1
    assert got["people (name,role)"][:3] == (1, 1, 3)
    assert got["groups by name loose"].hits == 1
    assert got["groups (name,role)"].hits == 0
    assert (got["name exact"].value, got["name containment"].value) == (0.0, 1.0)
    assert (got["location"].value, got["location loose"].value) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("field", "value", "metric"),
    [
        ("name", "防汛 会议", "name exact"),
        ("location", "北京", "location"),
        ("segments", ["会议 指出", "会议指出", "他强调"], "segments"),
    ],
)
def test_blanks_alternatives_and_beijing_are_the_same(field, value, metric):
    assert figures([gold()], [gold(**{field: value})])[metric].value == 1.0


def test_parts_and_table():
    scores = score([gold(), gold(id="b", scope="national")], {"b": gold(id="b")})
    assert scores["national"]["name exact"].value == 1.0
    assert scores["local"]["name exact"].value == 0.0
    line = table(scores).splitlines()[1]
    assert line.split("  ")[0] == "event detection"
    assert [cell.strip() for cell in line[28:].split(")")] == [
        "1.000/0.500/0.667 (n=2",
        "1.000/1.000/1.000 (n=1",
        "0.000/0.000/0.000 (n=1",
        "",
    ]
    assert plain(scores)["all"]["name exact"] == {"acc": 0.5, "n": 2}


def test_misses_name_the_metrics():
    assert misses(gold(), {"a": gold(directives=2)}) == ["directives exact"]
    assert misses(gold(), {}) == ["event detection"]
    assert misses(gold(is_event=False), {}) == []
