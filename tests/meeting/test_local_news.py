"""What county papers write: organs in lists, guests, delegates; each form beside one that it must not be."""

import pytest

from etl.meeting import extract
from etl.records import Article, MeetingReport

HELD = "4月2日，县里召开防汛工作会议，县长桑榆主持。"


def read(text: str, title: str = "") -> MeetingReport | None:
    found = extract(Article("a", "c", "s", None, "u", title, text, text))
    return found[0] if found else None


def report(text: str) -> MeetingReport:
    found = read(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("县住建局、县水利局2家部门和云泽建工、桂湾水务2家企业作了发言。", ["县住建局", "县水利局"]),
        ("云泽县3家企业作交流发言。", []),
        ("县直有关单位、各乡镇和重点企业主要负责人参加。", ["县直有关单位", "各乡镇", "重点企业"]),
        ("云溪镇、石坝乡、县水利局依次作交流发言。", ["云溪镇", "石坝乡", "县水利局"]),
        ("县文联负责人和新闻工作者列席会议。", ["县文联", "新闻工作者"]),
        ("部分企业代表就防汛提出建议。", ["企业代表"]),
        ("有关企业负责人参加会议。", []),
        ("职能部门负责人、县水利局参加会议。", ["职能部门", "县水利局"]),
        ("组织人事部门负责人、县水利局参加会议。", ["组织人事部门", "县水利局"]),
        ("云泽县相关部门及企业代表负责人参加会议。", ["云泽县相关部门"]),
        (
            "会议听取审议了县政府关于堤防的报告、农工委关于水库的调研报告。",
            ["县政府", "农工委"],
        ),
        ("会议听取了县政府关于堤防的报告、关于水库的报告。", ["县政府"]),
        ("桑榆与县水利局、云溪管委会进行了座谈。", ["县水利局", "云溪管委会"]),
        ("桑榆与基层干部和种粮农户座谈。", []),
        ("在县委值班室和云溪派出所，桑榆表示感谢。", []),
        ("相关县领导和部门负责同志参加会议。", []),
        ("防汛联席会议成员单位和3个街道有关负责人参加。", ["防汛联席会议成员单位"]),
        ("该镇班子成员、各村书记、主任、民政专干参加。", ["该镇班子成员", "各村书记", "民政专干"]),
        ("县文联及其基层支部负责人、调研处相关人员参与调研。", ["县文联", "基层支部", "调研处"]),
        ("参加会议的有各村干部、县水利局负责人。", ["各村干部", "县水利局"]),
        ("参与此次会议还有县水利局、云溪镇等。", ["县水利局", "云溪镇"]),
        ("各村监督委员会成员、县水利局负责人参加会议。", ["各村监督委员会成员", "县水利局"]),
        ("县委组织部负责人召开会议。", []),
        ("会议要求，要组织老干部、县水利局召开座谈会。", []),
        ("两院部分院领导、县水利局负责人参加。", ["两院部分院领导", "县水利局"]),
        ("一是县水利局、云溪镇交流发言。", ["县水利局", "云溪镇"]),
        ("会议听取了县台办、县水利局的情况介绍。", ["县台办", "县水利局"]),
        ("云溪镇、石坝镇作了防汛经验交流。", ["云溪镇", "石坝镇"]),
    ],
)
def test_groups_of_a_list(text: str, groups: list[str]) -> None:
    found = [group.name for group in report(HELD + text).groups]
    assert found[: len(groups)] == groups
    assert groups or not found


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("县处级领导罗婉、石敬参加。", {"罗婉": (), "石敬": ()}),
        ("高镇、石川、罗婉出席会议。", {"高镇": (), "石川": (), "罗婉": ()}),
        ("云溪镇、石坝乡作交流发言。", {}),
        ("副主席丌大友、罗婉、石敬出席会议。", {"丌大友": ("副主席",), "石敬": ("副主席",)}),
        ("领导嘉宾、罗婉、石敬出席会议。", {"罗婉": (), "石敬": ()}),
        ("桑榆还与青年画家罗婉、石敬座谈。", {"罗婉": ("青年画家",), "石敬": ("青年画家",)}),
        ("桑榆传达了讲话，并与罗婉、石敬等企业家代表展开了深入交流。", {"罗婉": (), "石敬": ()}),
        ("会上印发了桑榆与罗婉的交流材料。", {}),
        ("镇长赵立中在会上提出要求。", {"赵立中": ("镇长",)}),
        ("镇长罗婉中途到会。", {"罗婉": ("镇长",)}),
        ("县水利局局长罗婉以及全体教师代表参加会议。", {"罗婉": ("县水利局局长",)}),
        ("罗婉校长向大会作工作报告。", {"罗婉": ("校长",)}),
        ("罗婉、石敬副主委参加会议。", {"石敬": ("副主委",)}),
        ("（县检察院通讯员罗婉）为深入贯彻会议精神，各单位行动起来。", {}),
        ("本次大会执行主席罗婉、石敬在主席台前排就坐。", {"罗婉": ("大会执行主席",)}),
        ("区委副书记孟茂有主持会议。", {"孟茂有": ("区委副书记",)}),
        ("罗婉、石敬一同参加会议。", {"罗婉": (), "石敬": ()}),
    ],
)
def test_persons_of_a_list(text: str, people: dict[str, tuple[str, ...]]) -> None:
    found = {p.name: tuple(t.text for t in p.titles) for p in report(HELD + text).participants}
    assert people.items() <= found.items()
    assert people or set(found) == {"桑榆"}


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (
            "4月2日，县长罗婉会见中云建设总裁石敬一行。",
            {"罗婉": ("县长",), "石敬": ("中云建设总裁",)},
        ),
        (
            "4月2日，县长罗婉会见云泽集团党委委员、总裁，桂湾公司董事长石敬。",
            {"罗婉": ("县长",), "石敬": ("云泽集团党委委员", "总裁", "桂湾公司董事长")},
        ),
        (
            "4月2日，县长罗婉在云泽宾馆与桂湾公司董事长石敬一行座谈。",
            {"罗婉": ("县长",), "石敬": ("桂湾公司董事长",)},
        ),
        (
            "4月2日，县长罗婉会见总裁石敬。会见中，双方谈了合作。",
            {"罗婉": ("县长",), "石敬": ("总裁",)},
        ),
    ],
)
def test_guests_and_their_offices(text: str, people: dict[str, tuple[str, ...]]) -> None:
    found = report(text)
    assert found.event_type == "talks"
    assert {p.name: tuple(t.text for t in p.titles) for p in found.participants} == people


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("主任罗婉首先传达了讲话，成立了防汛小组，对值守提出详细要求：守住堤。", {"speaker", "presenter"}),
        ("副县长罗婉就水库检查进行了安排部署。", {"speaker"}),
        ("副县长罗婉就水库管护作了具体安排。", {"speaker"}),
        ("副县长罗婉对各局述职情况进行了点评。", {"speaker"}),
    ],
)
def test_roles(text: str, roles: set[str]) -> None:
    assert {p.role for p in report(HELD + text).participants if p.name == "罗婉"} == roles


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("4月2日，云泽县召开2019年度第一次信访联席会议，县长罗婉主持。", "2019年度第一次信访联席会议"),
        ("4月2日，县政协召开六届四次会议各讨论组组长会议，罗婉主持。", "六届四次会议各讨论组组长会议"),
        ("4月2日，信访工作联席会议召开第四季度例会，罗婉主持。", "第四季度例会"),
        ("4月2日，县里召开信访联席会议全体（扩大）会议，罗婉主持。", "信访联席会议全体（扩大）会议"),
        ("4月2日，县里召开两会期间信访工作会议，罗婉主持。", "两会期间信访工作会议"),
        ("4月2日，云泽与桂湾友好交流活动举行，县长罗婉致辞。", "云泽与桂湾友好交流活动"),
        ("4月2日，县委巡察组反馈了巡察情况。县长罗婉主持会议并讲话。", None),
        ("4月2日，院长罗婉参加市政协组织的党派座谈会。", "党派座谈会"),
        ("4月2日，院长罗婉参加在县检察院召开的法检联席会议。", "法检联席会议"),
        ("4月2日，作为文化活动之一的云泽文旅推介会在桂湾举行，罗婉致辞。", "云泽文旅推介会"),
        ("4月2日，由县医学会主办，县医院协办的云泽外科论坛召开，罗婉致辞。", "云泽外科论坛"),
        ("4月2日，集团2023年终总结大会在总部召开，罗婉主持。", "集团2023年终总结大会"),
        ("4月2日，医院召开“护理质量提升动员大会”。院长罗婉主持。", "护理质量提升动员大会"),
        ("4月2日，医院召开“护理质量提升”动员大会。院长罗婉主持。", "“护理质量提升”动员大会"),
    ],
)
def test_names_of_meetings(text: str, name: str | None) -> None:
    assert report(text).name == name


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("4月2日，在收听收看全市防汛会议后，县里召开防汛会议，县长罗婉主持。", None),
        ("4月2日，县长罗婉在桂湾拜访云泽集团董事长石敬。", "桂湾"),
        ("4月2日，副县长罗婉赴内蒙古考察。", "内蒙古"),
        ("4月2日，县长罗婉到公交公司亲切慰问职工。", "公交公司"),
        ("4月2日，县长罗婉前往集中办公区看望慰问值守人员。", "集中办公区"),
        ("4月2日，结业仪式通过视频方式在云泽、桂湾两地党校同时举行，罗婉出席。", "云泽、桂湾两地党校"),
        (HELD * 4 + "副县长罗婉在云泽分会场参加收看收听。", "云泽分会场"),
    ],
)
def test_places(text: str, place: str | None) -> None:
    assert report(text).location_name == place


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("调研组希望云泽县守住堤防。", ["调研组希望"]),
        ("进修学员罗婉发言时说，要守住堤防。", ["罗婉发言时说"]),
        ("罗婉主委强调防汛是大事。", ["罗婉主委强调"]),
        ("他指出两个堤防有险情。", ["他指出"]),
        ("在发言中她强调，要守住堤防。", ["她强调"]),
        ("会议酝酿了提案审查委员会建议名单。", []),
    ],
)
def test_lead_ins(text: str, cues: list[str]) -> None:
    assert [quote.cue for quote in report(HELD + text).quotes] == cues


def test_a_survey_of_delegates_is_an_event() -> None:
    survey = read("4月2日，云溪镇人大组织市、镇人大代表开展会前集中视察活动。", "云溪镇人大开展会前视察")
    assert survey is not None
    assert survey.event_type == "inspection"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("会议管理制度内容", "本制度规定了会议的召开条件。党组会议由书记主持，研究重大决策。"),
        ("", "县长办公会议根据需要不定期召开，由县长主持，副县长参加会议。专题会议由副县长召开。"),
        ("", "为做好人大工作，制定本办法。主席团每年至少召开两次会议，由主席主持。"),
        ("", "第12章 下乡调研\n罗婉在县委书记石敬陪同下前往云溪镇开展调研。石敬上前介绍情况。"),
        (
            "关于召开防汛工作会的通知",
            "决定召开防汛工作会，安排如下：\n一、会议时间：8月13日\n二、会议地点：县政府\n三、参会人员：水利局局长",
        ),
        ("", "罗婉连忙拿起话筒说道：“今天，石县长来出席座谈会。”石敬在会议上指出，要守住堤防。"),
        ("", "近年来，云泽县发展茶产业，先后召开茶产业推进会12次，农民增收。"),
    ],
)
def test_rules_of_meetings_novels_and_counts_are_no_events(title: str, text: str) -> None:
    assert read(text, title) is None


def test_a_meeting_that_is_called_for_work_is_no_ceremony() -> None:
    found = read("4月2日，县法检工作交流会商会在县检察院召开，检察长罗婉参加。", "县法检召开工作交流会商会")
    assert found is not None
    assert found.event_type == "meeting"


def test_a_meeting_that_orders_regular_meetings_is_one() -> None:
    text = "4月2日，县里召开防汛会议，县长罗婉主持。会议要求，指挥部每月至少召开一次会议。"
    assert read(text) is not None
