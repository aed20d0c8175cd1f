"""What a candidate is worth is what the judge says of the best text that has it."""

from itertools import product

import numpy as np
import pytest

from etl.repair import choice, judge
from etl.repair.marginals import Place, alone, joint


@pytest.mark.parametrize(
    ("left", "right"), [("市委副", "出席会议"), ("", "议强调"), ("全市经济工作会", ""), ("3.", "，")]
)
@pytest.mark.parametrize("places", [["书会议，A𠀀"], ["书工经", "记作济会"]])
def test_a_candidate_is_worth_what_the_best_text_with_it_is(left, places, right):
    bonus = [np.arange(len(candidates)) / 4 for candidates in places]
    found = joint(left, places, right, bonus)
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


@pytest.mark.parametrize("candidates", ["书会议，A𠀀", "书会议，A𠀀" * 5])
def test_places_are_looked_at_together(candidates):
    places = [Place("市委副", candidates, "出席会议"), Place("", candidates, "议强调"), Place("3.", "年", "")]
    for place, values in zip(places, alone(places), strict=True):
        [expected] = joint(place.left, [place.candidates], place.right, [np.zeros(len(place.candidates))])
        assert values - values[0] == pytest.approx(expected - expected[0])


def test_candidates_are_ranked_by_both_sides():
    [[(_, best), *_]] = choice.rank(choice.places([(("议", "义", "亿"), "会", "召开")]), "会", "召开")
    assert best == "议"
    unknown = [(("会", "绘"), "全体", "\ufffd召"), (("议", "义"), "全体\ufffd", "召开")]
    ranked = choice.rank(choice.places(unknown), "全体", "召开")
    assert [place[0][1] for place in ranked] == ["会", "议"]
