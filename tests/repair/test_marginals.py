"""What a candidate is worth is what the judge says of the best text that has it."""

from itertools import product

import numpy as np
import pytest

from etl.repair import choice, judge
from etl.repair.marginals import marginals


@pytest.mark.parametrize(
    ("left", "right"), [("市委副", "出席会议"), ("", "议强调"), ("全市经济工作会", ""), ("3.", "，")]
)
@pytest.mark.parametrize("places", [["书会议，A𠀀"], ["书工经", "记作济会"]])
def test_a_candidate_is_worth_what_the_best_text_with_it_is(left, places, right):
    bonus = [np.arange(len(candidates)) / 4 for candidates in places]
    found = marginals(left, places, right, bonus)
    ways = list(product(*(range(len(candidates)) for candidates in places)))
    for place, values in enumerate(found):
        for candidate, value in enumerate(values):
            assert value == pytest.approx(
                max(
                    judge.total(left[-4:] + "".join(p[n] for p, n in zip(places, way, strict=True)) + right)
                    + sum(more[n] for more, n in zip(bonus, way, strict=True))
                    for way in ways
                    if way[place] == candidate
                )
            )


def test_candidates_are_ranked_by_both_sides():
    assert choice.rank([("议", "义", "亿")], "会", "召开")[0][0][1] == "议"
    first, second = choice.rank([("会", "绘"), ("议", "义")], "全体", "召开")
    assert first[0][1] + second[0][1] == "会议"
