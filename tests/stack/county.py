"""Three made-up sources that have pages for every day: a newspaper, a portal's list, a portal's sitemap.

Everything about a page follows from its address, so that any day can be asked for again. The sources end
before today, so that the scheduler starts no run of its own.
"""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

FIRST = date(2026, 4, 1)
"""The sources have pages from here on, for as many days as a test asks for: 30 at most."""

SITES = {
    "yunxi-paper": ("日报", "template", "/paper/{day:%Y-%m-%d}/index.html", ""),
    "yunxi-list": ("要闻", "list", "/list/index.html", 'charset = "gb18030"'),
    "yunxi-map": ("动态", "sitemap", "/map/sitemap.xml", ""),
}
"""Id of a source to its name's end, its kind of discovery, where that begins, and what else is defined."""

SOURCES = tuple(SITES)

DEFINITION = """
id = "{id}"
name = "云溪{name}"
level = "市"
base = "{base}"
local = true
politeness = {{ delay = 0.0, concurrency = 2 }}
{more}
[[discovery]]
kind = "{kind}"
valid_from = 2026-04-01
valid_to = 2026-04-30
urls = ["{start}"]
include = ['/{folder}/\\d{{4}}-\\d\\d-\\d\\d/\\d+\\.html$']
date_in_url = '/{folder}/(?P<y>\\d{{4}})-(?P<m>\\d{{2}})-(?P<d>\\d{{2}})/'
"""

TOPICS = ("春耕备耕", "防汛抗旱", "营商环境", "老旧小区改造", "森林防火", "职业教育", "医疗保障", "河道治理")
PEOPLE = ("田禾", "柳青", "苏见明", "江一川", "罗望舒", "程知行", "韩松年", "许若水")
PLACES = ("市会议中心", "云溪宾馆", "清河县政府", "东山镇")
PAGE = """<html><head><meta charset="{charset}"><title>全市{topic}工作推进会召开（{number}）</title></head>
<body>
<h1>全市{topic}工作推进会召开（{number}）</h1>
<div class="info">发布时间：{day} 09:{minute:02}　来源：云溪日报　编辑：{editor}</div><div class="TRS_Editor">
<p>{month}月{date}日，全市{topic}工作推进会在{place}召开。市委副书记、市长{chair}主持会议并讲话，副市长{second}汇报{topic}
工作进展情况，市政府秘书长{third}出席。</p>
<p>会议听取了前{number}批{topic}项目的情况汇报，研究部署下一阶段工作。{filler}</p>
<p>{chair}强调，一要压实{topic}责任，把{number}项任务逐项落到人头。二要抓好督促检查，每{minute}天通报一次进展。
三要做好群众工作，及时回应关切。</p>
<p>{second}指出，要抓紧{topic}扫尾工作，确保按期完成。</p></div></body></html>"""
FILLER = "各县区和市直有关部门要认真对照清单查找短板，对第{n}项问题逐条整改，确保{topic}各项措施落到实处。"


def days(count: int, first: date = FIRST) -> list[date]:
    """Return `count` days from `first` on."""
    return [first + timedelta(days=number) for number in range(count)]


def write_definitions(folder: Path, base: str) -> None:
    """Write the three definitions into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for source, (name, kind, start, more) in SITES.items():
        text = DEFINITION.format(
            id=source, name=name, base=base, kind=kind, start=start, folder=start.split("/")[1], more=more
        )
        (folder / f"{source}.toml").write_text(text, encoding="utf-8")


def page(path: str) -> bytes:
    """Return the body of the article at `/KIND/YYYY-MM-DD/NUMBER.html`."""
    _, kind, stamp, name = path.split("/")
    day, number = date.fromisoformat(stamp), int(name.removesuffix(".html"))
    seed = day.toordinal() + number
    topic = TOPICS[seed % len(TOPICS)]
    chair, second, third = (PEOPLE[(seed + step) % len(PEOPLE)] for step in (0, 3, 5))
    charset = "gb2312" if kind == "list" else "utf-8"
    text = PAGE.format(
        charset=charset, topic=topic, number=number, day=day, month=day.month, date=day.day, chair=chair,
        second=second, third=third, editor=PEOPLE[seed % 7], place=PLACES[seed % 4], minute=number % 60,
        filler="".join(FILLER.format(n=n, topic=topic) for n in range(1, 4 + seed % 9)),
    )  # fmt: skip
    return text.encode(charset)


def links(listed: list[str], kind: str) -> str:
    """Return a list page of articles."""
    items = (f'<li><a href="/{kind}/{one}">推进会</a>{one[:10]}</li>' for one in listed)
    return f"<html><body><ul>{''.join(items)}</ul></body></html>"


def sitemap(listed: list[str], base: str) -> str:
    """Return a sitemap of articles."""
    urls = (f"<url><loc>{base}/map/{one}</loc><lastmod>{one[:10]}</lastmod></url>" for one in listed)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{"".join(urls)}</urlset>'


def answer(path: str, base: str, listed: list[str]) -> tuple[int, str, bytes]:
    """Return status, content type and body for a path of the site."""
    match path.strip("/").split("/"):
        case ["paper", stamp, "index.html"]:
            body = links([one for one in listed if one.startswith(stamp)], "paper")
        case ["list", "index.html"]:
            body = links(listed, "list")
        case ["map", "sitemap.xml"]:
            return 200, "application/xml", sitemap(listed, base).encode()
        case ["paper" | "list" | "map", _, _]:
            return 200, "text/html", page(path)
        case _:
            return 404, "text/plain", b""
    return 200, "text/html; charset=utf-8", body.encode()


@contextmanager
def serve(pages: int, span: int, delay: float = 0.0) -> Iterator[str]:
    """Serve `pages` articles a day and source for the `span` days from FIRST on; yield the base URL.

    `delay` are the seconds that each answer takes.
    """
    listed = [f"{day}/{number}.html" for day in reversed(days(span)) for number in range(1, pages + 1)]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30

        def do_GET(self):
            time.sleep(delay)
            status, kind, body = answer(self.path, f"http://{self.headers['Host']}", listed)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request, client_address):
            if not isinstance(sys.exc_info()[1], ConnectionError):  # else the client was killed
                super().handle_error(request, client_address)

    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
