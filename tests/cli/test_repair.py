import io
import json
import sys

import pytest


@pytest.fixture
def given(monkeypatch):
    """A function that puts bytes on standard input."""

    def put(raw: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))

    return put


def test_file_to_standard_output(etl, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("會(huì)議強調,要&amp;ldquo;抓落實&amp;rdquo;\n", "utf-8")
    code, out, _ = etl("repair", file)
    assert (code, out) == (0, "会议强调，要“抓落实”\n")


def test_switches(etl, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("會議強調,要抓落實", "utf-8")
    assert etl("repair", "--no-script", file)[1] == "會議強調，要抓落實"
    assert etl("repair", "--no-punctuation", file)[1] == "会议强调,要抓落实"


def test_json_has_text_steps_and_lost(etl, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("**市召開會議", "utf-8")
    result = json.loads(etl("repair", "--json", file)[1])
    assert result["text"] == "\ufffd\ufffd市召开会议"
    assert result["lost"] == 2
    assert [step["rule"] for step in result["steps"]] == ["K1", "T1"]
    assert result["flags"] == ["lost", "masked"]


def test_bytes_are_decoded_first(etl, tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes("新河市召开会议，市委书记出席并讲话。".encode("gbk"))
    assert etl("repair", "--bytes", file)[1] == "新河市召开会议，市委书记出席并讲话。"


def test_standard_input(etl, given):
    given("著力推進".encode())
    assert etl("repair")[1] == "着力推进"


def test_bytes_that_are_no_text_are_an_error_with_the_file_name(etl, tmp_path):
    file = tmp_path / "a.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    code, _, errors = etl("repair", "--bytes", file)
    assert code == 3
    assert "a.png" in errors
