"""Forms of official news and what a reader takes from each: persons, groups, places, types."""

from datetime import UTC, date, datetime

import pytest

from etl.meeting import extract
from etl.records import Article, MeetingReport

PUBLISHED = datetime(2024, 5, 20, tzinfo=UTC)


def read(text: str, title: str | None = None) -> MeetingReport | None:
    found = extract(Article("a", "c", "s", None, "u", title, text, text, published_at=PUBLISHED))
    return found[0] if found else None


def people(report: MeetingReport) -> dict[str, tuple[str, ...]]:
    return {p.name: tuple(t.text for t in p.titles) for p in report.participants}


HELD = "5月16日，全市春耕推进会召开，市长桑榆主持。"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("纪委书记罗胡同对新任科长提出要求。", {"罗胡同": ("纪委书记",)}),
        ("办公室主任石宗更主持下午的会议。", {"石宗更": ("办公室主任",)}),
        ("董事长罗婉与石敬副董事长、柳青总经理等参加。", {"石敬": ("副董事长",), "柳青": ("总经理",)}),
        ("罗婉（大内科主任兼三科主任）、石敬（门诊部书记）分别发言。", {"罗婉": ("大内科主任兼三科主任",)}),
        ("农学院院长罗婉代表教师，农学院学生石敬代表学生先后发言。", {"罗婉": ("农学院院长",)}),
        ("柳青常委建议，抓好水利。罗婉常委提出，抓好种业。", {"柳青": ("常委",), "罗婉": ("常委",)}),
        ("罗国前首相杜兰德，南洲理事会前主席范龙等出席。", {"范龙": ("南洲理事会前主席",)}),
        ("埃及总统塞林出席并致辞。", {"塞林": ("埃及总统",)}),
        (
            "水利局局长李向，农业局局长宋羽等领导参加调研会。",
            {"李向": ("水利局局长",), "宋羽": ("农业局局长",)},
        ),
        ("农学院副院长、教授及科研部部长石敬出席。", {"石敬": ("农学院副院长", "教授", "科研部部长")}),
        (
            "面上项目获得者罗婉教授、石敬副教授和青年项目获得者柳青教授作了汇报。",
            {"柳青": ("青年项目获得者",)},
        ),
        ("罗婉教授、石敬副教授作了汇报。", {"石敬": ("副教授",)}),
        ("云泽电子同业公会理事长石敬参加。", {"石敬": ("云泽电子同业公会理事长",)}),
        ("到访的还有县委副书记石敬，商务局局长罗婉。", {"石敬": ("县委副书记",), "罗婉": ("商务局局长",)}),
        ("安全科罗婉传达了会议精神。", {"罗婉": ()}),
        ("总经理柳青作总结发言。柳总指出，要认真反省。", {"柳青": ("总经理",)}),
        ("县人大常委会副主任人选石敬出席。", {"石敬": ("县人大常委会副主任人选",)}),
        ("委员罗婉、石魏和出席，柳青宣读决定。", {"石魏和": ("委员",)}),
        ("来宾代表云泽市市长石敬先生作了讲话。", {"石敬": ("云泽市市长",)}),
        ("桑榆会见了云泽客人石敬、罗婉一行。", {"石敬": (), "罗婉": ()}),
        ("副主任都文平等出席活动。", {"都文平": ("副主任",)}),
        ("农业局副处级领导石敬参加。", {"石敬": ("农业局副处级领导",)}),
        ("石学学副校长致开幕词。石副校长指出，要加强锻炼。", {"石学学": ("副校长",)}),
        ("柳作舟强调，要加强统筹。校长柳作舟出席会议。", {"柳作舟": ("校长",)}),
        ("合众国议会上院议长石希姆出席并致辞。", {"石希姆": ("合众国议会上院议长",)}),
        ("党校副主任柳青教授作《茶，从山里来》专题报告。", {"柳青": ("党校副主任",)}),
        ("法院院长石敬、检察院检察长罗婉联袂出席。", {"罗婉": ("检察院检察长",)}),
        ("会议结束时柳青董事长作了总结讲话。", {"柳青": ("董事长",)}),
        ("部长石敬、党派处处长罗婉参会。", {"罗婉": ("党派处处长",), "石敬": ("部长",)}),
        ("财务总监罗婉作公司“财务工作报告”。", {"罗婉": ("财务总监",)}),
        ("在沪全国政协委员石敬参加会议。", {"石敬": ("在沪全国政协委员",)}),
        ("县长石念之到会。念之县长指出，要抓好春耕。", {"石念之": ("县长",)}),
        (
            "云泽大学院士，省科学基金会书记、主任，省科协主席石敬致辞。",
            {"石敬": ("云泽大学院士", "省科学基金会书记", "主任", "省科协主席")},
        ),
        ("学部主任罗信和院士、副主任石敬院士出席。", {"罗信和": ("学部主任",), "石敬": ("副主任",)}),
        ("最后县委副书记石敬讲话。", {"石敬": ("县委副书记",)}),
        ("县工作专班石敬、罗婉、柳青青等同志到会。", {"石敬": (), "罗婉": (), "柳青青": ()}),
        ("书记罗婉，副书记石敬，副院长柳青等热情接待了来宾。", {"石敬": ("副书记",), "柳青": ("副院长",)}),
        ("学生部（处）部（处）长柳念青教授参加。", {"柳念青": ("学生部（处）部（处）长",)}),
        ("云泽检测有限公司总经理柳青到会。泽检测公司总经理柳青致辞。", {"柳青": ("云泽检测有限公司总经理",)}),
        ("协会会长石敬参加，董事长柳青与石会长座谈。", {"石敬": ("协会会长",), "柳青": ("董事长",)}),
    ],
)
def test_names_and_offices(text: str, found: dict[str, tuple[str, ...]]) -> None:
    report = read(HELD + text)
    assert report is not None
    assert found.items() <= people(report).items()


def test_function_words_before_a_collective_begin_no_name() -> None:
    report = read(HELD + "桑榆向新同学提出希望。他代表学校，向新同学表示欢迎。")
    assert report is not None
    assert set(people(report)) == {"桑榆"}


def test_a_report_read_out_is_no_report_given() -> None:
    report = read(HELD + "罗婉副院长宣读了关于一起事故的处罚通报。")
    assert report is not None
    assert [p.role for p in report.participants if p.name == "罗婉"] == ["speaker"]


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("全院83名中层干部和全体班子成员参加了会议。", ["中层干部", "全体班子成员"]),
        (
            "区四套班子领导、各处级单位主要领导分别在主、分会场以视频形式参加会议。",
            ["区四套班子领导", "各处级单位"],
        ),
        ("其后，桑榆对新任护士长、班组长表示祝贺。", []),
        ("对新任护士长、班组长提出了明确要求。", []),
        ("规划部（董事会办公室）、南渡新城有关负责人参加。", ["规划部", "南渡新城"]),
        ("各教学单位党政一把手参加。", ["各教学单位"]),
        ("各部门、各院、系负责人参加。", []),
        ("市委书记罗婉等企业家、驻华使节、中外学者等约400人参加。", ["驻华使节", "中外学者"]),
        ("民主党派代表作为来宾列席会议。", ["民主党派代表"]),
        ("市住建局就方案编制作了汇报。", ["市住建局"]),
        ("全院共有200多名护士代表参加。", ["护士代表"]),
        ("专业主任、团委辅导员和20名学生代表参加活动。", ["专业主任", "团委辅导员", "学生代表"]),
        ("乡镇工作专班、村党支部书记等人员参加会议。", ["乡镇工作专班", "村党支部书记"]),
        ("公司45名职工代表参加会议。", ["职工代表"]),
        ("40余位区人大代表，及街道人大工委负责人参加会议。", ["区人大代表", "街道人大工委"]),
        ("全体院领导参加。", ["全体院领导"]),
        ("根据集团党委部署，桑榆主持会议。", []),
        ("各分公司安全分管领导参加。", ["各分公司安全分管领导"]),
        ("出席会议的有校长石敬，各处室、直属单位，各学院负责人。", ["各处室", "直属单位", "各学院"]),
        ("各乡镇负责人悉数到场。", ["各乡镇"]),
        ("桑榆向部分人大代表、政协委员征求意见建议。", ["人大代表", "政协委员"]),
        ("宣传组、联络组和“茶业论坛”组的负责人分别介绍了情况。", ["宣传组", "联络组", "“茶业论坛”组"]),
        ("教务处、督导团、报告秘书组全体人员参会。", ["教务处", "督导团", "报告秘书组"]),
        ("集团所属各企业及集团各职能部门负责人参加。", ["集团所属各企业", "集团各职能部门"]),
        ("集团高层及职工代表180余人参加会议。", ["集团高层", "职工代表"]),
        ("招生处（对外办公室）、科学研究院（筹）等建设单位负责人参加。", ["招生处", "科学研究院（筹）"]),
        ("听取了市政协各委室2021年工作情况的汇报。", ["市政协各委室"]),
        ("各分管（联系）领导就重点项目进行汇报。", ["各分管（联系）领导"]),
        ("文学院、农学院共2个学院的主要负责同志进行工作汇报。", ["文学院", "农学院"]),
        ("校领导班子成员出席会议。", ["校领导班子成员"]),
        ("桑榆参加南渡区代表团审议。", ["南渡区代表团"]),
        ("物理学院部分教师参加。", ["物理学院"]),
        ("市委、市人大、市总工会等领导出席。", ["市委", "市人大", "市总工会"]),
        ("会议听取了各代表团对法院工作报告审议情况的汇报。", ["各代表团"]),
        ("县人大常委会相关工委委员在审议相关议题时列席会议。", ["县人大常委会相关工委委员"]),
        ("会议还邀请部分乡镇人大主席列席会议。", ["乡镇人大主席"]),
        ("老干部列席组组长参加。", ["老干部列席组组长"]),
    ],
)
def test_groups(text: str, groups: list[str]) -> None:
    report = read(HELD + text)
    assert report is not None
    assert [group.name for group in report.groups] == groups


def test_a_party_is_read_in_whose_company_it_goes() -> None:
    report = read("5月16日，市教育局工作检查组一行在石敬校长的陪同下，赴中心小学检查指导工作。")
    assert report is not None
    assert [group.name for group in report.groups] == ["市教育局工作检查组"]
    assert set(people(report)) == {"石敬"}


def test_who_only_listens_takes_part() -> None:
    report = read(HELD + "副市长罗婉听取各民主党派、工商联对报告的意见和建议。")
    assert report is not None
    assert [p.role for p in report.participants if p.name == "罗婉"] == ["attendee"]


def test_what_is_put_forward_without_a_statement_makes_no_speaker() -> None:
    report = read(HELD + "副市长罗婉围绕工作，明确下一步思路，提出预期效果，作了详细汇报。")
    assert report is not None
    assert [p.role for p in report.participants if p.name == "罗婉"] == ["presenter"]
    report = read(HELD + "桑榆强调，要用省委书记石敬提出的四个“看一看”来审视认识。")
    assert report is not None
    assert set(people(report)) == {"桑榆"}


def test_a_preposition_behind_a_label_begins_no_name() -> None:
    report = read(HELD + "她代表学院党政班子向运动会的召开致以热烈的祝贺。")
    assert report is not None
    assert set(people(report)) == {"桑榆"}


def test_those_met_may_fill_two_clauses() -> None:
    report = read("5月16日，董事长罗婉会晤了市委书记石敬，市委副书记、市长柳青等市领导。石敬表示欢迎。")
    assert report is not None
    assert people(report)["柳青"] == ("市委副书记", "市长")
    report = read("5月16日，董事长罗婉拜访省政协副主席石敬，双方举行会谈。")
    assert report is not None
    assert people(report)["石敬"] == ("省政协副主席",)


def test_who_is_spoken_to_is_only_described() -> None:
    report = read(HELD + "副书记罗婉向参加座谈会的企业代表表示欢迎。她指出，要深化合作。")
    assert report is not None
    assert [p.role for p in report.participants if p.name == "罗婉"] == ["speaker"]
    assert [p.role for p in report.participants if p.name == "桑榆"] == ["chair"]


def test_captions_on_lines_of_their_own_tell_roles() -> None:
    report = read(HELD + "\n书记罗婉讲话\n校长石敬讲话")
    assert report is not None
    assert {p.name for p in report.participants if p.role == "speaker"} == {"罗婉", "石敬"}


def test_a_chief_executive_demands() -> None:
    report = read(HELD + "总经理柳青作总结。柳总要求，要以此为契机。")
    assert report is not None
    assert [quote.cue for quote in report.quotes] == ["柳总要求"]


def test_work_is_not_an_act() -> None:
    report = read("5月16日，云泽集团董事长石敬一行来集团公司进行工作交流座谈。会议由罗婉董事长主持。")
    assert report is not None
    assert [p.role for p in report.participants if p.name == "石敬"] == ["attendee"]


def test_two_sides_sign() -> None:
    report = read("5月16日，云谷科技与南渡区政府签署合作协议。区长罗婉、云谷科技总裁石敬等出席签约。")
    assert report is not None
    assert report.event_type == "ceremony"
    assert [group.name for group in report.groups] == ["云谷科技", "南渡区政府"]
    assert set(people(report)) == {"罗婉", "石敬"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("5月16日，全市春耕推进会召开，市长罗婉讲话。会议在云泽宾馆举行。", "云泽宾馆"),
        ("5月16日，我校新生典礼分别在湖光广场和海滨操场隆重举行，校长罗婉致辞。", "湖光广场和海滨操场"),
        ("5月16日上午，市长罗婉在市行政中心亲切会见了云泽集团总经理石敬一行。", "市行政中心"),
        (
            "5月16日，副会长石敬一行来校调研。学校在行健楼B401会议室召开座谈会，校长罗婉讲话。",
            "行健楼B401会议室",
        ),
        ("5月16日，全市普查动员会召开。副市长罗婉在南渡分会场参会并发言。", "南渡分会场"),
        ("5月16日晚，文学讲坛在莲湖校区214教室开讲，院长罗婉主持。", "莲湖校区214教室"),
        ("5月16日，教科文组织第42届大会通过决议，决定在云泽市设立研究所，会长罗婉主持。", None),
    ],
)
def test_the_place_is_the_one_of_the_event(text: str, place: str | None) -> None:
    report = read(text)
    assert report is not None
    assert report.location_name == place


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("五月十六日", date(2024, 5, 16)),
        ("二〇二三年十二月三十一日", date(2023, 12, 31)),
        ("今天（5月16日）", date(2024, 5, 16)),
    ],
)
def test_days_in_chinese_numerals_and_in_brackets(printed: str, day: date) -> None:
    report = read(f"{printed}，全市春耕推进会召开，市长罗婉主持。")
    assert report is not None
    assert report.start_date == day


def test_the_day_may_open_the_next_sentence() -> None:
    text = "市人大常委会组织代表走进法院集中视察。5月16日下午，40余位市人大代表，及各区人大负责人参加了视察。"
    report = read(text, "市人大常委会组织代表视察")
    assert report is not None
    assert report.start_date == date(2024, 5, 16)


def test_a_byline_before_the_subject_is_no_part_of_the_cue() -> None:
    report = read("记者 石敬 会议要求，要抓好春耕。5月16日，全市春耕推进会召开，市长桑榆主持。")
    assert report is not None
    assert [quote.cue for quote in report.quotes] == ["会议要求"]


def test_a_day_on_which_it_was_held_stands_beside_a_vague_word() -> None:
    report = read("连日来，事故多发，公司于5月16日上午在总部召开紧急安全会议，经理罗婉主持。")
    assert report is not None
    assert report.start_date == date(2024, 5, 16)


def test_the_date_of_a_dateline_is_that_of_the_news() -> None:
    report = read("云泽新闻5月18日讯（记者 石敬）5月16日上午，全市春耕推进会召开，市长罗婉主持。")
    assert report is not None
    assert report.start_date == date(2024, 5, 16)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "5月16日，主席罗婉向世界茶业论坛发表书面致辞。罗婉指出，要加强合作。",
            "罗婉向世界茶业论坛发表书面致辞",
        ),
        ("5月16日晚，主席罗婉结束出席南洲峰会返回云泽。", "罗婉结束出席南洲峰会"),
        ("5月16日，云泽市举行运动会全要素演练，市长罗婉观看。", "云泽举行演练"),
        ("多国人士热切期待罗婉主席出席将举行的南洲峰会。他们表示，意义重大。", "各界热切期待南洲峰会"),
        ("距全市运动会开幕还有15天。市长罗婉检查了筹备情况。", "运动会准备就绪"),
        ("2023年10月，市纪委书记罗婉带队反馈了巡察意见，提出了建议。", "关于巡察整改情况的通报"),
        ("系列报道《春耕启示》，今天播出第三集。1991年，罗婉立即召开现场办公会，要求解决。", "春耕启示"),
    ],
)
def test_letters_returns_rehearsals_and_features_report_no_meeting(text: str, title: str) -> None:
    report = read(text, title)
    assert report is None or report.event_type == "inspection"


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        (
            "5月16日，茶业协会石敬会长一行3人到集团公司调研，农业局局长罗婉等参加调研会。",
            "inspection",
            None,
        ),
        ("5月16日，监察室主任石敬一行莅临云泽一小检查工作。检查组还召开了教师座谈会。", "inspection", None),
        ("5月16日，市长罗婉会见了石敬率领的代表团。代表团此行是参加茶业洽谈会的。", "talks", None),
        (
            "5月16日，党支部召开组织生活会暨民主评议活动，书记石敬主持。",
            "meeting",
            "组织生活会暨民主评议活动",
        ),
        ("5月16日，主席罗婉同来云泽出席南洲合作峰会的某国总统哈林共同见证签署合作备忘录。", "ceremony", None),
        ("5月16日，主席罗婉举行宴会，欢迎来云泽出席运动会开幕式的国际贵宾。", "ceremony", None),
    ],
)
def test_what_is_only_attended_by_the_way_is_not_the_event(text: str, kind: str, name: str | None) -> None:
    report = read(text)
    assert report is not None
    assert (report.event_type, report.name) == (kind, name)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "5月16日，区长罗婉来到经济界联组参加分组讨论，听取委员意见。罗婉强调，要加快发展。",
            "罗婉参加分组讨论",
        ),
        ("5月16日，区委书记罗婉专题研究项目工作。她强调，要加快。区长石敬参加。", "罗婉专题研究重点项目"),
    ],
)
def test_sittings_without_a_name_are_meetings(text: str, title: str) -> None:
    report = read(text, title)
    assert report is not None
    assert (report.event_type, report.name) == ("meeting", None)
    assert "罗婉" in people(report)
