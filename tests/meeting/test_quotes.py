"""Attributed statements: the lead-in as printed, the speaker, the words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.meeting import quotes
from etl.meeting.people import Cast, Mention
from etl.meeting.segment import parse
from etl.records import Participant, Span


def read(text, *names):
    mentions = sorted(
        Mention(at, at + len(name), name, (), seq)
        for seq, name in enumerate(names)
        for at in range(len(text))
        if text.startswith(name, at)
    )
    people = tuple(
        Participant(seq, name, Span(0, 0), (), None, "speaker", "", None, 1.0)
        for seq, name in enumerate(names)
    )
    return quotes.read(parse(text), Cast(people, tuple(mentions)))


def leads(text, *names):
    return [quote.cue for quote in read(text, *names) if "lead" in quote.rules]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("会议指出，汛情严峻。", "会议指出"),
        ("市委书记秦朗在讲话中强调，要抓落实。", "秦朗在讲话中强调"),
        ("秦朗院长表示，愿意合作。", "秦朗院长表示"),
        ("秦市长要求：要抓落实。", "秦市长要求"),
        ("他要求各级干部守土尽责。", "他要求"),
        ("会议要求全体党员带头。", "会议要求"),
        ("座谈会上，大家一致认为，报告很好。", "大家一致认为"),
        ("参加培训的学员纷纷表示，收获很大。", "参加培训的学员纷纷表示"),
        ("就下步工作，秦朗要求：一是抓落实。", "秦朗要求"),
        ("听取汇报后，秦朗指出，成绩来之不易。", "秦朗指出"),
        ("“我们有信心。”秦朗说，“请放心。”", "秦朗说"),
        ("主席团会议建议，批准报告。", "主席团会议建议"),
        ("秦朗希望乡亲们日子越过越好。", "秦朗希望"),
        ("同时，会议明确，责任到人。", "会议明确"),
        ("与会专家一致认为，方案可行。", "与会专家一致认为"),
        ("秦董事长表示，项目将如期开工。", "秦董事长表示"),
        ("秦朗、方晓云分别表示，将抓好落实。", "秦朗、方晓云分别表示"),
        ("秦朗强调指出，责任重于泰山。", "秦朗强调指出"),
        ("会议在听取汇报后指出，成绩来之不易。", "会议在听取汇报后指出"),
        ("秦朗充分肯定了公司取得的成绩并强调，要再接再厉。", "秦朗充分肯定了公司取得的成绩并强调"),
        ("县委、县政府要求，全力抢险。", "县委、县政府要求"),
        ("总统阿尔梅达到访。阿尔梅达表示，愿深化合作。", "阿尔梅达表示"),
        ("在座企业代表表示，信心更足了。", "在座企业代表表示"),
    ],
)
def test_a_lead_in_is_the_subject_up_to_the_verb(text, cue):
    assert leads(text, "秦朗") == [cue]


@pytest.mark.parametrize(
    "text",
    [
        "秦朗就近期工作提出三点要求：一是抓落实。",
        "秦朗对大家表示感谢。",
        "秦朗提出明确要求，要抓落实。",
        "秦朗对工作给予肯定，希望再接再厉。",
        "会议听取了汇报，指出成绩来之不易。",
        "秦朗勉励大家努力工作。",
        "秦朗介绍了有关情况。",
        "各部门要按照会议要求，抓好落实。",
        "双方提出了意见建议，气氛热烈。",
        "专家认为，汛情将持续。",
        "《通知》要求，严格管理。",
        "根据省委要求，会议推迟。",
        "党的十九届四中全会指出，要加强治理。",
    ],
)
def test_what_opens_no_lead_in(text):
    assert leads(text, "秦朗") == []


def test_someone_who_did_not_take_part_opens_none():
    text = "总书记强调，要抓落实。"
    cast = Cast((), (Mention(0, 3, "总书记", (), -1),))
    assert quotes.read(parse(text), cast) == ()


def test_one_lead_in_a_sentence_in_order_with_repeats():
    text = "会议指出，他强调，要抓。会议指出，要干。秦朗说，好。"
    assert leads(text, "秦朗") == ["会议指出", "会议指出", "秦朗说"]


def test_a_statement_runs_to_the_next_lead_in_or_narrative():
    found = read("秦朗指出，汛情严峻。要加强值守。会议还研究了其他事项。\n会议强调，要抓落实。", "秦朗")
    assert [quote.text for quote in found] == ["汛情严峻。要加强值守", "要抓落实"]
    assert [quote.speaker_seq for quote in found] == [0, None]


def test_a_pronoun_and_a_surname_are_resolved():
    found = read("市长秦朗到会。他指出，要抓紧。秦市长强调，要抓实。", "秦朗")
    assert [quote.speaker_seq for quote in found] == [0, 0]


def test_direct_and_reported_speech():
    found = read(
        "秦朗说：“请大家放心。”\n“一定办好。”方晓云说。\n方晓云说，“三个到位”很重要。", "秦朗", "方晓云"
    )
    assert [(quote.kind, quote.text) for quote in found] == [
        ("direct", "请大家放心。"),
        ("direct", "一定办好。"),
        ("indirect", "“三个到位”很重要"),
    ]


def test_weaker_verbs_are_statements_but_no_lead_in():
    found = read("秦朗勉励大家努力工作。", "秦朗")
    assert [(quote.cue, quote.text, "lead" in quote.rules) for quote in found] == [
        ("秦朗勉励", "大家努力工作", False)
    ]


PIECES = st.sampled_from(
    [
        "会议强调，",
        "他指出，",
        "秦朗说：",
        "“",
        "”",
        "。",
        "，",
        "；",
        "\n",
        "要抓落实",
        "大家认为",
        "提出要求：",
        "表示",
        "在会上",
        "秦市长要求",
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=30).map("".join))
@settings(deadline=None, max_examples=200)
def test_spans_reproduce_cues_and_texts(text):
    for quote in read(text, "秦朗"):
        assert quote.cue_span.of(text) == quote.cue
        assert quote.span.of(text) == quote.text


@pytest.mark.parametrize("piece", ["会议强调，", "他说，啊。", "“说", "要求", "他在会上说"])
def test_one_endless_line_is_read_in_bounded_time(piece):
    assert read(piece * (300_000 // len(piece))) is not None
