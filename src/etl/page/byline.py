"""Credits printed near the title and at the foot: media source, reporters, photographers, editors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from etl.page import date_pieces, dates, labels, names

_STOP = re.compile(
    r"[|｜\n]|\s{3,}|[【〖\[]|(?:字体|字号|浏览|阅读|点击|打印|分享|收藏|评论|关闭|时间|日期|发表于|发布于|大\s*中\s*小|"
    r"我要|举报|更新|扫一扫|访问|人气|热度|\d+\s*次|责任|(?:发文|公开|成文|生成|印发)(?:日期|时间)|编号|版权|转载|查看|繁体|手机|微信|听新闻|语音|"
    r"返回|放大|缩小|[上下]一[篇版页])|"
    r"(?:19|20)\d\d\s?[-/.年]"
)
_END = re.compile("[。！？]")
_SENTENCE = re.compile("[。！？；]")
MEDIA = re.compile(
    r"[\u3400-\u9fffA-Za-z0-9·《》\-]{1,20}(?:日报|日報|晚報|時報|晚报|时报|早报|晨报|商报|周报|学报|新报|快报|都市报|导报|青年报|[^汇举申海播预通回填]报|"
    r"新华社|通讯社|中新社|杂志|周刊|月刊|期刊|[^请]刊|网|在线|电视台|广播电台|广电|电台|客户端|融媒体?(?:中心)?|传媒|频道|新闻|"
    r"发布|资讯|财经|科技|卫视|公众号|头条|号|办公室|委员会|人民政府|宣传部|[^一二三四五六七八九十]局|[^一二三]厅|中心|之家|观察|社)"
)


_EDITOR = re.compile(
    r"[\s\u3000(（\[【]*(?:[\u3400-\u9fff]{0,4}(?:编辑|責編|编審|責任編輯|編輯)|责编|本文责编|校对|审核|审校)\s*[:：|丨︱｜/／]"
)
_EDITING = re.compile("[编編责審校审]")
LEAD = re.compile(r"^(?:本报|本网|本台|实习|见习)?(?:记者|記者|通讯员|通訊員|作者|文)\s*[:：/／]?\s*")
_TAKEN = re.compile(
    r"(?<![\u3400-\u9fff])((?:[\u3400-\u9fff]{2,3}[ \u3000、]){0,3})"
    r"([\u3400-\u9fff]{2,4}|[\u3400-\u9fff][ \u3000][\u3400-\u9fff])"
    r"\s?[/／]?\s?(?:摄|攝|摄影|供图)(?=[)）\s]*(?:\n|$))"
)
_PAPER = re.compile(r"《([^《》]{2,12}[报報])\s?》\s?[（(，,]?\s?(?:19|20)\d\d")
_PAPER_LINE = re.compile(
    r"[\s（(]*(?:原载|原刊|转自|摘自|选自|载|据|来源|来自)?(?:于|自)?\s?[:：]?\s?《[^《》]{1,11}[报報刊志]\s?》"
    r"\s?[（(，,]?\s?(?:19|20)\d\d[^（）()。]{2,30}[)）]?\s*[)）]?"
)
_BY_LENS = re.compile(r"[\s\u3000/／]*(?:摄|攝|摄影|供图|摄影报道)[)）\s]*$")
_BRACKETED = re.compile(
    r"^[（(]\s?(?:据|转自|摘自|选自|来自|原载)?《?([\u3400-\u9fff·]{1,10}(?:社|[日晚早晨时商青周]报|网|电视台|电台|客户端|杂志|周刊))"
    r"》?(?:电|讯|报道)?\s?[)）]$",
    re.MULTILINE,
)
_JOINED = re.compile(r"([:：])\s*\n")
_OWN = re.compile(r"[\u3400-\u9fff·]{2,12}[报報网社台刊]\s+(?=\S{0,4}(?:记者|通讯员|記者))")
_AROUND = " \u3000()（）[]【】〔〕<>□■◆◇○●◎▲△★☆"
_CLOSED = re.compile(r"^[^()（）]*(?:[(（][^()（）]*[)）][^()（）]*)*([)）])")
_WORD = re.compile(r"(?<=[ \u3000])[\u3400-\u9fff]{2,6}(?=[ \u3000])")
_FORMS = ("both", "sign", "boxed", "line", "post", "named", "glued")
_BRIEF = 40
_LONGEST_NAME = 6
POST = re.compile("记者|通讯员|記者|编辑")


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
            elif role in ("reporter", "editor"):
                extend(getattr(self, f"{role}s"), names.people(value))
            elif role == "photographer":  # 视频：座谈会现场 names nobody
                found = [n for n in names.people(_BY_LENS.sub("", value)) if not MEDIA.fullmatch(n)]
                extend(self.photographers, [name for name in found if len(name) < 5 or "·" in name])

    def merge(self, other: Credits, *, only_new: bool = False) -> None:
        """Add what `other` knows; with `only_new`, to those lists only that are empty."""
        if only_new:
            other = Credits(
                *([] if own else more for own, more in zip(self._lists(), other._lists(), strict=True))
            )
        extend(self.sources, other.sources)
        extend(self.reporters, other.reporters)
        extend(self.photographers, other.photographers)
        extend(self.editors, other.editors)

    def _lists(self) -> tuple[list[str], ...]:
        return self.sources, self.reporters, self.photographers, self.editors

    def __bool__(self) -> bool:
        return any(self._lists())


def read(text: str) -> Credits:
    """Return the credits that labels in `text` introduce (来源：新河日报, 记者 罗青川, 责任编辑：何雨).

    `text` is a piece of the page outside its running text; lines are text nodes, so a label and its value
    may stand on two lines. Glosses of damaged mirrors are read over.
    """
    found = Credits()
    for fields, value in labelled(text):
        found.add(fields, value)
    for match in _TAKEN.finditer(text):
        found.add("photographer", "、".join(n for n in re.split("[ \u3000、]", match[1]) if names.may_be(n)))
        found.add("photographer", match[2])
    if not found.sources and (paper := _PAPER.search(text) or _medium(text)):
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
        bare = LEAD.sub("", part.strip())
        if role != "editor" or names.may_be(bare):
            found.add("source" if role == "source" or MEDIA.fullmatch(bare) else role, bare)
    return found


def labelled(text: str) -> Iterator[tuple[str, str]]:
    """Yield roles and value of each label in `text`, in printed order."""
    text = labels.plain(text)
    matches = list(labels.pattern().finditer(text))
    carried = ""
    for match, following in zip_longest(matches, matches[1:]):
        end = following.start() if following else len(text)
        value = text[match.end() : min(end, match.end() + 80)].lstrip()
        stop = _STOP.search(value)
        value = value[: stop.start()] if stop else value
        value = re.split(r"[\s/／|｜)）】\]]", value)[0] if match["glued"] else _own(value)
        name = next(match[form] for form in _FORMS if match[form]).strip()
        if match["medium"] and MEDIA.fullmatch(match["medium"]):
            yield "source", match["medium"]
        fields, carried = carried or _role(name, value.strip()), ""
        if match["post"] and _is_clause(value):
            continue  # 外国记者：世界期待新蓝图
        if value.strip():
            yield fields, value.strip()
        elif "photographer" in fields and following and following["post"] and not following["medium"]:
            carried = fields  # 图/记者 罗青川: the first of two labels tells the role


def _is_clause(value: str) -> bool:
    """Tell whether what stands behind a post is no name: longer than any, and no medium's."""
    first = re.split(r"[\s、，,]", value.strip())[0]
    return len(first) > _LONGEST_NAME and "·" not in first and not MEDIA.fullmatch(first)


def _own(value: str) -> str:
    """Return a value up to the bracket that closes its credit (（记者 罗青川）今天), or to the next label."""
    closed = _CLOSED.search(value)
    value = value[: closed.start(1)] if closed else value
    words = _WORD.finditer(value)
    return next((value[: word.start()] for word in words if word[0] in labels.fields()), value)


def _role(label: str, value: str) -> str:
    """Return the roles of a label; some depend on what it introduces (供稿：市农业局, 记者 罗青川 摄)."""
    fields = labels.fields()[label]
    if fields == "reporter" and _BY_LENS.search(value):
        return "photographer"
    return "source" if label == "供稿" and MEDIA.fullmatch(value) else fields


def is_credit(text: str) -> bool:
    """Tell whether a whole paragraph consists of credits (本文来源：… 责任编辑：…, 记者 … 通讯员 …)."""
    if len(text) > 120:
        return False
    if _PAPER_LINE.fullmatch(text) or _medium(text):
        return True
    boxed = labels.pattern().match(text)
    if boxed is not None and boxed["boxed"]:
        return _END.search(text) is None
    bare = _OWN.sub("", labels.plain(text.strip(_AROUND)).lstrip(), count=1)
    match = labels.pattern().match(bare)
    if match is None or _END.search(bare) or match["sign"] == "联系人":
        return False
    return match["sign"] is not None or match["both"] is not None or len(bare) <= 40


def _medium(text: str) -> re.Match[str] | None:
    """Return the first line that is a medium in brackets (（据新华社电）, （新河日报）)."""
    return _BRACKETED.search(text)


def signs(text: str) -> bool:
    """Tell whether one of the lines of a short text is a credit (责任编辑：何雨)."""
    return any(is_credit(line) for line in _JOINED.sub(r"\1", text).split("\n"))


def has_time(text: str) -> bool:
    """Tell whether a line is a byline with the publish time: no sentence, a minute or a credit beside it."""
    if _SENTENCE.search(text):
        return False
    stamp = next(iter(dates.find(text)), None)
    if stamp is None:
        return len(text) <= _BRIEF and date_pieces.yearless(text) is not None
    return (
        stamp.precision == "minute"
        or labels.pattern().search(text) is not None
        or bool(set(text) & set("|｜丨"))
    )


def is_author(value: str) -> bool:
    """Tell whether a page's author tag names a person or account: sites often put their own name there."""
    if MEDIA.fullmatch(value) or "@" in value or "," in value:
        return False
    return (
        not re.fullmatch(r"[\u3400-\u9fff]{2,4}", value)
        or value[0] in names.surnames()
        or value[:2] in names.surnames()
    )


def names_editor(text: str) -> bool:
    """Tell whether a short line opens with the label of an editor (责任编辑：, 编辑|, 【编辑:)."""
    if len(text) > 80 or not _EDITING.search(text):
        return False
    return _EDITOR.match(labels.joined(text)) is not None


def _source(value: str) -> str | None:
    value = re.split(r"\s{2,}|[\n|｜;；]|(?<=[\u3400-\u9fff])\s(?=\S{1,4}[:：])", value)[0]
    value = value.strip(" \u3000:：,，、.。·-—_[]【】").lstrip(")）")
    for opening, closing in (
        "()",
        "（）",
    ):  # a closing bracket stays where it closes one: 荆楚网（湖北日报网）
        value = value.strip(opening + closing) if value.count(opening) != value.count(closing) else value
    if not value or value.startswith(("http", "www.")) or len(value) > 40 or _SENTENCE.search(value):
        return None
    return value


def extend(target: list[str], values: list[str]) -> None:
    """Add those of `values` that are not in `target`, in order."""
    target += [value for value in values if value not in target]
