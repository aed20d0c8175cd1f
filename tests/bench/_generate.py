"""Invented pages, and archives of them, the same for the same numbers."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from etl.capture.landing import exchange
from etl.capture.landing.record import member
from etl.records import Capture

FIRST = date(2026, 1, 1)
FETCHED = datetime(2026, 6, 1, tzinfo=UTC)
SURNAMES, NAMES = "田柳柏江程温黎鲍", ("禾", "青", "松", "一川", "望", "如海", "新民", "晓")
TOPICS = ("春耕生产", "防汛抗旱", "安全生产", "民生实事", "项目建设", "乡村振兴", "生态环保", "稳岗就业")
TASKS = (
    "要抓好{topic}，压实责任，确保各项任务落到实处。",
    "要坚持问题导向，聚焦{topic}中的短板弱项，逐项整改到位。",
    "各级各部门要密切配合，形成合力，推动{topic}取得新成效。",
    "要加强督促检查，对{topic}进展缓慢的单位及时通报。",
)
HTML = """<html><head><meta charset="utf-8"><title>{title}-河川日报</title></head><body>
<div class="nav"><a href="/">首页</a><a href="/news/">要闻</a><a href="/video/">视频</a></div>
<h1>{title}</h1><p>发布时间：{day} 09:30　来源：河川日报</p>
<div class="TRS_Editor">{text}</div><div class="footer">河川日报社 版权所有</div></body></html>"""


def page(number):
    """Return page `number`: a report of a meeting of about 5 kB, one of 120 days."""
    chance = random.Random(number)
    topic, day = chance.choice(TOPICS), FIRST + timedelta(days=number % 120)
    title = f"全市{topic}工作第{number}次推进会召开"
    people = [chance.choice(SURNAMES) + chance.choice(NAMES) for _ in range(3)]
    lines = [
        f"本报讯 {day.month}月{day.day}日，全市{topic}工作第{number}次推进会召开。"
        f"市委副书记、市长{people[0]}出席会议并讲话，副市长{people[1]}主持会议。",
        f"会议听取了市发展和改革委员会关于{topic}工作情况的汇报。",
        *(f"{people[0]}强调，" + chance.choice(TASKS).format(topic=chance.choice(TOPICS)) for _ in range(4)),
        *(
            "".join(chance.choice(TASKS).format(topic=chance.choice(TOPICS)) for _ in range(3))
            for _ in range(8)
        ),
        f"市政府秘书长{people[2]}参加会议。",
    ]
    text = "".join(f"<p>　　{line}</p>\n" for line in lines)
    return HTML.format(title=title, day=day, text=text).encode()


def write_archive(path, first, count):
    """Write a WARC file of the pages from `first` on, with their requests; return the bytes of the pages."""
    size = 0
    with path.open("wb") as stream:
        for number in range(first, first + count):
            body, url = page(number), f"http://paper.example/news/{number}.html"
            digest = sha256(body).hexdigest()
            head = (("Content-Type", "text/html; charset=utf-8"),)
            made = Capture("", "bench", FIRST, url, url, 200, head, FETCHED, body, digest)
            stream.write(member(exchange.response(replace(made, capture_id=str(number)))))
            stream.write(member(exchange.request(made)))
            size += len(body)
    return size
