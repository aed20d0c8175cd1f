"""Marked pieces of a text join to the text again, whatever the marks."""

from hypothesis import given
from hypothesis import strategies as st

from etl.browser.highlight import Mark, pieces

MARKS = st.lists(
    st.builds(Mark, st.integers(-5, 40), st.integers(-5, 40), st.just("k"), st.text("ab", max_size=3))
)


@given(st.text("会议强调一要abc\n", max_size=30), MARKS)
def test_pieces_join_to_the_text(text, marks):
    assert "".join(piece.text for piece in pieces(text, marks)) == text


@given(st.text("会议强调一要", min_size=1, max_size=30), MARKS)
def test_each_character_carries_the_marks_over_it(text, marks):
    position = 0
    for piece in pieces(text, marks):
        for offset in range(position, position + len(piece.text)):
            over = sorted(m.key for m in marks if 0 <= m.start <= offset < m.end <= len(text))
            assert sorted(piece.keys) == over
        position += len(piece.text)


def test_nested_marks():
    found = list(pieces("一要抓好春耕", [Mark(0, 6, "directive", "d"), Mark(2, 4, "role", "r")]))
    assert [(p.text, p.keys) for p in found] == [("一要", ("d",)), ("抓好", ("d", "r")), ("春耕", ("d",))]
