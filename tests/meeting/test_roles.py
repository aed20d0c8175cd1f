import pytest

from etl.meeting import actors, find, groups, lexer, roles, segment


def acts(text: str) -> dict[str, set[str]]:
    """Return name -> roles, weak ones in brackets, of persons and groups."""
    parsed, tokens = segment.parse(text), lexer.scan(text)
    phrases = actors.read(text, find.find(parsed, tokens), tokens)
    found: dict[str, set[str]] = {}
    for part in roles.read(parsed, phrases, tokens):
        name = phrases[part.actor].name if part.group is None else text[part.group.start : part.group.end]
        found.setdefault(name, set()).add(f"({part.role})" if part.weak else part.role)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("会议由副院长汪立阳主持。", {"汪立阳": {"chair"}}),
        ("市长何建平主持会议并讲话。", {"何建平": {"chair", "speaker"}}),
        ("市委书记周海，市长何建平在会上分别讲话。", {"周海": {"speaker"}, "何建平": {"speaker"}}),
        ("副市长何丽主持会议。她指出，要抓好落实。", {"何丽": {"chair", "speaker"}}),
        ("副县长甘雨在镇长石磊陪同下来到东坝村调研。", {"甘雨": {"(attendee)"}, "石磊": {"(attendee)"}}),
        ("会议听取了审计局局长罗敏作的关于预算执行情况的报告。", {"罗敏": {"speaker"}}),
        ("市委书记周海作出批示，市长何建平出席会议。", {"何建平": {"attendee"}}),
        ("受主任赵明委托，副主任钱进主持会议。", {"钱进": {"chair"}}),
        ("与会人员学习了张桂芳同志的先进事迹。", {}),
        ("出席会议的有：市教育局局长方正平、副局长韦兰。", {"方正平": {"attendee"}, "韦兰": {"attendee"}}),
        ("住建局邀请党校副校长胡瑞林作了题为《学习》的专题报告。", {"胡瑞林": {"speaker"}}),
        ("何丽代表市政府就条例草案作了说明。", {"何丽": {"presenter"}}),
    ],
)
def test_roles_come_from_verbs_and_from_how_a_person_stands_to_them(
    text: str, expected: dict[str, set[str]]
) -> None:
    assert acts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "市水利局、应急管理局和东川区、南岭县政府负责同志",
            ["市水利局", "应急管理局", "东川区", "南岭县政府"],
        ),
        ("工业和信息化部、财政部等有关部门主要负责同志", ["工业和信息化部", "财政部"]),
        ("局机关全体干部职工、基层站所代表", ["局机关全体干部职工", "基层站所代表"]),
        ("有关部门负责人", []),
        ("全市上下要抓好落实", []),
    ],
)
def test_groups_are_split_and_carry_their_shared_head(text: str, expected: list[str]) -> None:
    assert [text[g.start : g.end] for g in groups.read(text, 0, len(text))] == expected
