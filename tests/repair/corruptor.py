"""Damaged texts for property tests: our own sentences under the mechanics of `etl.evaluate.corrupt`."""

from hypothesis import strategies as st

from etl.evaluate.corrupt import corrupt

SENTENCES = (
    "新河市召开全市项目建设推进会，市委书记陈立新出席会议并讲话，市长吴静主持会议。",
    "会议强调，要坚持稳中求进工作总基调，着力扩大内需、优化结构、提振信心、防范化解风险。",
    "各级各部门要压实责任，把各项工作抓实抓细抓到位，确保完成全年目标任务。",
    "2024年上半年，全市地区生产总值同比增长6.3%，规模以上工业增加值增长8.1%。",
    "会上，市发展改革委、市财政局、市交通运输局负责同志作了汇报，与会人员进行了讨论。",
    "他指出，“民生无小事，枝叶总关情”，要用心用情用力解决好群众急难愁盼问题。",
    "副市长郑明通报了前一阶段工作情况，对下一步工作提出具体要求；各县（区）设分会场。",
    "要抓住春耕春播的有利时机，做好种子、化肥、农药的供应，组织技术人员到田间地头指导。",
    "教育、卫生、文化等部门要主动服务，让困难家庭的孩子都有学上，让老年人就近看得上病。",
    "目前，新河港二期工程已完成投资12亿元，预计年底前建成投用，年吞吐能力将达到500万吨。",
)


def sentences():
    """Return a strategy for one to three of our sentences."""
    return st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3, unique=True).map("".join)


@st.composite
def damaged(draw, *families):
    """Return a strategy for (clean text, text damaged by one of `families`), where the damage applies."""
    text = draw(sentences())
    bad = corrupt(text, draw(st.sampled_from(families)), draw(st.integers(0, 10_000)))
    return text, text if bad is None else bad


@st.composite
def damaged_twice(draw, inner, outer):
    """Return a strategy for text damaged by one family of `inner`, then by one of `outer`."""
    text, bad = draw(damaged(*inner))
    worse = corrupt(bad, draw(st.sampled_from(outer)), draw(st.integers(0, 10_000)))
    return text, bad if worse is None else worse
