"""Repair: MB/s (of UTF-8) on sound and on damaged text, as a ratio to ftfy with Chinese-safe settings.

Both tools read the same strings in the same run; the best of several rounds counts.
"""

import time

from etl.evaluate.corrupt import corrupt
from etl.evaluate.rivals import ftfy_safe
from etl.repair import repair

SENTENCES = (
    "新河市召开全市项目建设推进会，市委书记出席会议并讲话，市长主持会议。",
    "会议强调，要坚持稳中求进工作总基调，着力扩大内需、优化结构、提振信心、防范化解风险。",
    "各级各部门要对标对表、压实责任，把各项工作抓实抓细抓到位，确保完成全年目标任务。",
    "2024年上半年，全市地区生产总值同比增长6.3%，规模以上工业增加值增长8.1%。",
    "会上，市发展改革委、市财政局、市交通运输局负责同志作了汇报，与会人员进行了讨论。",
    "他指出，“民生无小事，枝叶总关情”，要用心用情用力解决好群众急难愁盼问题。",
    "副市长通报了前一阶段工作情况，对下一步工作提出具体要求；各县（区）设分会场。",
)
ARTICLE = "\n".join("".join(SENTENCES[i:] + SENTENCES[:i]) for i in range(len(SENTENCES)))
FAMILIES = ("E1", "E1-lossy", "E2", "E4", "S1", "G1", "P1", "P3", "H", "X1", "Z1", "J1", "T1")


def rate(tool, texts, rounds=3):
    """Return MB/s of `tool` over `texts`."""
    size = sum(len(text.encode("utf-8", "replace")) for text in texts)
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        for text in texts:
            tool(text)
        best = min(best, time.perf_counter() - start)
    return size / best / 1e6


def main():
    ftfy = ftfy_safe()
    repair(ARTICLE)
    print(f"{'text':<12}{'repair MB/s':>14}{'ftfy MB/s':>12}{'ratio':>8}")
    for name, texts in (
        ("sound", [ARTICLE] * 40),
        *((family, _damaged(family)) for family in FAMILIES),
        ("damaged", [text for family in FAMILIES for text in _damaged(family)]),
    ):
        if not texts:
            continue
        ours = rate(repair, texts)
        theirs = rate(ftfy, texts) if ftfy else float("nan")
        print(f"{name:<12}{ours:>14.2f}{theirs:>12.2f}{ours / theirs:>8.1f}", flush=True)


def _damaged(family):
    lines = ARTICLE.split("\n")
    damaged = ["\n".join(corrupt(line, family, seed) or line for line in lines) for seed in range(3)]
    return [text for text in damaged if text != ARTICLE]


if __name__ == "__main__":
    main()
