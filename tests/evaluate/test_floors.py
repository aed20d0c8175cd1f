"""Floors: what lies below is named, lowering takes a reason."""

import pytest

from etl.errors import DataError, UsageError
from etl.evaluate import floors


def test_floors_are_written_rounded_down_and_read_back(tmp_path):
    path = tmp_path / "floors.toml"
    floors.write(path, {"people by name": 0.98765, "segments": 1.0})
    assert floors.read(path) == {"people by name": 0.987, "segments": 1.0}
    assert floors.fallen(floors.read(path), {"people by name": 0.98, "segments": 1.0}) == {
        "people by name": (0.98, 0.987)
    }


def test_a_missing_metric_is_below_its_floor():
    assert floors.fallen({"segments": 0.5}, {}) == {"segments": (0.0, 0.5)}


def test_lowering_takes_a_reason_which_is_kept(tmp_path):
    path = tmp_path / "floors.toml"
    floors.write(path, {"segments": 0.9})
    with pytest.raises(UsageError, match="segments"):
        floors.write(path, {"segments": 0.8})
    assert floors.read(path) == {"segments": 0.9}
    floors.write(path, {"segments": 0.8}, lower_because='the gold gained "harder" texts')
    assert floors.read(path) == {"segments": 0.8}
    assert "harder" in path.read_text("utf-8")
    floors.write(path, {"segments": 0.85})
    assert "harder" in path.read_text("utf-8")


def test_a_malformed_file_is_named(tmp_path):
    path = tmp_path / "floors.toml"
    path.write_text("[floors\n")
    with pytest.raises(DataError, match=r"floors\.toml"):
        floors.read(path)
    path.write_text('[floors]\nsegments = "high"\n')
    with pytest.raises(DataError, match="segments"):
        floors.read(path)
