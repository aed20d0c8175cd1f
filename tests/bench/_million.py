"""A store of many meeting reports, made of articles that the pipeline itself read; seeded.

Six hundred articles are composed, repaired and read once. Each source-day then takes a hundred of them, with
ids and dates of its own, as one file for each table: 20 sources × 500 days × 100 reports are a million.
"""

import random
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from etl import meeting
from etl.dataset import parquet, rows, store
from etl.dataset.writer import to_table
from etl.records import Article, Reject, StageReport, make_id
from etl.repair import repair

SOURCES, PER_DAY, FIRST = 20, 100, date(2024, 7, 1)
TEMPLATES = 600
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "明华建国文军平志伟东海燕红玉兰春梅晓峰丽娟思远雨晴子涵浩然一鸣清扬立群怀舟"
THEMES = ("春耕生产", "安全生产", "招商引资", "乡村振兴", "防汛抗旱", "项目建设", "教育工作", "卫生健康",
          "生态环境", "消费促进", "就业", "信访")  # fmt: skip
ENDS = ("工作会议", "推进会", "座谈会", "动员部署会", "调度会", "专题会议")
AIMS = ("压实责任", "抓好备耕物资供应", "守住安全底线", "优化营商环境", "加快项目进度", "强化督导检查",
        "确保群众满意", "完善应急预案", "提升服务水平")  # fmt: skip
BODY = "各级各部门认真贯彻落实，结合实际细化措施，推动各项工作取得新成效。" * 6
PLAN = "会议传达了有关文件，通报了前一阶段的工作情况，对下一步任务作了安排。" * 4


def write(root: Path, meetings: int, seed: int = 1) -> None:
    """Write a store of so many meeting reports below `root`."""
    drawn = random.Random(seed)
    articles = [_article(number, drawn) for number in range(TEMPLATES)]
    reports = [meeting.extract(one)[:1] for one in articles]
    whole = [(one, found[0]) for one, found in zip(articles, reports, strict=True) if found]
    base = {"articles": to_table("articles", [rows.article_row(one) for one, _ in whole])}
    of, every = {}, [rows.report_rows(report) for _, report in whole]
    for table in ("meeting_reports", *rows.PARTS):
        made = [one[table] for one in every]
        base[table] = to_table(table, [row for found in made for row in found])
        of[table] = np.cumsum([0, *map(len, made)])
    days = meetings // (SOURCES * PER_DAY)
    numbers = np.random.default_rng(seed)
    for number in range(days):
        day = FIRST + timedelta(number)
        for source in range(SOURCES):
            if (number * 7 + source * 13) % 97 == 0:
                continue  # a gap
            chosen = numbers.choice(len(whole), PER_DAY, replace=False)
            _partition(str(root), f"paper-{source:02d}", day, base, of, chosen)
        if number % 50 == 0:
            print(f"  {number} of {days} days written", file=sys.stderr, flush=True)


def _name(drawn: random.Random) -> str:
    return drawn.choice(SURNAMES) + "".join(drawn.choices(GIVEN, k=drawn.choice((1, 2, 2, 2))))


def _article(number: int, drawn: random.Random) -> Article:
    chair, speaker, *others = (_name(drawn) for _ in range(drawn.randint(4, 9)))
    name = f"全市{drawn.choice(THEMES)}{drawn.choice(ENDS)}"
    one, two, three = drawn.sample(AIMS, 3)
    text = (
        f"{drawn.randint(1, 12)}月{drawn.randint(1, 28)}日，{name}在市会议中心召开。"
        f"市委书记{speaker}出席会议并讲话，市长{chair}主持会议。市领导{'、'.join(others)}参加会议。\n{PLAN}\n"
        f"{speaker}强调，一要{one}，二要{two}，三要{three}。\n{BODY}\n{chair}指出，要{drawn.choice(AIMS)}。"
    )
    damaged = text if drawn.random() < 0.6 else text.replace("，", ",").replace("会议", "會(huì)議")
    repaired = repair(damaged)
    return Article(
        article_id=f"{number:016x}", capture_id=f"{number:016x}", source_id="x", day=FIRST,
        url=f"https://paper.example/{number}.html", title=f"{name}召开", text=repaired.text,
        text_original=damaged, repair_steps=repaired.steps, lost_chars=repaired.lost,
        published_at=datetime(2026, 3, 2, tzinfo=UTC), published_precision="day", media_source="示例日报",
    )  # fmt: skip


def _partition(root: str, source: str, day: date, base, of, chosen) -> None:
    ids = np.array([f"{make_id(source, day, n)}" for n in chosen])
    counted = {}
    for table, data in base.items():
        if table == "articles":
            taken, owner = data.take(chosen), np.arange(len(chosen))
        else:
            spans = [np.arange(of[table][n], of[table][n + 1]) for n in chosen]
            owner = np.repeat(np.arange(len(chosen)), [len(span) for span in spans])
            taken = data.take(np.concatenate(spans).astype(np.int64))
        for column in ("article_id", "capture_id", "report_id"):
            if column in taken.column_names:
                values = pa.array(ids[owner])
                taken = taken.set_column(taken.column_names.index(column), taken.schema.field(column), values)
        _put(root, table, source, day, taken, "part-0")
        counted[table] = taken.num_rows
    reject = Reject("page", "no-body", "the page has no running text", source, day, "https://paper.example/x")
    _put(root, "rejects", source, day, to_table("rejects", [rows.reject_row(reject, str(day))] * 2), "parse")
    run = StageReport("parse", source, day, len(chosen), counted, {"page/no-body": 2}, 1.5)
    rates = {"meeting_reports.name": 0.9, "meeting_reports.location_name": 0.6, "participants.titles": 0.8}
    row = rows.run_row(run, str(day), datetime.combine(day, datetime.min.time(), UTC), rates)
    _put(root, "runs", source, day, to_table("runs", [row]), "parse")


def _put(root: str, table: str, source: str, day: date, data: pa.Table, name: str) -> None:
    path = Path(store.partition_path(root, table, source, day, name))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(parquet.encode(data))
