"""Credits inside a text: reporters, photographers, editors, source in brackets, captions and foot lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from etl.meeting import credit_lines
from etl.meeting.credit_labels import HAN, label_pattern
from etl.meeting.credit_lines import Credit
from etl.meeting.credit_names import is_person, is_unit

_BRACKET = re.compile(r"[（(【]([^（）()【】\n]{1,100})[）)】]")
_LABEL = re.compile(label_pattern())
_STOP = re.compile(r"[。！？!?]")
_GAP = r"[ \t\u3000]{0,9}"
_CAPTION = re.compile(
    rf"(?:^|[。！？”》）)▲△：:]){_GAP}([{HAN}·、，, \t\u3000]{{2,40}}?摄(?:影(?:报道)?)?){_GAP}$",
    re.M,
)
_OPEN = r"[ \t\u3000□■●▲]{0,9}"
_LEAD = re.compile(
    rf"^{_OPEN}(?:[{HAN}]{{0,8}}[讯电])?{_GAP}([{HAN}]{{0,8}}?(?:记者|通讯员)[^\n，。：:（(“]{{2,60}}?报道)",
    re.M,
)
_MEDIA = (
    r"(?P<media>[一-鿿A-Za-z0-9][一-鿿A-Za-z0-9·\-－—]{0,14}?"
    r"(?:社|网|报|台|刊|在线|客户端|新闻|频道|热线|融媒|发布|科技|财经|体育))"
)
_DATELINE = re.compile(
    rf"\s*(?:据《?)?{_MEDIA}》?(?:[{HAN}]{{1,10}}?)?(?:\d{{4}}年)?(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?"
    r"(?:专?电|快?讯|消息)(?=[\s，,：:（(【]|\d)"
)
_CITED = re.compile(
    r"^(?:据|转自|摘自|来源|原载)[：:]?[《]?([^《》，。：:]{2,20}?)[》]?(?:报道|消息|电|讯)?$"
)
_OWN = re.compile(r"^[本我](?:[报台站网刊社]|市|县|区|院|校|公司|局)")
_ENDED = "。！？”’》」』）)…~.!?\n"


class Credits(NamedTuple):
    """Who is credited in a text. `items` are the credits with their spans in `text`, in printed order.

    Names stand without blanks. `media_source` is a printed 来源, the unit that signs or the dateline's.
    """

    reporters: tuple[str, ...] = ()
    photographers: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    media_source: str | None = None
    items: tuple[Credit, ...] = ()


def read(text: str) -> Credits:
    """Return the credits printed in `text`, as newspapers, portals, universities and companies print them."""
    found = sorted(
        {credit for area in _areas(text) for credit in area}, key=lambda credit: (credit.start, credit.role)
    )
    found += _signature(text) if not any(credit.role == "reporter" for credit in found) else []
    source = next((credit for credit in found if credit.role == "source"), None) or _dateline(text)
    kept = [credit for credit in found if credit.role != "source"] + ([source] if source else [])
    kept.sort(key=lambda credit: credit.start)
    named = {
        role: tuple(dict.fromkeys(c.name for c in kept if c.role == role))
        for role in ("reporter", "photographer", "editor")
    }
    return Credits(
        named["reporter"],
        named["photographer"],
        named["editor"],
        source.name if source else None,
        tuple(kept),
    )


def _areas(text: str) -> Iterator[list[Credit]]:
    """Yield the credits of each bracket, line, caption and lead of `text` that holds a label."""
    for match in _BRACKET.finditer(text):
        if _LABEL.search(match[1]) and not _STOP.search(match[1]):
            yield credit_lines.read(text, *match.span(1))
    for match in _CAPTION.finditer(text):
        yield credit_lines.read(text, *match.span(1))
    for match in _LEAD.finditer(text):
        yield credit_lines.read(text, *match.span(1))
    start = 0
    for line in text.splitlines(keepends=True):
        if _is_credit_line(line.strip()):
            yield credit_lines.read(text, start, start + len(line))
        start += len(line)


def _is_credit_line(line: str) -> bool:
    """Return whether a whole paragraph is credits: it opens with a label or has labels with colons."""
    if not 3 <= len(line) <= 160 or _STOP.search(line):
        return False
    opening = re.match(rf"[□■●▲\s]*(?:本报|本台|本网|本站)?({label_pattern()})", line)
    colons = re.findall(rf"(?:{label_pattern()})\s*[：:/／]|[/／](?:{label_pattern()})", line)
    return bool(colons) or bool(opening and len(line) <= 60 and "，" not in line)


def _signature(text: str) -> list[Credit]:
    """Return the names or the unit in a bracket without a label at the foot: （丁　禾）, （宣传部）."""
    foot = text.rstrip()
    for match in _BRACKET.finditer(foot, max(0, len(foot) - 400)):
        before = foot[: match.start()].rstrip(" \u3000\t")
        if not foot[match.end() :].split("\n")[0].strip(" \u3000。") and before[-1:] in _ENDED:
            found = _unlabelled(foot, *match.span(1))
            if found:
                return found
    return []


def _unlabelled(text: str, start: int, end: int) -> list[Credit]:
    """Return the credits of a bracket of bare names, of a unit, of a unit and names, or of a cited outlet."""
    inside = text[start:end]
    if _LABEL.search(inside):
        return []
    if cited := _CITED.match(inside):
        first = start + cited.start(1)
        return [Credit("source", cited[1], first, first + len(cited[1]), "cr-cited")]
    if is_unit(inside) and len(inside) > 2:
        return [Credit("source", inside, start, end, "cr-unit")]
    return _bare_names(text, start, end)


def _bare_names(text: str, start: int, end: int) -> list[Credit]:
    found: list[Credit] = []
    for match in re.finditer(
        rf"[{HAN}·]+(?:(?<![{HAN}][{HAN}])[ \u3000]+[{HAN}](?![{HAN}]))?", text[start:end]
    ):
        name = re.sub(r"\s", "", match[0])
        first, last = start + match.start(), start + match.end()
        if is_person(name):
            found.append(Credit("reporter", name, first, last, "cr-signed"))
        elif is_unit(name) and not found:
            found.append(Credit("source", name, first, last, "cr-unit"))
        else:
            return []
    return found


def _dateline(text: str) -> Credit | None:
    """Return the outlet that opens a first line: 央视网消息, 新华社新河5月20日电; 本报 names none."""
    start = 0
    for line in text[:1500].splitlines(keepends=True)[:3]:
        match = _DATELINE.match(text, start)
        if match and not _OWN.match(match["media"]):
            return Credit("source", match["media"], *match.span("media"), "cr-dateline")
        start += len(line)
    return None
