"""Steps replay to the repaired text, and its positions trace back to the original."""

import pytest

from etl.errors import DataError
from etl.repair import apply, repair, trace

GLOSSED = "全市穩(wěn)就業(yè)會(huì)議召開,市長(cháng)講話"


def test_replay_and_trace():
    result = repair(GLOSSED)
    assert apply(result.steps, GLOSSED) == result.text == "全市稳就业会议召开，市长讲话"
    for word, original in (("稳", "穩"), ("会议", "會"), ("讲话", "講"), ("，", ",")):
        assert trace(result.steps, result.text.index(word)) == GLOSSED.index(original)
    assert trace(result.steps, len(result.text)) == len(GLOSSED)


def test_traces_keep_order():
    result = repair(GLOSSED)
    traced = [trace(result.steps, position) for position in range(len(result.text) + 1)]
    assert traced == sorted(traced)


def test_steps_of_another_text_are_refused():
    with pytest.raises(DataError, match="recorded for"):
        apply(repair(GLOSSED).steps, "另一篇文章")
