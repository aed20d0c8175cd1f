"""Credits, names, times, titles and page numbers from invented lines."""

from datetime import UTC, datetime

import pytest

from etl.page import beside, byline, dates, extract, names, regions, title
from etl.page.meta import Tags
from etl.page.regions import Regions
from etl.page.tree import parse
from etl.records import Draft

LATEST = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "source", "reporters", "photographers", "editors"),
    [
        ("来源：新河日报　记者：罗青川", ["新河日报"], ["罗青川"], [], []),
        ("来源\n新河日报\n|\n作者\n罗青川", ["新河日报"], ["罗青川"], [], []),
        ("本报记者 罗青川 通讯员 车行健 何牧", [], ["罗青川", "车行健", "何牧"], [], []),
        ("新河日报记者 罗青川", ["新河日报"], ["罗青川"], [], []),
        ("文/图 罗青川", [], ["罗青川"], ["罗青川"], []),
        ("（责任编辑：何　雨 HN0001）", [], [], [], ["何雨"]),
        ("【编辑:何雨】", [], [], [], ["何雨"]),
        ("责编|何雨\n校对|卜文", [], [], [], ["何雨"]),
        ("信息来源：市政府办公室 发布日期：2026-05-20 浏览次数：12", ["市政府办公室"], [], [], []),
        ("來(lái)源(yuán)：新河日報　記者(zhě)：羅青川", ["新河日報"], ["羅青川"], [], []),
        ("来源：　作者：佚名　点击：12", [], [], [], []),
        ("（记者 罗青川）今天上午10时，大桥正式通车", [], ["罗青川"], [], []),
        ("作者：104645 编辑 何雨 校对 高望", [], [], [], ["何雨"]),
        ("游客在园中赏花。⑧3车行健 高望 摄", [], [], ["车行健", "高望"], []),
        ("会议现场。新河日报供图", [], [], [], []),
        ("采访大会的外国记者：期待新河发展新蓝图", [], [], [], []),
        ("视频\n|\n民生\n|\n图片", [], [], [], []),
        ("【全媒体记者】罗青川 何牧\n【来源】新河日报", ["新河日报"], ["罗青川", "何牧"], [], []),
    ],
)
def test_labels(text, source, reporters, photographers, editors):
    found = byline.read(text)
    assert found.sources == source
    assert found.reporters == reporters
    assert found.photographers == photographers
    assert found.editors == editors


@pytest.mark.parametrize(
    ("text", "is_credit"),
    [
        ("本文来源：新河日报 责任编辑：何雨_NB0001", True),
        ("（记者 罗青川 通讯员 车行健）", True),
        ("记者从会上获悉，今年将新建公园六处。", False),
        ("编辑部：清溪路一号，欢迎投稿。", False),
    ],
)
def test_lines_of_credits(text, is_credit):
    assert byline.is_credit(text) is is_credit


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("2026年05月20日 08:30\n新河晚报\n缩小字体\n收藏", "新河晚报"),
        ("2026-05-20\n·\n北麓生活报道\n分享到", "北麓生活报道"),
        ("2026-05-20 08:30\n分享到：\n评论", None),
        ("新河晚报 08:30", None),
        ("新河晚报 05-20 08:30", "新河晚报"),
        ("北麓生活圈\n发布时间：05-20\n08:30\n优质原创作者", "北麓生活圈"),
        ("石佳/新河青年报\n2026-05-20 08:30\n字号", "新河青年报"),
        ("新河周刊 | 罗青川 | 2026.05.20", "新河周刊"),
    ],
)
def test_source_beside_the_time(text, source):
    assert beside.read(text).sources == ([source] if source else [])


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("罗青川、何　牧 车行健", ["罗青川", "何牧", "车行健"]),
        ("何雨_NF0001", ["何雨"]),
        ("HN001", ["HN001"]),
        ("阿依古丽·买买提", ["阿依古丽·买买提"]),
        ("admin", []),
        ("李国强王建军", ["李国强", "王建军"]),
    ],
)
def test_names(value, people):
    assert names.people(value) == people


@pytest.mark.parametrize(
    ("text", "at", "precision"),
    [
        ("2026-05-20 08:30:15", "2026-05-20T08:30:15+08:00", "minute"),
        ("2026年5月20日 星期三 下午3:05", "2026-05-20T15:05:00+08:00", "minute"),
        ("2026/5/20", "2026-05-20T00:00:00+08:00", "day"),
        ("更新时间：2026-05-22 10:00 发布时间：2026-05-20", "2026-05-20T00:00:00+08:00", "day"),
        ("2026-05-20T00:30:00Z", "2026-05-20T08:30:00+08:00", "minute"),
        ("2026-05-20T08:30:00+09:00", "2026-05-20T08:30:00+09:00", "minute"),
    ],
)
def test_times(text, at, precision):
    stamp = dates.byline(text, LATEST)
    assert stamp is not None
    assert (stamp.at.isoformat(), stamp.precision) == (at, precision)


@pytest.mark.parametrize("text", ["2026-13-20", "5月20日", "2028-05-20 08:30", "12026-05-200"])
def test_no_times(text):
    assert dates.byline(text, LATEST) is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("http://localhost/html/2026-05/20/content_12.htm", "2026-05-20"),
        ("http://localhost/yw/202605/t20260520_123456.html", "2026-05-20"),
        ("http://localhost/art/2026/5/20/art_12_3456.html", "2026-05-20"),
        ("http://localhost/2026/0520/c1-2.html", "2026-05-20"),
        ("http://localhost/info/1234/56789.htm", None),
        ("http://localhost/a/20261399.html", None),
    ],
)
def test_day_in_the_address(url, day):
    stamp = dates.in_url(url)
    assert (stamp.at.date().isoformat() if stamp else None) == day


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("新河市人民政府办公室 2026年5月20日", "2026-05-20"),
        ("二〇二六年五月二十日", "2026-05-20"),
        ("本条例自2026年5月1日起施行。", None),
        ("有效期至2026年5月1日止", None),
    ],
)
def test_only_a_date_at_the_end_of_a_line_is_its_own(line, day):
    stamp = dates.at_end(line, LATEST)
    assert (stamp.at.date().isoformat() if stamp else None) == day


def test_an_abstract_below_the_headline_is_no_subtitle():
    assert title.beside("陆远出席并讲话", "座谈会召开") == "陆远出席并讲话"
    assert title.beside("座谈会昨日召开，陆远出席会议并讲话。", "座谈会召开") is None


@pytest.mark.parametrize(
    ("html", "headline"),
    [
        (
            "<title>春耕现场会召开_新河新闻网</title><h1>新河新闻网</h1><h2>春耕现场会召开</h2>",
            "春耕现场会召开",
        ),
        ("<title>春耕现场会召开 - 要闻 - 新河市人民政府</title><p>无</p>", "春耕现场会召开"),
        (
            "<title>明日预报--春耕现场会在北麓区召开</title><div class=t-title>春耕现场会在北麓区召开</div>",
            "春耕现场会在北麓区召开",
        ),
        ("<title>新河新闻网</title><h1>春耕现场会在北麓区召开</h1>", "春耕现场会在北麓区召开"),
    ],
)
def test_headlines(html, headline):
    assert title.choose(parse(html), Tags({}, (), None), ()).text == headline


def test_a_headline_cut_off_is_completed_from_a_tag():
    tree = parse("<title>春耕现场会在北麓区召开部署农…_新河</title><h1>春耕现场会在北麓区召开部署农…</h1>")
    tags = Tags({"og:title": "春耕现场会在北麓区召开部署农机调度"}, (), None)
    assert title.choose(tree, tags, ()).text == "春耕现场会在北麓区召开部署农机调度"


@pytest.mark.parametrize(
    ("above", "url", "number"),
    [
        ("2026年5月20日 第A03版：要闻", "", "A03"),
        ("第 1 版", "", "1"),
        ("", "http://x/nw.D110000xhrb_20260520_1-04.htm", "04"),
    ],
)
def test_page_numbers(above, url, number):
    assert regions.page_no(None, Regions(above, "", ""), url) == number


def test_the_questions_of_an_interview_stay_in_the_text(page_of):
    lines = ["记者：这次改造进展如何？", "罗青川：总体顺利，居民也很支持。", "记者：谢谢"]
    html = (
        "<h1>对话罗青川</h1><p>2026-05-20</p><div class=TRS_Editor><p>" + "</p><p>".join(lines) + "</p></div>"
    )
    draft = extract(page_of(html))
    assert isinstance(draft, Draft)
    assert draft.text.split("\n") == lines
    assert draft.reporters == ()
