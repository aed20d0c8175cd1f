"""The headline: a heading on the page that <title> or a page tag agrees with, not the site's name."""

from __future__ import annotations

import re
from typing import NamedTuple

from etl.page import byline, dates, furniture
from etl.page.meta import Tags
from etl.page.tree import Node, Tree, restore

_SPACE = re.compile(r"[\s\xa0]+")
_PARTS = re.compile(
    r"\s*(?:[_|｜丨»›]|::|\s@\s|\s[-–—]+|[-–—]+\s|--+|——(?=[^——]{2,12}$)|[-–—](?=[^-–—]{2,24}$))\s*"
)
_SITE = re.compile(
    r"网$|门户|数字报|电子报|电子版|频道|首页|新闻中心|人民政府$|委员会$|\.(?:com|cn|net)|日报社?$|电视台$|官网|网站|公司$"
)
_SITE_FIRST = re.compile(
    r"^[\u3400-\u9fff]{1,10}(?:网|网站|日报|晚报|在线|频道|电视台|数字报|电子报|人民政府)\s?[-–—_]+\s?(?=.{6})"
)
_COLUMNS = re.compile(
    r"(?:通知|公告|公示|信息|政务|新闻|工作|部门|基层|时政|图片|本地|要闻|综合|党建|教育|媒体)"
    r"(?:通知|公告|公示|公开|动态|要闻|新闻|信息|资讯|中心|聚焦|快讯|播报|关注)"
)
_LOOSE = (
    "h4, h5, [class*=title], [class*=Title], [id*=title], [id*=Title], [class*=biaoti], [id*=biaoti], "
    "[class*=tit]"
)
_ANY = "td, div, p, span, font, strong, b, center, dt, h4, h5, h6, em"
_TAGS = ("articletitle", "enp:title", "ld:title", "og:title", "twitter:title", "title")
_BOXED = re.compile(r"^[【\[][^】\]]{1,8}[】\]]")
_LABEL = re.compile(r"^(?:标题|題目|题目|新闻标题)\s*[:：]\s*")
_NOISE = re.compile(
    r"[:：]$|时间|日期|首页|正文|位置|分享|字号|来源|打印|登录|注册|搜索|\d{4}[-年/.]\d|[>＞»]|^.{0,3}$"
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LONGEST = 150
_COLUMN = 8
_HIDDEN = re.compile(r"display\s*:\s*none")
_CUT_OFF = re.compile(r"(?:\.{2,}|…+)$")


class Heading(NamedTuple):
    """A headline and the element that shows it, if any; a `weak` one is taken from <title> alone.

    `parts` are what <title> and the title tags consist of.
    """

    text: str | None
    node: Node | None = None
    weak: bool = False
    parts: frozenset[str] = frozenset()


def choose(tree: Tree, tags: Tags, selectors: tuple[str, ...]) -> Heading:
    """Return the headline: what a profile's selectors find, then a heading that the page's labels agree with.

    Labels are <title> without the names of site and column, and the title tags (ArticleTitle, og:title,
    JSON-LD).
    """
    whole = tree.css_first("title")
    labels = [clean(whole.text())] if whole else []
    labels += [clean(tags.named[name]) for name in _TAGS if name in tags.named]
    labels = [_SITE_FIRST.sub("", label) for label in labels if label]
    named = [(clean(node.text()), node) for selector in selectors for node in tree.css(selector)]
    named = [(text, node) for text, node in named if 1 < len(text) <= _LONGEST]
    for text, node in named:
        if not labels or any(_agrees(text, label) for label in labels):
            return Heading(_longer(text, tags), node)
    for query in ("h1, h2, h3", _LOOSE):
        heading = _agreeing(tree, query, labels)
        if heading is not None and heading.node is not None:
            node = _below_column(heading.node)
            return Heading(_longer(clean(node.text()), tags), node)
    if named:
        return Heading(_longer(named[0][0], tags), named[0][1])
    alone = _single_heading(tree, ("h1",), labels)
    if alone is not None:
        return Heading(clean(alone.text()), alone)
    pieces = [part for label in labels for part in (*_PARTS.split(label), label)]
    pieces += [_BOXED.sub("", part) for part in pieces]
    parts = frozenset(bare(part) for part in pieces if len(part) > 4)
    shown = _showing(tree, parts)
    if shown is not None:
        return Heading(_longer(clean(shown.text(deep=False)), tags), shown)
    alone = _single_heading(tree, ("h2", "h3"), labels)
    if alone is not None:
        return Heading(clean(alone.text()), alone)
    return Heading(_from_labels(labels, tags), weak=True, parts=parts)


def settle(heading: Heading, head: str, lead: str) -> str | None:
    """Return the headline; a short or missing one gives way to the line above the publish time in `head`.

    <title> may name site and column only (新河市人民政府--通知公告), or be empty. `lead` are the lines above
    a byline that the main text holds.
    """
    if heading.text and not heading.weak:
        return heading.text
    line = above_date(head)
    if line is None and lead and len(lead) <= _LONGEST and "\n" not in lead:
        line = clean(lead)
    whole = heading.text and len(heading.text) > _COLUMN and not _SITE.search(heading.text)
    if whole and line and bare(line) not in bare(heading.text or ""):
        return heading.text
    return line or heading.text


def behind(heading: Heading) -> str:
    """Return what the headline's element holds behind the headline: some print the byline there."""
    if heading.node is None or heading.text is None:
        return ""
    lines = heading.node.text(separator="\n", strip=True, skip_empty=True).split("\n")
    return "\n".join(lines[1:]) if len(lines) > 1 and clean(lines[0]) == heading.text else ""


def neighbours(heading: Heading) -> tuple[str | None, str | None]:
    """Return the headings right above and below the headline: 引题 and 副题 where no class names them."""
    node = heading.node
    if node is None or node.tag not in _HEADINGS:
        return None, None
    return _heading(node, "prev"), _heading(node, "next")


def _heading(node: Node, way: str) -> str | None:
    """Return the text of the next element before or behind `node` if it is a heading of lower rank."""
    beside = _next_heading(node, way)
    return beside.text() if beside is not None else None


def _next_heading(node: Node, way: str) -> Node | None:
    beside: Node | None = getattr(node, way)
    while beside is not None and beside.tag == "-text" and not (beside.text_content or "").strip():
        beside = getattr(beside, way)
    if beside is None or beside.tag not in _HEADINGS or beside.tag <= (node.tag or ""):
        return None
    text = beside.text()
    return None if _NOISE.search(text) or furniture.ends(text.strip()) or beside.css_first("a") else beside


def above_date(head: str) -> str | None:
    """Return the line above the publish time in `head`, for pages without headings and without <title>."""
    stamp = next(iter(dates.find(head)), None)
    if stamp is None:
        return None
    lines = [line.strip() for line in head[: stamp.start].split("\n")]
    lines = [line for line in lines if len(line) > 3 and not _NOISE.search(line)]
    lines = [line for line in lines if not byline.MEDIA.fullmatch(line) and not byline.is_credit(line)]
    return clean(lines[-1]) if lines else None


def clean(text: str) -> str:
    """Return a title on one line, white space collapsed, without the label 标题： and a time behind it."""
    line = _LABEL.sub("", _SPACE.sub(" ", restore(text)).strip(" \u3000"))
    stamp = next(iter(dates.find(line)), None) if ":" in line or "：" in line else None
    if stamp is not None and stamp.precision == "minute" and stamp.start > 5:
        line = line[: stamp.start].strip(" \u3000")
    return line


def bare(text: str) -> str:
    """Return a title for comparing: without blanks and with quotation marks unified."""
    return _SPACE.sub("", text).replace("\u3000", "").translate(_QUOTES)


_QUOTES = str.maketrans("“”„‟″〝〞「」『』‘’′：！？，（）", '"""""""""""\'\'\':!?,()')


def _agrees(text: str, label: str) -> bool:
    """Tell whether a heading is what a label begins with, or the label a beginning of it."""
    own, whole = bare(text), bare(label)
    first = bare(_PARTS.split(label)[0]).rstrip(".…")
    return whole.startswith(own) or (len(first) >= 6 and (own.startswith(first) or own in whole))


def _agreeing(tree: Tree, query: str, labels: list[str]) -> Heading | None:
    """Return the longest heading that the first possible label starts with, or else contains."""
    raw = [(node.text(), node) for node in tree.css(query)]
    nodes = [(clean(text), node) for text, node in raw if len(text) <= 4 * _LONGEST]
    nodes = [(text, node) for text, node in nodes if 2 <= len(text) <= _LONGEST]
    for label in labels:
        whole = bare(label)
        first = bare(_PARTS.split(label)[0])
        best: tuple[tuple[bool, int, bool], str, Node] | None = None
        for text, node in nodes:
            own = bare(text)
            starts = whole.startswith(own)
            cut_off = len(first) >= 6 and own.startswith(first.rstrip(".…"))
            if not starts and not cut_off and (own not in whole or len(own) < 5):
                continue
            if len(own) < 4 and own != first:
                continue
            rank = (starts or cut_off, -abs(len(own) - len(first)) if starts else len(own), not _hidden(node))
            if not (_SITE.search(text) and own != first) and (best is None or rank > best[0]):
                best = (rank, text, node)
        if best is not None:
            return Heading(best[1], best[2])
    return None


def _hidden(node: Node) -> bool:
    """Tell whether an element or the one around it is not shown."""
    return any(_HIDDEN.search(n.attributes.get("style") or "") for n in (node, node.parent) if n is not None)


def _below_column(node: Node) -> Node:
    """Return the heading right below `node` where that is the name of the site or of a column, or a logo."""
    text = clean(node.text())
    logo = len(text) <= _COLUMN and node.css_first("a, img") is not None
    named = logo or _SITE.search(text) or _COLUMNS.fullmatch(text)
    below = _next_heading(node, "next") if named else None
    return below if below is not None and len(clean(below.text())) > 4 else node


def _showing(tree: Tree, parts: frozenset[str]) -> Node | None:
    """Return the first element of any name whose own text is a part of the labels and not the site's name."""
    for node in tree.css(_ANY) if parts else ():
        text = node.text(deep=False)
        if 4 < len(text) <= _LONGEST + 40 and bare(clean(text)) in parts and not _SITE.search(clean(text)):
            return node
    return None


def _single_heading(tree: Tree, levels: tuple[str, ...], labels: list[str]) -> Node | None:
    """Return the only heading of the first of `levels` that has any, where the labels only name the site."""
    first = _PARTS.split(labels[0])[0] if labels else ""
    if first and not _SITE.search(first) and len(first) >= 6:
        return None
    for level in levels:
        nodes = [node for node in tree.css(level) if _may_be_headline(clean(node.text()))]
        if nodes:
            return nodes[0] if len(nodes) == 1 else None
    return None


def _may_be_headline(text: str) -> bool:
    return 6 <= len(text) <= 100 and not _SITE.search(text) and not furniture.ends(text)


def _from_labels(labels: list[str], tags: Tags) -> str | None:
    """Return the part of the labels that is the headline: names of site and column stand behind it."""
    site = bare(tags.first("sitename", "og:site_name", "columnname") or "\0")
    split = [[part for part in _PARTS.split(label) if part.strip()] for label in labels]
    named = [[part for part in parts if bare(part) != site and not _SITE.search(part)] for parts in split]
    for own in (*named, *(parts[:1] for parts in split)):
        if own and len(own[0]) >= 2:
            return max(own[:2], key=len).strip() if len(own[0]) < 5 else own[0].strip()
    return None


def _longer(text: str, tags: Tags) -> str:
    """Return a tag's title where the heading was cut off (…) and the tag goes on."""
    start = _CUT_OFF.sub("", text)
    if start != text and len(start) >= 6:
        for name in _TAGS:
            full = clean(tags.named.get(name, ""))
            if full.startswith(start) and not _CUT_OFF.search(full):
                return _PARTS.split(full)[0]
    return text


def without(text: str, heading: str | None) -> str:
    """Return `text` without a first line that repeats the headline."""
    first, _, rest = text.partition("\n")
    return rest if heading and rest and bare(first) == bare(heading) else text


def beside(text: str | None, heading: str | None) -> str | None:
    """Return a kicker or subtitle, or None for what is none (empty, the headline, a byline)."""
    if not text:
        return None
    line = clean(text)
    if not 2 <= len(line) <= 120 or (heading and bare(line) == bare(heading)) or dates.has(line):
        return None
    if line.endswith(("。", "；")):  # an abstract
        return None
    return line
