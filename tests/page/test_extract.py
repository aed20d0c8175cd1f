"""Pages to drafts."""

from datetime import UTC, date, datetime

from etl.page import extract
from etl.records import Capture, Draft, Page, Reject


def page(html: str, content_type: str | None = "text/html", url: str = "http://localhost/a.html") -> Page:
    capture = Capture(
        "c",
        "s",
        date(2026, 5, 20),
        url,
        url,
        200,
        (),
        datetime(2026, 5, 21, tzinfo=UTC),
        b"",
        "0",
        content_type,
    )
    return Page(capture, html, None, "utf-8", (), 0)


ARTICLE = """<html><head><title>全市工业经济调度会召开_新河新闻网</title></head><body>
<div class="nav"><a href="/">首页</a><a href="/news">新闻</a></div>
<h1>全市工业经济调度会召开</h1><div class="info">2026-05-20 08:30　来源：新河日报　记者：罗青川</div>
<div class="{name}"><p>5月19日，全市工业经济调度会召开，研究部署下一阶段重点工作。</p>
<p>会议强调，要抓住时机，扩大有效投资，推动项目早开工、早见效。</p></div></body></html>"""


def test_a_page_by_profile_and_by_density():
    for name, layout in (("TRS_Editor", "trs"), ("mystery", "density")):
        draft = extract(page(ARTICLE.replace("{name}", name)))
        assert isinstance(draft, Draft)
        assert draft.text.split("\n") == [
            "5月19日，全市工业经济调度会召开，研究部署下一阶段重点工作。",
            "会议强调，要抓住时机，扩大有效投资，推动项目早开工、早见效。",
        ]
        assert draft.title == "全市工业经济调度会召开"
        assert draft.published_at is not None
        assert draft.published_at.isoformat() == "2026-05-20T08:30:00+08:00"
        assert (draft.published_precision, draft.published_basis) == ("minute", "byline")
        assert (draft.media_source, draft.reporters) == ("新河日报", ("罗青川",))
        assert draft.layout == layout


def test_plain_text_is_taken_as_it_is():
    draft = extract(page("第一段。\r\n\r\n  第二段。\n", "text/plain; charset=utf-8"))
    assert draft == Draft("第一段。\n第二段。", layout="plain-text")


def test_a_page_without_text_is_a_reject():
    reject = extract(page("<html><body><img src=a.png></body></html>"))
    assert isinstance(reject, Reject)
    assert (reject.stage, reject.reason) == ("page", "no-body")


def test_a_notice_with_attached_files_is_no_index_and_numbered_links_are_one():
    def notice(label: str) -> Draft | Reject:
        links = "".join(
            f"<p><a href={n}>{label.format(n)}岗位一览表和报名登记表（第{n}批）</a></p>" for n in range(6)
        )
        text = "<p>现将公开招聘的公告予以发布，请按时报名。</p>"
        return extract(page(f"<h1>关于公开招聘的公告</h1><p>2026-05-20</p><div>{text}{links}</div>"))

    assert isinstance(notice("附件{}："), Draft)
    numbered = notice("{}.")
    assert isinstance(numbered, Reject)
    assert numbered.reason == "index-page"
