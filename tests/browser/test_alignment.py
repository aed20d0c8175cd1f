"""Side by side: the stretches of both texts join to both texts, whatever the steps."""

from hypothesis import given
from hypothesis import strategies as st

from etl import repair
from etl.browser.alignment import Stretch, align, paragraphs
from etl.records import Step


@st.composite
def repairs(draw):
    """An original text and up to three passes of steps over it, each made for the text before it."""
    original = text = draw(st.text("会议，ab\n", max_size=25))
    steps = []
    for number in range(draw(st.integers(0, 3))):
        edges = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
        pieces, position = [], 0
        for start, end in zip(edges[::2], edges[1::2], strict=False):
            after = draw(st.text("改�\n", max_size=3))
            steps.append(Step("T1", number, start, end, text[start:end], after, 1.0))
            pieces += [text[position:start], after]
            position = end
        text = "".join([*pieces, text[position:]])
    return original, steps


def as_rows(steps):
    return [{"pass_no": s.pass_no, "start": s.start, "end": s.end, "after": s.after} for s in steps]


@given(repairs())
def test_both_texts_come_back(case):
    original, steps = case
    found = align(original, as_rows(steps))
    assert "".join(one.before for one in found) == original
    assert "".join(one.after for one in found) == repair.apply(steps, original)
    assert {number for one in found for number in one.steps} == set(range(len(steps)))
    assert all(one.before == one.after for one in found if not one.steps)


@given(repairs())
def test_paragraphs_hold_every_stretch(case):
    original, steps = case
    lines = list(paragraphs(align(original, as_rows(steps))))
    assert "\n".join("".join(one.before for one in line) for line in lines).count("会") == original.count(
        "会"
    )


def test_a_change_within_a_sentence():
    steps = as_rows([Step("G1", 0, 2, 7, "(huì)", "", 1.0), Step("T1", 1, 1, 2, "會", "会", 1.0)])
    assert align("开會(huì)了", steps) == [
        Stretch("开", "开"), Stretch("會", "会", (1,)), Stretch("(huì)", "", (0,)), Stretch("了", "了")
    ]  # fmt: skip
