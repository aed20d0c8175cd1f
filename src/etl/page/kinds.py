"""Pages that are no articles: error pages, challenges, login walls, soft 404s, indexes, pages that only link a file."""

from __future__ import annotations

import re
from typing import NamedTuple

from etl.page.tree import Tree

_SHORT = 400
_CHALLENGE = re.compile(
    r"__jsl_clearance|acw_sc__v2|\$_ts\b|cf-browser-verification|challenge-platform|_cf_chl|Incapsula|"
    r"document\.cookie\s*=[^;]{0,200};?\s{0,20}(?:window\.)?location|aliyun_waf|yunsuo_session|security_session_verify|"
    r"probe\.js|TencentCaptcha|nc_login_wrap|awsc\.js|__zp_stoken__"
)
_CHALLENGE_TEXT = re.compile(
    r"(?:请|需要?)(?:开启|启用|打开|允许).{0,12}(?:JavaScript|cookie)|安全(?:验证|检查|检测)中?|人机验证|滑动.{0,6}验证|访问过于频繁|"
    r"请完成(?:安全)?验证|异常访问|验证码.{0,8}(?:继续|访问)|Checking your browser|Just a moment|云防护|WAF|拦截提示",
    re.IGNORECASE,
)
_MISSING = re.compile(
    r"(?:页面|网页|文章|信息|内容|新闻|帖子|链接|文件|頁面).{0,12}(?:不存在|已删除|已被删除|找不到|未找到|已下线|走丢|丢失|已过期|失效|不見|撤销)|"
    r"(?:找不到|无法找到|没有找到|未找到).{0,12}(?:页面|网页|文章|信息|内容|资源|网站)|(?<!\d)404(?!\d)|Not Found|"
    r"(?:您|你)(?:要|所)?(?:访问|查看|浏览|请求)的.{0,14}(?:不存在|已.{0,3}删除|找不到|出错|失败)|抱歉.{0,20}(?:不存在|删除|找不到|出错)",
    re.IGNORECASE,
)
_FAULT = re.compile(
    r"(?:服务器|系统|程序|网站)(?:内部)?(?:错误|出错|异常|繁忙|维护|升级)|Internal Server Error|Bad Gateway|Service Unavailable|"
    r"(?<!\d)50[0234](?!\d)\s*(?:Error|错误)|数据库(?:连接)?(?:错误|失败)|Fatal error|Access Denied|Forbidden|没有权限|无权访问|拒绝访问",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"(?:请|需要?)(?:先|您先)?(?:登录|登陆|登入|注册)|登录后(?:才能|方可|可以?|继续)?(?:查看|阅读|浏览|访问)|(?:用户|会员|统一身份)登录|订阅后(?:可)?(?:阅读|查看)|"
    r"输入(?:访问)?密码|付费(?:阅读|内容)|剩余.{0,6}(?:内容|全文).{0,10}(?:订阅|付费|登录|购买)"
)
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|ofd|caj|zip|rar)(?:[?#].*)?$", re.IGNORECASE)
_EMBEDDED = re.compile(r"<(?:iframe|embed|object)\b[^>]{0,400}?(?:src|data)=[\"'][^\"'>]{0,300}\.pdf|pdfjs|viewer\.html\?file=", re.I)
_REFRESH = re.compile(r"<meta[^>]{0,40}http-equiv=[\"']?refresh[^>]{0,60}url=", re.IGNORECASE)
_SCRIPTED = re.compile(r"(?:window\.|document\.|top\.|self\.)?location(?:\.href)?\s*=\s*[\"']|location\.replace\(")


class Verdict(NamedTuple):
    """Why a page is no article: a reason code and a sentence."""

    reason: str
    detail: str


def by_status(status: int, html: str) -> Verdict | None:
    """Judge by the HTTP status; 412 and 521 answer with a script that sets a cookie on government sites."""
    if status in (412, 521) or (status in (202, 403, 405, 503) and _CHALLENGE.search(html)):
        return Verdict("challenge", f"the server answered {status} with a challenge")
    if status in (401, 407):
        return Verdict("login-wall", f"the server answered {status}")
    if status >= 400:
        return Verdict("error-page", f"the server answered {status}")
    return None


def without_body(tree: Tree, html: str) -> Verdict:
    """Say why a page without running text is none: the most specific reason that its words and scripts give."""
    text = tree.body.text(separator=" ", strip=True, skip_empty=True) if tree.body else ""
    return _by_words(tree, html, text) or Verdict("no-body", "no element of the page holds running text")


def by_text(tree: Tree, html: str, text: str, linked: float) -> Verdict | None:
    """Judge a page by the main `text` found and the share of it that stands in links; None for an article."""
    if len(text) < _SHORT:
        verdict = _by_words(tree, html, text)
        if verdict is not None and (verdict.reason != "index-page" or len(text) < 60):
            return verdict
    if linked > 0.6:
        return Verdict("index-page", f"{linked:.0%} of the main text stands in links")
    return None


def _by_words(tree: Tree, html: str, text: str) -> Verdict | None:
    title = tree.css_first("title")
    words = f"{title.text() if title else ''}\n{text}"
    brief = len(text) < _SHORT
    if brief and (_CHALLENGE_TEXT.search(words) or (len(text) < 100 and _CHALLENGE.search(html))):
        return Verdict("challenge", "the page asks the browser to prove itself")
    if brief and _MISSING.search(words):
        return Verdict("soft-404", "the page says that what was asked for does not exist")
    if brief and _FAULT.search(words):
        return Verdict("error-page", "the page reports a fault of the site")
    if len(text) < 200 and _LOGIN.search(text):
        return Verdict("login-wall", "the text is behind a login")
    if len(text) < 100 and (_EMBEDDED.search(html) or _links_file(tree)):
        return Verdict("pdf-only", "the page only carries or links a file")
    if len(text) < 60 and (_REFRESH.search(html) or (_SCRIPTED.search(html) and len(html) < 4000)):
        return Verdict("redirect", "the page only leads to another address")
    links = len(tree.css("a[href]"))
    if links > 30 or (links > 8 and not brief):
        return Verdict("index-page", f"the page has {links} links and no running text")
    return None


def _links_file(tree: Tree) -> bool:
    return any(_FILE.search(node.attributes.get("href") or "") for node in tree.css("a[href]"))
