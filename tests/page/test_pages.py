"""Every page of `tests/pages` becomes what its golden JSON says; refresh.py there writes them anew."""

import importlib.util
import json
from pathlib import Path

import pytest

from etl.page import profiles

FOLDER = Path(__file__).parent.parent / "pages"
_spec = importlib.util.spec_from_file_location("refresh", FOLDER / "refresh.py")
refresh = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(refresh)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.html")), ids=lambda path: path.stem)
def test_page_becomes_its_golden_draft(path):
    found = json.loads(json.dumps(refresh.result(path)))
    assert found == json.loads(path.with_suffix(".json").read_text("utf-8"))


def test_every_profile_has_a_page_on_which_it_fires():
    fired = {json.loads(path.read_text("utf-8"))["layout"] for path in FOLDER.glob("profile-*.json")}
    assert fired == {profile.id for profile in profiles.load()}


def test_profile_ids_are_unique():
    ids = [profile.id for profile in profiles.load()]
    assert len(ids) == len(set(ids))
