"""H3: tags and attributes left in the text by a parser that saw a broken or a doubly escaped tag.

Only the element and attribute names of HTML and of Word's export count, and only in tag position: `a<b`,
`PM2.5<35` and `使用<br>标签` stay.
"""

from __future__ import annotations

import re

from etl.repair.edits import Edit

TRIGGERS = "<>="
_LONG = (
    r"(?i:abbr|article|aside|big|blockquote|body|br|center|cite|code|dd|del|div|dl|dt|em|embed|fieldset|figure|font"
    r"|footer|form|h[1-6]|head|header|hr|html|iframe|img|input|label|li|link|meta|nav|object|ol|option|param|pre"
    r"|script|section|select|small|source|span|strike|strong|style|sub|sup|table|tbody|td|textarea|tfoot|th|thead"
    r"|title|tr|ul|video|[ovw]:[a-z]{1,20}|st1:[a-z]{1,20})"
)
_NAME = rf"(?:{_LONG}|[abipsuP])"
_ATTRIBUTE = (
    r"(?:style|class|align|valign|href|src|width|height|target|color|face|size|border|bgcolor|cellpadding"
    r"|cellspacing|alt|rel|lang|id|colspan|rowspan|onclick|onload|data-[a-z-]{1,30})"
    r"\s?=\s?(?:\"[^\"<>\n]{0,300}\"|'[^'<>\n]{0,300}'|“[^”<>\n]{0,300}”|[#\w.%-]{1,40}(?=[\s/>]))"
)
_FRAGMENT = re.compile(
    rf"""(?=[</a-z\s])(?:  # how one may begin: the rest is tried there only
    <!--[^<>]{{0,300}}> | <!\[endif\]-{{0,2}}> | <\?xml[^<>]{{0,300}}>
    | </?{_NAME}(?:\s[^<>\n]{{0,300}})?/?\s?>
    | (?<![<\w/:.]) /{_NAME}\s?>
    | </{_NAME}(?![A-Za-z])
    | <{_LONG}(?:\s+{_ATTRIBUTE}){{0,10}}\s?/(?![A-Za-z0-9])
    | <(?:{_LONG}|(?<![A-Za-z0-9\s]<)[abipsuP])(?:\s+{_ATTRIBUTE}){{1,10}}\s?/?>?
    | <(?:br|hr)(?=\s|$|[^\x00-\x7f])
    | (?<![A-Za-z0-9<])(?:\s?{_ATTRIBUTE}){{1,10}}\s?/?>
    | (?<=[^\x00-\x7f])(?:\s?(?:style|class|align|href|src|bgcolor)\s?=\s?\"[^\"<>\n]{{0,300}}\"){{1,10}}
    )""",
    re.VERBOSE | re.DOTALL,
)
_ABOUT_TAGS = re.compile(
    r"\s?(?:(?:这个|這個|这些|這些|等)?(?:标签|標簽|標籤|标记|標記|元素|tag|element)|等[，。、；）)])"
)


def find(text: str) -> list[Edit]:
    """Return one edit for each tag or attribute fragment in `text`: a break stays, the rest goes."""
    if "<" not in text and ">" not in text and '="' not in text:
        return []
    edits = []
    for match in _FRAGMENT.finditer(text):
        if _ABOUT_TAGS.match(text, match.end()):
            continue
        edits.append(Edit(match.start(), match.end(), _left_over(text, match), "H3", 0.95))
    return edits


def _left_over(text: str, match: re.Match[str]) -> str:
    """Return a line break for the end of a paragraph that has none beside it, else nothing."""
    inside = match.start() > 0 and match.end() < len(text)
    is_break = match[0].startswith(("<br", "</p>", "</div>"))
    beside = text[match.start() - 1 : match.start()] + text[match.end() : match.end() + 1]
    return "\n" if is_break and inside and "\n" not in beside else ""
