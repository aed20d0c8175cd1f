"""Credits printed near the title and at the foot: media source, reporters, photographers, editors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import zip_longest

from etl.lexicon import tables
from etl.page import dates, names

_STOP = re.compile(
    r"[|｜\n]|\s{3,}|[【〖\[]|(?:字体|字号|浏览|阅读|点击|打印|分享|收藏|评论|关闭|时间|日期|发表于|发布于|大\s*中\s*小|"
    r"我要|举报|更新|扫一扫|访问|人气|热度|\d+\s*次|责任|编号|版权|转载|查看|繁体|手机|微信|听新闻|语音)|"
    r"(?:19|20)\d\d\s?[-/.年]"
)
_SENTENCE = re.compile("[。！？；]")
_GLOSS = re.compile(r"[(（]\s*[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}\s*[)）]")
_MEDIA = re.compile(
    r"[\u3400-\u9fffA-Za-z0-9·《》\-]{1,20}(?:日报|日報|晚報|時報|晚报|时报|早报|晨报|商报|周报|学报|新报|快报|都市报|导报|青年报|[^汇举申海播预通回填]报|"
    r"新华社|通讯社|中新社|杂志|周刊|月刊|期刊|[^请]刊|网|在线|电视台|广播电台|广电|电台|客户端|融媒体?(?:中心)?|传媒|频道|新闻|"
    r"发布|资讯|财经|科技|卫视|公众号|头条|号|办公室|委员会|人民政府|宣传部|[^一二三四五六七八九十]局|[^一二三]厅|中心|之家|观察|社)"
)
_PLAIN = re.compile(r"[\u3400-\u9fffA-Za-z0-9·《》&+\-—（）()]{2,20}")
_CRUMBS = re.compile(
    r"首页|正文|举报|分享|收藏|打印|字号|字体|评论|阅读|浏览|点击|次数|来源|作者|编辑|记者|关注|订阅|下载|微信|微博|朋友圈|空间|"
    r"原创|发布时间|发布日期|更新|时间|日期|星期|版权|大家|我要|我有话说|查看|参与|扫|听|放大|缩小|恢复|默认|繁|简|语音|导航|"
    r"当前|位置|返回|上一|下一|登录|注册|搜索|客户端下载|手机看|转发|推荐|标签|关键词|公开|索引号|主题|专题|频道页|栏目|更多|全文|"
    r"^[大中小大号]+$|^\d+$|^[A-Za-z+\-]{1,3}$|优质|认证|作者$|会员"
)


_EDITOR = re.compile(
    r"[\s\u3000(（\[【]*(?:[\u3400-\u9fff]{0,4}(?:编辑|責編|编審|責任編輯|編輯)|责编|本文责编|校对|审核|审校)\s*[:：|丨︱｜/／]"
)
_LEAD = re.compile(r"^(?:本报|本网|本台|实习|见习)?(?:记者|記者|通讯员|通訊員|作者|文)\s*[:：/／]?\s*")
_PAPER = re.compile(r"《([^《》]{2,12}[报報])》\s?[（(]\s?(?:19|20)\d\d")
_POST = re.compile("记者|通讯员|記者|编辑")
_POSTS = ("记者", "通讯员", "記者", "实习生", "实習生", "责编", "责任编辑")
_COMMON = ("图文", "媒体", "视频", "制作", "设计", "发布", "图片", "采访", "供稿", "文字", "翻译")


@dataclass(slots=True)
class Credits:
    """Names as printed, without labels, each list in printed order and without repetitions."""

    sources: list[str] = field(default_factory=list)
    reporters: list[str] = field(default_factory=list)
    photographers: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)

    def add(self, fields: str, value: str) -> None:
        """File `value` under the roles of its label (`fields`: blank-separated, as in the lexicon)."""
        for role in fields.split():
            if role == "source":
                source = _source(value)
                self.sources += [source] if source else []
            elif role in ("reporter", "photographer", "editor"):
                _extend(getattr(self, f"{role}s"), names.people(value))

    def merge(self, other: Credits) -> None:
        """Add what `other` knows."""
        _extend(self.sources, other.sources)
        _extend(self.reporters, other.reporters)
        _extend(self.photographers, other.photographers)
        _extend(self.editors, other.editors)

    def __bool__(self) -> bool:
        return bool(self.sources or self.reporters or self.photographers or self.editors)


def read(text: str) -> Credits:
    """Return the credits that labels in `text` introduce (来源：新河日报, 记者 罗青川, 责任编辑：何雨).

    `text` is a piece of the page outside its running text; lines are text nodes, so a label and its value
    may stand on two lines. Glosses of damaged mirrors are read over.
    """
    found = Credits()
    for fields, value in labelled(text):
        found.add(fields, value)
    if not found.sources and (paper := _PAPER.search(text)):
        found.sources.append(paper[1])
    return found


def element(text: str, role: str) -> Credits:
    """Return the credits of an element that a profile names for `role`; labels in it count before the role.

    A bare 石佳/新河青年报 is a name and a medium.
    """
    found = read(text)
    if found:
        return found
    for part in re.split(r"[/／]", text.replace("\n", " ")):
        bare = _LEAD.sub("", part.strip())
        found.add("source" if role == "source" or _MEDIA.fullmatch(bare) else role, bare)
    return found


def labelled(text: str) -> Iterator[tuple[str, str]]:
    """Yield roles and value of each label in `text`, in printed order."""
    text = _GLOSS.sub("", text)
    matches = list(_label().finditer(text))
    for match, following in zip_longest(matches, matches[1:]):
        end = following.start() if following else len(text)
        value = text[match.end() : min(end, match.end() + 80)].lstrip()
        stop = _STOP.search(value)
        value = value[: stop.start()] if stop else value
        label = match["both"] or match["sign"] or match["line"] or match["post"]
        if match["medium"] and _MEDIA.fullmatch(match["medium"]):
            yield "source", match["medium"]
        yield _fields()[label], value.strip()


def is_credit(text: str) -> bool:
    """Tell whether a whole paragraph consists of credits (本文来源：… 责任编辑：…, 记者 … 通讯员 …)."""
    if len(text) > 120:
        return False
    bare = text.strip(" \u3000()（）[]【】<>")
    match = _label().match(bare)
    if match is None or _SENTENCE.search(bare):
        return False
    return match["sign"] is not None or match["both"] is not None or len(bare) <= 40


def is_author(value: str) -> bool:
    """Tell whether a page's author tag names a person or account: sites often put their own name there."""
    if _MEDIA.fullmatch(value) or "@" in value or "," in value:
        return False
    return (
        not re.fullmatch(r"[\u3400-\u9fff]{2,4}", value)
        or value[0] in names.surnames()
        or value[:2] in names.surnames()
    )


def names_editor(text: str) -> bool:
    """Tell whether a short line opens with the label of an editor (责任编辑：, 编辑|, 【编辑:)."""
    return len(text) <= 80 and _EDITOR.match(text) is not None


def beside_date(text: str) -> str | None:
    """Return what stands beside the publish time without a label and can be a media source, or None."""
    stamp = next(iter(dates.find(text)), None)
    if stamp is None:
        return None
    after = [line for line in text[stamp.end : stamp.end + 60].split("\n") if line.strip()]
    before = [line for line in text[max(0, stamp.start - 40) : stamp.start].split("\n") if line.strip()]
    candidates = [*after[:3], *reversed(before[-2:])]
    pieces = [
        piece.strip(" \u3000·•|｜-—:：")
        for line in candidates
        for piece in re.split(r"[ \u3000\xa0|｜]{1,}", line)
    ]
    plain = [p for p in pieces if _PLAIN.fullmatch(p) and not _CRUMBS.search(p) and not _POST.search(p)]
    media = [piece for piece in plain if _MEDIA.fullmatch(piece)]
    if media:
        return media[0]
    first = after[0].strip(" \u3000·•|｜") if after else ""
    second = after[1].strip(" \u3000·•|｜") if len(after) > 1 and not first else first
    return second if second in plain and len(second) >= 3 and not names.is_person(second) else None


def _source(value: str) -> str | None:
    value = re.split(r"\s{2,}|[\n|｜;；]|(?<=[\u3400-\u9fff])\s(?=\S{1,4}[:：])", value)[0]
    value = value.strip(" \u3000:：,，、.。·-—_()（）[]【】")
    if not value or value.startswith(("http", "www.")) or len(value) > 40 or _SENTENCE.search(value):
        return None
    return value


def _extend(target: list[str], values: list[str]) -> None:
    target += [value for value in values if value not in target]


@cache
def _fields() -> dict[str, str]:
    return {row["label"]: row["field"] for row in tables.rows("credits")}


@cache
def _label() -> re.Pattern[str]:
    """Labels with their separator: a colon, stroke or bar, a line end, or for names of posts a blank."""
    known = sorted(_fields(), key=len, reverse=True)
    every = "|".join(map(re.escape, known))
    spaced = "|".join(re.escape(k) for k in known if len(k) > 1 and k not in _COMMON)
    posts = "|".join(re.escape(k) for k in known if k.endswith(_POSTS))
    both = "|".join(re.escape(k) for k in known if set(k) & set("/／、"))
    return re.compile(
        rf"(?<![\u3400-\u9fff])(?P<both>{both})[ \u3000:：/／]+"
        rf"|(?<![\u3400-\u9fff])(?P<sign>{every})[】\]]?\s*[:：丨|︱｜/／]+"
        rf"|(?<![\u3400-\u9fff])(?P<line>{spaced})\n(?=\S)"
        rf"|(?P<medium>[\u3400-\u9fff·A-Za-z]{{0,12}}?)"
        rf"(?P<post>{posts})[ \u3000\xa0:：\n]+(?=[\u3400-\u9fff])"
    )
