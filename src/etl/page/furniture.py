"""What stands among the paragraphs and is not the article: share bars, captions, links, notices.

The patterns are the table `furniture.tsv`; each must match a whole paragraph. `drop` goes wherever it
stands, `lead` and `tail` only at that end (credits left out), `cut` goes with all that follows it
(`cut-links` if those are links, as what follows an editor's line does), `caption` goes unless it tells in
sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise, takewhile
from typing import NamedTuple

from etl.page import byline
from etl.page.paragraphs import Paragraph
from etl.page.tree import Node

_LONGEST = 420
_SENTENCE = re.compile("[。！？；!?]")
_FILE = re.compile(r"附\s*件|附[:：]|.{0,80}\.(?:pdf|docx?|xlsx?|zip|rar|wps|ofd)", re.IGNORECASE)
_NUMBERED = re.compile(r"\d+[.．、]")
_SKIPPED = re.compile(
    r"(?<![a-z])(?:ads?|advert(?:isement)?s?|gg|guanggao|share\w*|bdsharebuttonbox|bshare\w*|social\w*|related?|relate\w*|"
    r"recommend\w*|tuijian|comments?|comment[-_]\w+|pinglun|reply|copyright|statement|disclaimer|shengming|mianze|"
    r"pagination|pager|page-?nav|breadcrumbs?|crumbs?|qr-?code\w*|erweima|ewm|weixin\w*|toolbar|tool-?bar|page-?tools|"
    r"hot-?news|xgyd|xgxw|video-?list|keywords|tags?|dashang|reward|zan|digg|like|prev-?next|article-?bottom|"
    r"special-?article|wx-?share|subscribe\w*|app-?download|downloadapp|audio-?player|video-?player|player|"
    r"post_recommends?|otherContent\w*|img-special|ct_hqimg|finance_app_zqtg|appendQr\w*)(?![a-z])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SIGNED = re.compile(r"[（(][^（）()]{0,8}(?:记者|通讯员|記者)[^（）()]{1,60}[)）]$")
_LENS = re.compile(r"[。！？”》」…⑧\d]\s*[^。！？，；：]{2,24}?(?:摄|攝|摄影|供图)\s?[)）]?$")
_DATED = re.compile(r"[\s\[(（]*(?:(?:19|20)\d\d[-/.年])?\d{1,2}[-/.月]\d{1,2}日?(?:\s\d\d:\d\d)?[\])）]*$")
_TALK = re.compile(
    r"(?:发表|参与|我要|全部|最新|最热|热门|精彩|读者|用户)(?:评论|留言|跟[帖贴]|回复)|"
    r"(?:网友)?(?:评论|留言|跟[帖贴])(?:列表|区|\s*[(（]\d+条?[)）])"
)
_TOO_MUCH = 0.4
_TOLD = 4
_FAIR = 200
_NICKNAME = 24
_HEADING = 30
_AHEAD = 4
_SOME = 12
_MANY = 200


class Kept(NamedTuple):
    """Paragraphs of the article, its captions, and what stands behind its end: that may name its editor."""

    text: list[Paragraph]
    captions: list[Paragraph]
    behind: list[Paragraph]


@cache
def _rules() -> dict[str, re.Pattern[str]]:
    rows = files(__package__).joinpath("furniture.tsv").read_text("utf-8").splitlines()[1:]
    grouped: dict[str, list[str]] = {}
    for _, action, pattern, _ in (row.split("\t") for row in rows):
        grouped.setdefault(action, []).append(pattern)
    return {
        action: re.compile("|".join(f"(?:{p})" for p in patterns), re.I)
        for action, patterns in grouped.items()
    }


def ends(text: str) -> bool:
    """Tell whether a line begins what follows an article (相关阅读, 网友评论, the page's foot)."""
    return len(text) <= 60 and _rules()["cut"].fullmatch(text) is not None


def trails(text: str) -> bool:
    """Tell whether a line goes where it is the last one of a text (标签：…, 关键词 …)."""
    return _rules()["tail"].fullmatch(text) is not None


def is_attached(text: str) -> bool:
    """Tell whether a line names an attached file (附件1：…, ….docx)."""
    return _FILE.match(text) is not None


def skips(node: Node, tag: str, size: int) -> bool:
    """Tell whether an element inside a body of `size` characters is furniture by its class, id or style."""
    if tag in ("figcaption", "label", "input", "nav", "footer", "aside", "video", "audio"):
        return tag != "figcaption" and len(node.text()) < _TOO_MUCH * size
    attrs = node.attributes
    if not attrs:
        return False
    names = f"{attrs.get('class') or ''} {attrs.get('id') or ''}"
    style = attrs.get("style") or ""
    if (len(names) > 1 and _SKIPPED.search(names)) or (style and _HIDDEN.search(style)):
        return len(node.text()) < _TOO_MUCH * size
    return False


def clean(found: Sequence[Paragraph]) -> Kept:
    """Return the paragraphs of `found` that belong to the article, and the captions among them."""
    rules = _rules()
    kept: list[Paragraph] = []
    captions: list[Paragraph] = []
    total = sum(len(p.text) for p in found) or 1
    seen = 0
    behind: list[Paragraph] = []
    for at, paragraph in enumerate(found):
        text = paragraph.text
        seen += len(text)
        if len(text) <= _LONGEST:
            behind = _behind(found, at, total - seen < 0.4 * total or seen > 1500, bool(kept))
            if behind:
                break
            if seen > _FAIR and byline.names_editor(text) and _are_links(found[at + 1 : at + 1 + _AHEAD]):
                kept.append(paragraph)
                break
            if rules["drop"].fullmatch(text) or _is_link(paragraph):
                continue
            if not kept and rules["lead"].fullmatch(text):
                continue
            if _is_caption(paragraph, rules["caption"]):
                captions.append(paragraph)
                continue
        kept.append(paragraph)
    told = [p for p in captions if _SENTENCE.search(p.text)]
    if sum(len(p.text) for p in told) > sum(len(p.text) for p in kept):  # a picture story
        own = {id(p) for p in (*kept, *told)}
        kept = [p for p in found if id(p) in own]
        captions = [p for p in captions if id(p) not in own]
    if not kept and captions:
        kept, captions = captions, []
    return Kept(kept, captions, behind)


def _behind(found: Sequence[Paragraph], at: int, late: bool, begun: bool) -> list[Paragraph]:
    """Return what follows the heading `found[at]` if it ends the article; `late` says that little follows."""
    text = found[at].text
    rest = found[at + 1 : at + 1 + _SOME]
    if begun and _rules()["cut"].fullmatch(text):
        talks = _TALK.match(text) or (text[:2] == "网友" and rest and len(rest[0].text) <= _NICKNAME)
        over = late or bool(talks) or _are_teasers(rest)
    else:
        heading = len(text) <= _HEADING and _rules()["cut-links"].fullmatch(text) is not None
        over = heading and (_are_links(found[at + 1 : at + 1 + _MANY]) or _are_teasers(rest))
    return list(found[at:]) if over else []


def _are_links(paragraphs: Sequence[Paragraph]) -> bool:
    """Tell whether most of some paragraphs stands in links."""
    return sum(p.linked for p in paragraphs) > 0.5 * sum(len(p.text) for p in paragraphs)


def _are_teasers(paragraphs: Sequence[Paragraph]) -> bool:
    """Tell whether paragraphs, up to the next such block, are links with an abstract below each."""
    block = takewhile(lambda p: not ends(p.text), paragraphs)
    links = [_is_linked(p) for p in block]
    return links[:1] == [True] and all(link or before for before, link in pairwise(links))


def _is_linked(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph stands in a link, but for a date behind it."""
    return 0 < paragraph.linked >= 0.8 * len(_DATED.sub("", paragraph.text))


def _is_link(paragraph: Paragraph) -> bool:
    if not _is_linked(paragraph):
        return False
    return not _SENTENCE.search(paragraph.text[-2:]) and not (
        is_attached(paragraph.text) or _NUMBERED.match(paragraph.text)
    )


def _is_caption(paragraph: Paragraph, pattern: re.Pattern[str]) -> bool:
    """Tell captions from text; one that tells in sentences and credits nobody is text (picture stories)."""
    text = paragraph.text
    if not (pattern.fullmatch(text) or paragraph.tag == "figcaption"):
        return False
    sentences = len(_SENTENCE.findall(text))
    if "摄" not in text[-8:] and "供图" not in text[-6:]:
        return not (len(text) >= 20 and sentences and text[-1] in "。！？）)")
    below = paragraph.caption or len(text) <= 45
    if sentences > 1:
        return below and sentences <= _TOLD and _LENS.search(text) is not None
    return sentences == 0 or (below and not _SIGNED.search(text))
