"""Labels of credits (来源：, 记者 …, 【编辑】…) as pages print them; the words are the lexicon's table."""

from __future__ import annotations

import re
from functools import cache

from etl.lexicon import tables
from etl.page import names

_HAN = "\u3400-\u9fff"
_GLOSS = re.compile(r"[(（]\s*[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}\s*[)）]")
_SPREAD = re.compile(  # 编　辑：何雨
    rf"(?<![{_HAN}])(责任|网络|值班)?([责编记审校来作摄])[ \u3000\xa0]{{1,4}}([编辑者核对源影])"
    r"(?=[ \u3000]?[:：])"
)
_SUFFIXED = re.compile(  # 罗青川/文 车行健/图
    r"(?<![\u3400-\u9fff])(?!摄影|图片|文字|视频|撰文|采写|来源|编辑|记者|作者|供稿|供图)([\u3400-\u9fff]{2,3})\s?[/／]\s?(文|图|摄)"
    r"(?![\u3400-\u9fff/／:：])"
)
_POSTS = ("记者", "通讯员", "記者", "实习生", "实習生", "责编", "责任编辑")
_COMMON = ("图文", "媒体", "视频", "制作", "设计", "发布", "图片", "采访", "供稿", "文字", "翻译")


def plain(text: str) -> str:
    """Return `text` with labels in their plain form: without glosses and blanks inside, before the name."""
    return _SUFFIXED.sub(r" \2：\1 ", joined(_GLOSS.sub("", text)))


def joined(text: str) -> str:
    """Return `text` with the blanks inside labels taken out (编　辑：何雨)."""
    return _SPREAD.sub(r"\1\2\3", text)


@cache
def fields() -> dict[str, str]:
    """Return the roles of each label, blank-separated: reporter, photographer, editor, source, other."""
    return {row["label"]: row["field"] for row in tables.rows("credits")}


@cache
def pattern() -> re.Pattern[str]:
    """Labels with their separator, a group for each form.

    `both`, `sign`: a colon, stroke or bar (in menus bars stand between lines);
    `boxed`: brackets, a name behind them; `line`: a line end;
    `post`: names of posts, before a blank; `named`: other posts, before a blank and a person; `glued`:
    nothing, before a person.
    """
    known = sorted(fields(), key=len, reverse=True)
    every = "|".join(map(re.escape, known))
    spaced = "|".join(re.escape(k) for k in known if len(k) > 1 and k not in _COMMON)
    posts = "|".join(re.escape(k) for k in known if k.endswith(_POSTS))
    checks = "|".join(re.escape(k) for k in known if len(k) > 1 and fields()[k] in ("editor", "other"))
    both = "|".join(re.escape(k) for k in known if set(k) & set("/／、"))
    first = "".join(name for name in sorted(names.surnames()) if len(name) == 1)
    any_first = "".join(sorted(row["text"][0] for row in tables.rows("surnames")))
    begins = "".join(sorted({label[0] for label in known}))
    opens = rf"(?<![{_HAN}])(?=[{begins}])"  # one look spares trying every label
    ends = r"(?=[\s/／|｜)）、，,；;【】\[\]〔〕]|$)"
    return re.compile(
        rf"{opens}(?P<both>{both})[ \u3000:：/／]+"
        rf"|{opens}(?P<sign>{every})[】\]〕]?(?:\s*[:：/／]|[ \u3000]*[丨|︱｜])[:：丨|︱｜/／]*"
        rf"|[【\[〔][^【】\[\]〔〕\n]{{0,16}}?(?P<boxed>{every})[】\]〕]\s*"
        rf"(?=(?<=[源自处][】\]〕])[{_HAN}]|[{any_first}][{_HAN}]{{1,2}}{ends})"
        rf"|{opens}(?P<line>{spaced})\n(?=\S)"
        rf"|(?P<medium>[{_HAN}·A-Za-z]{{0,12}}?)"
        rf"(?P<post>{posts})[ \u3000\xa0:：\n]+(?=[{_HAN}])"
        rf"|{opens}(?P<named>{checks})[ \u3000\xa0]+(?=[{first}][{_HAN}]{{1,2}}{ends})"
        rf"|(?<![{_HAN}])(?P<glued>记者|記者|编辑[ \u3000]+)"
        rf"(?=(?:[{first}][{_HAN}]{{1,2}}|(?<=記者)[{_HAN}]{{2,3}})(?:[\s/／|｜)）】\]]|$))"
    )
