"""Rules that hold for whole classes of words, each on sentences of its own."""

import pytest

from etl.meeting import extract, groups, names, where
from etl.records import Article, MeetingReport


def read(text: str, title: str = "") -> MeetingReport | None:
    found = extract(Article("a", "c", "s", None, "u", title, text, text))
    return found[0] if found else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("4月2日，医院召开护理晨会，护理部主任罗婉主持。", "护理晨会"),
        ("4月2日，镇里召开信访交办会，镇长罗婉主持。", "信访交办会"),
        ("公司第二次临时股东会4月2日在总部举行，董事长罗婉主持。", "公司第二次临时股东会"),
        ("4月2日，局党组开展第三次集体学习会，局长罗婉主持。", "第三次集体学习会"),
        ("4月2日，罗婉教授为师生作了题为“茶与海”的学术讲座。院长石敬主持。", "“茶与海”的学术讲座"),
        ("4月2日，市长罗婉出席云泽湖龙舟博览会开幕式并致辞。", "云泽湖龙舟博览会开幕式"),
        ("日前召开的市政协第三次主席会议，审议通过了关于召开第五次全体会议的决定。", "市政协第三次主席会议"),
        ("市文联第二次代表大会在完成各项议程后，于4月2日在云泽宾馆闭幕，罗婉主持。", "市文联第二次代表大会"),
        ("本报讯（记者 石敬）云泽市委第八届三次全会4月2日举行。市委书记罗婉讲话。", "云泽市委第八届三次全会"),
    ],
)
def test_any_word_that_can_name_a_meeting_does(text: str, name: str) -> None:
    report = read(text)
    assert report is not None
    assert report.name == name


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "云泽新开工公租房两千套",
            "记者从市住建局获悉，今年全市新开工公租房两千套。局长罗婉表示，将加快建设。",
        ),
        ("茶业协会上半年增收", "今年上半年，云泽市茶业协会会员增收一成，社会各界踊跃购茶。"),
        ("市两会拟于三月召开", "市十届人大二次会议拟于3月召开。市长罗婉将作报告。"),
    ],
)
def test_news_associations_and_plans_are_no_meetings(title: str, text: str) -> None:
    assert read(text, title) is None


MINUTES = (
    "时间：2023年4月2日上午9:00\n地点：科研楼三楼会议室\n主持人：院长罗婉\n"
    "参会人员：副院长石敬、柳成，科研处负责人\n记录人：苗青\n会议研究了职称评审工作。"
)


def test_minutes_are_read_by_their_labels() -> None:
    report = read(MINUTES, "院务会纪要（第4期）")
    assert report is not None
    assert (report.event_type, report.name, report.part_of_day) == ("meeting", "院务会", "上午")
    assert report.location_name == "科研楼三楼会议室"
    assert {(p.name, p.role) for p in report.participants} == {
        ("罗婉", "chair"),
        ("石敬", "attendee"),
        ("柳成", "attendee"),
    }
    assert [group.name for group in report.groups] == ["科研处"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("罗世明严肃指出，", "罗世明"),
        ("罗婉激动地说", "罗婉"),
        ("罗婉演示了模型", "罗婉"),
        ("罗永强关于选址的说明", "罗永强"),
        ("罗婉作2022年财务报告", "罗婉"),
        ("罗文同出席仪式。", "罗文同"),
        ("卓玛次仁、", "卓玛次仁"),
        ("哈斯额尔敦主持", "哈斯额尔敦"),
        ("罗方可和柳成等", "罗方可"),
    ],
)
def test_a_name_ends_before_any_predicate(text: str, name: str) -> None:
    found = names.at(text, 0, abroad=True, titled=True)
    assert found is not None
    assert text[: found.end] == name


def test_a_place_before_an_office_is_no_name() -> None:
    assert names.at("青山县县长罗婉", 0, titled=True, listed=True) is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("会议在新城会展中心召开", "新城会展中心"),
        ("会议在外科楼二楼报告厅以视频方式召开", "外科楼二楼报告厅"),
        ("国家副主席高正在云泽会见外宾", "云泽"),
        ("会议正在召开", None),
    ],
)
def test_a_place_may_begin_with_any_character(text: str, place: str | None) -> None:
    span = where.read(text, 0, len(text), "meeting")
    assert (span.of(text) if span else None) == place


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("全体干部职工", ["全体干部职工"]),
        ("各中队负责人、门诊科室主任及护士长", ["各中队", "门诊科室主任", "护士长"]),
        ("来自云泽、青山两地的茶企代表、采购商400余人", ["茶企代表", "采购商"]),
        ("云泽日报、市电视台等10余家媒体", ["云泽日报", "市电视台"]),
        ("各镇（街道）分管领导", ["各镇（街道）"]),
        ("双方相关部门负责人", []),
        ("与会同志", []),
    ],
)
def test_groups_of_every_kind_of_list(text: str, found: list[str]) -> None:
    assert [text[named.start : named.end] for named in groups.read(text, 0, len(text))] == found


def test_clauses_of_a_list_of_groups_are_read_each() -> None:
    report = read(
        "4月2日，县人大常委会举行第二次会议，主任罗婉主持。县政府、县法院负责人，各乡镇人大主席，县人大代表列席会议。"
    )
    assert report is not None
    assert [group.name for group in report.groups][:3] == ["县政府", "县法院", "各乡镇人大主席"]


def test_reports_heard_one_after_another_are_read() -> None:
    report = read(
        "市人大常委会4月2日举行会议，主任罗婉主持。会议听取了法制委主任石敬作的关于条例草案审议结果的报告，"
        "市数据局局长柳成分别作的关于数据共享情况的汇报。"
    )
    assert report is not None
    roles = {(p.name, p.role) for p in report.participants}
    assert {("石敬", "speaker"), ("柳成", "presenter")} <= roles
    assert [t.text for p in report.participants if p.name == "柳成" for t in p.titles] == ["市数据局局长"]


def test_who_is_led_takes_part_and_who_is_visited_too() -> None:
    report = read(
        "4月2日，局长罗婉率规划处、公路处负责人，深入青山、白石等服务区，就服务质量开展调研。罗婉来到困难职工石敬家中看望。",
        "罗婉调研服务区",
    )
    assert report is not None
    assert report.location_name == "青山、白石等服务区"
    assert [group.name for group in report.groups] == ["规划处", "公路处"]
    assert "石敬" in {p.name for p in report.participants}
