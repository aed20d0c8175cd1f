from hypothesis import given, settings
from hypothesis import strategies as st

from etl.meeting import segment


def test_sentences_end_at_full_stops_and_closing_quotes_and_newlines() -> None:
    text = "5月20日，会议召开。“要抓紧。”王一说，好！\n\n　　第二段"
    parsed = segment.parse(text)
    assert [parsed.of(s) for s in parsed.sentences] == [
        "5月20日，会议召开。",
        "“要抓紧。”",
        "王一说，好！",
        "第二段",
    ]
    assert [s.paragraph for s in parsed.sentences] == [0, 0, 0, 2]


def test_clauses_carry_their_closing_mark() -> None:
    parsed = segment.parse("一要抓紧；二要抓实：三、抓好，完。")
    found = parsed.clauses(parsed.sentences[0])
    assert [parsed.text[c.start : c.end] for c in found] == ["一要抓紧", "二要抓实", "三、抓好", "完"]
    assert [parsed.text[c.end : c.stop] for c in found] == ["；", "：", "，", "。"]


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet="一要。，；：！”\n　a 、", max_size=60) | st.text(max_size=60))
def test_sentences_and_clauses_are_ordered_and_lose_only_blanks_and_marks(text: str) -> None:
    parsed = segment.parse(text)
    position = 0
    for sentence in parsed.sentences:
        assert position <= sentence.start < sentence.end
        assert not text[position : sentence.start].strip()
        position = sentence.end
        at = sentence.start
        for clause in parsed.clauses(sentence):
            assert at <= clause.start < clause.end <= clause.stop <= sentence.end
            assert not text[at : clause.start].strip('，,；;。！？!?：:\n”’」』"')
            at = clause.stop
    assert not text[position:].strip()
