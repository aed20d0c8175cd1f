"""Layouts put together by chance from what sites do: the article stays whole, nothing else comes with it."""

import random

import pytest

from etl.page import extract
from etl.records import Draft

TITLES = [
    "清溪镇启动河道清淤工程",
    "渡口村的早市开张了",
    "北麓区召开民营企业家座谈会",
    "禾川大桥主桥顺利合龙",
]
TEXTS = [
    ["5月18日，清溪镇启动河道清淤工程，计划用两个月时间清理主河道十一公里，涉及沿线九个村。",
     "镇水管站负责人介绍，清出的淤泥将运往苗圃作底肥，既疏通了河道，又省下了肥料钱。"],
    ["天刚蒙蒙亮，渡口村的早市就热闹起来。卓大婶把自家种的豆角扎好，不到一个钟头就卖了大半。",
     "往年村里的菜要拉到二十里外的县城去卖，来回一趟耽误半天工夫。",
     "“城里人开车来买，图的就是新鲜。”村委会主任卓立说，早市要一直办下去。"],
    ["5月18日下午，北麓区召开民营企业家座谈会，区委书记陆远出席会议并讲话，八位企业负责人发言。",
     "陆远指出，全区上下要把服务企业作为分内之事，做到有求必应、无事不扰。"],
    ["5月19日上午，随着最后一榀钢梁吊装到位，禾川大桥主桥顺利合龙，比计划提前了二十天。"],
]  # fmt: skip
SITES = ["禾川网", "禾川日报", "禾川市人民政府"]


def links(chance, count):
    return "".join(f"<li><a href=/{n}>{chance.choice(TITLES)}</a></li>" for n in range(count))


def behind(chance):
    """Return what stands behind an article: links, abstracts, comments or nothing."""
    heading = chance.choice(["相关新闻", "延伸阅读", "推荐阅读", "热点新闻"])
    foreign = "外地的一篇报道说，当地入夏以来雨水偏多，农技员分片包干下到田头，指导农户排水防涝，保住了收成。"
    talk = "读者留言说，路过的时候看见过，场面热闹得很，希望能一直这样办下去，也希望停车再方便一些。"
    abstracts = "".join(f"<div><h4><a href=/{n}>外地动态之{n}</a></h4><p>{foreign}</p></div>" for n in "一二")
    comments = f"<div><span>读者</span><span>2022-05-20</span><p>{talk}</p></div>" * chance.randint(2, 4)
    return chance.choice(
        [
            "",
            f"<div><div>{heading}</div><ul>{links(chance, 5)}</ul></div>",
            f"<div><h3>{heading}</h3>{abstracts}</div>",
            f"<div><h3>{chance.choice(['网友评论', '最新评论（3）'])}</h3>{comments}</div>",
            f"<div>上一篇：<a href=1>{TITLES[0]}</a><br>下一篇：<a href=2>{TITLES[1]}</a></div>",
        ]
    )


def layout(chance):
    """Return a page and the title and paragraphs of its article."""
    which = chance.randrange(len(TITLES))
    title, text, site = TITLES[which], TEXTS[which], chance.choice(SITES)
    name = chance.choice([f"{title}_{site}", f"{site}-{title}", f"{title} - 要闻 - {site}", title, site])
    shown = chance.choice(
        [
            f"<h1>{title}</h1>",
            f"<h2>{title}</h2>",
            f"<div>{title}</div>",
            f"<div><strong>{title}</strong></div>",
        ]
    )
    shown = f"<h1>{title}</h1>" if name == site else shown  # something has to tell the headline
    byline = chance.choice(
        [
            "<div>2022-05-20 08:30 来源：禾川晚报</div>",
            "<div><b>来源：</b><b>禾川晚报</b> <b>时间：</b><b>2022-05-20 08:30</b></div>",
            "<div>信息来源：禾川晚报　发布时间：2022年05月20日 08:30　【字体：大 中 小】</div>",
            "<div>[2022/05/20 08:30] <a href=x>禾川晚报</a></div>",
        ]
    )
    body = chance.choice(
        [
            "".join(f"<p>　　{line}</p>" for line in text),
            "".join(f"<div>{line}</div>" for line in text),
            "".join(f"<section><p><span>{line}</span></p></section>" for line in text),
            "<br><br>".join(f"　　{line}" for line in text),
            "<table><tr><td>" + "".join(f"<p>{line}</p>" for line in text) + "</td></tr></table>",
        ]
    )
    end = chance.choice(
        ["", "<p>（责任编辑：何雨）</p>", "<p>编辑：何雨</p>", "<p>扫一扫在手机打开当前页</p>"]
    )
    more, inside = behind(chance), chance.random() < 0.5
    article = f"{shown}{byline}<div>{body}{end}{more * inside}</div>{more * (not inside)}"
    menu = " | ".join(f"<a href=/{word}>{word}</a>" for word in ("首页", "视频", "民生", "图片", "文化"))
    side = f"<aside><h2>热门</h2><ul>{links(chance, 6)}</ul></aside>" * chance.randint(0, 1)
    parts = [f"<div>{article}</div>", side]
    chance.shuffle(parts)
    foot = "<div><p>版权所有：禾川网 未经授权不得转载</p></div>"
    return f"<title>{name}</title><body><div>{menu}</div>{''.join(parts)}{foot}", title, text


@pytest.mark.parametrize("seed", range(6))
def test_the_article_is_read_whole_and_alone(page_of, seed):
    chance = random.Random(seed)
    for _ in range(40):
        html, title, text = layout(chance)
        draft = extract(page_of(html))
        assert isinstance(draft, Draft), html
        assert draft.text.split("\n") == text, html
        assert draft.title == title, html
        assert draft.published_at is not None, html
        assert draft.published_at.strftime("%Y-%m-%d %H:%M") == "2022-05-20 08:30", html
        assert draft.media_source == "禾川晚报", html
        assert {*draft.reporters, *draft.photographers, *draft.editors} <= {"何雨"}, html
