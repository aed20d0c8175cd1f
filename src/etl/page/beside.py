"""Credits without a label: what stands beside the publish time, a medium, a name, an account."""

from __future__ import annotations

import re

from etl.page import byline, date_pieces, dates, labels, names
from etl.page.byline import Credits

_PLAIN = re.compile(r"[\u3400-\u9fffA-Za-z0-9·《》&+\-—（）()]{2,20}")
_CRUMBS = re.compile(
    r"首页|正文|举报|分享|收藏|打印|字号|字体|评论|阅读|浏览|点击|次数|来源|作者|编辑|记者|关注|订阅|下载|微信|微博|朋友圈|空间|"
    r"原创|所属|分类|类别|栏目|发布人|发布者|发布时间|发布日期|更新|时间|日期|星期|版权|大家|我要|我有话说|查看|参与|扫|听|放大|缩小|恢复|默认|繁|简|语音|导航|"
    r"当前|位置|返回|上一|下一|登录|注册|搜索|客户端下载|手机看|转发|推荐|标签|关键词|公开|索引号|主题|专题|频道页|栏目|更多|全文|"
    r"^[大中小大号]+$|^\d+$|^[A-Za-z+\-]{1,3}$|^(?:[Pp]ublished|[Uu]pdated?|[Pp]osted|[Dd]ate|[Tt]ime|[Ss]ource|[Aa]uthor)|优质|认证|作者$|会员"
)
_TIME_LABEL = re.compile(r"\W*[\u3400-\u9fff]{0,4}(?:时间|日期|時間)\W*")
_NO_NAME = re.compile("[省市县区镇乡村州盟旗街圈版网报台局院校厅]$")
_SINCE = re.compile(r"[\s\u3000]*(?:发表|发布|刊发|更新|编辑)于[\s\u3000]*$")
_EDGE = " \u3000\xa0·•|｜丨-—:：[]【】"


def read(text: str) -> Credits:
    """Return the source and the reporters that stand beside the publish time without a label.

    Pieces are parted by line ends, blanks and bars: 新河日报 | 罗青川 | 2022-05-20. A medium is the source; a
    name with a stroke and a medium is both (罗青川/新河日报). Else what follows the time, or stands alone
    between headline and time, can be an account's name.
    """
    found = Credits()
    stamp = next(iter(dates.find(text)), None)
    place = (stamp.start, stamp.end) if stamp else date_pieces.yearless(text)
    if place is None:
        return found
    before = [line for line in text[max(0, place[0] - 60) : place[0]].split("\n") if line.strip(_EDGE)]
    before = [_SINCE.sub("", line) for line in before if not _TIME_LABEL.fullmatch(line)]
    after = [line for line in text[place[1] : place[1] + 60].split("\n") if line.strip(_EDGE)]
    after = [line for line in after if not line.startswith(("(", "（"))]  # （据新河日报） is read elsewhere
    for line in (*after[:3], *reversed(before[-2:])):
        _signed(line, found)
    pieces = [piece for line in (*after[:3], *reversed(before[-2:])) for piece in _pieces(line)]
    media = [piece for piece in pieces if byline.MEDIA.fullmatch(piece)]
    if not found.sources:
        found.sources += media[:1] or _account(before, after, pieces)
    for line in (*before[-1:], *after[:1]):
        if not labels.pattern().search(line):
            byline.extend(found.reporters, _people(line))
    return found


def _people(line: str) -> list[str]:
    """Return the names in a line parted by bars, or a whole line that is a name of three characters."""
    if set(line) & set("|｜丨"):
        return [piece for piece in _pieces(line) if names.is_person(piece)]
    name = line.strip(_EDGE)
    return [name] if len(name) == 3 and names.is_person(name) and not _NO_NAME.search(name) else []


def _pieces(line: str) -> list[str]:
    """Return the pieces of a line that can be a name or a medium."""
    pieces = [piece.strip(_EDGE) for piece in re.split(r"[ \u3000\xa0|｜丨]+", line)]
    return [p for p in pieces if _PLAIN.fullmatch(p) and not _CRUMBS.search(p) and not byline.POST.search(p)]


def _signed(line: str, found: Credits) -> None:
    """Read a name and a medium parted by a stroke (石佳/新河青年报, 新河時報／記者羅青川／報導)."""
    parts = [part.strip(_EDGE) for part in re.split(r"[/／]", line)]
    if len(parts) < 2 or not any(byline.MEDIA.fullmatch(part) for part in parts):
        return
    for part in parts:
        bare = byline.LEAD.sub("", part)
        if byline.MEDIA.fullmatch(bare):
            found.sources += [bare] if not found.sources else []
        elif bare != part or names.is_person(bare):
            byline.extend(found.reporters, names.people(bare))


def _account(before: list[str], after: list[str], pieces: list[str]) -> list[str]:
    """Return the one plain piece right behind the time, or alone between headline and time."""
    first = after[0].strip(_EDGE) if after else ""
    if first not in pieces and len(before) == 1:
        first = before[0].strip(_EDGE)
    return [first] if first in pieces and len(first) >= 3 and not names.is_person(first) else []
