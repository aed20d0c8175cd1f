"""Definitions of sources: what is shipped holds, and what is broken says where."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from etl import sources
from etl.cli.sources import command
from etl.errors import UsageError
from etl.settings import Settings
from etl.sources import loader, validation

GOOD = """
id = "hebin-daily"
name = "河滨日报"
region_code = "990200"
level = "市"
base = "https://paper.example/"
[[discovery]]
kind = "template"
urls = ["/{day:%Y%m}/{day:%d}/node_1.htm"]
follow = ['node_\\d+\\.htm']
include = ['content_\\d+\\.htm']
"""


def folder(tmp_path: Path, **texts: str) -> Settings:
    """Return settings whose source folder holds the given definitions."""
    for name, text in texts.items():
        (tmp_path / f"{name}.toml").write_text(text)
    return Settings(sources=(tmp_path,))


def test_what_is_shipped_loads_without_faults():
    loaded = sources.load_all(Settings(), {})
    assert loaded.faults == []
    assert {"files"} <= set(loaded.sources)
    for source in loaded.sources.values():
        assert source.level != "非行政" or source.region_code is None


def test_real_sites_are_marked_as_not_tested_and_stay_public():
    real = [one for one in sources.load_all(Settings(), {}).sources.values() if not one.local and one.visits]
    assert len(real) >= 10
    assert not any(source.tested_live for source in real)
    assert all(source.base.startswith(("http://", "https://")) for source in real)
    assert all(source.politeness.delay >= 1 and source.politeness.respect_robots for source in real)


def test_a_folder_adds_sources_and_may_replace_one(tmp_path):
    settings = folder(tmp_path, a=GOOD, b=GOOD.replace("hebin-daily", "files"))
    loaded = sources.load_all(settings, {})
    assert loaded.sources["hebin-daily"].group == "hebin-daily"
    assert loaded.sources["files"].name == "河滨日报"


def test_the_base_may_come_from_the_environment(tmp_path):
    settings = folder(tmp_path, a=GOOD.replace("base =", 'base_env = "HERE"\nbase ='))
    assert sources.get("hebin-daily", settings, {"HERE": "http://127.0.0.1:81"}).at("/x") == (
        "http://127.0.0.1:81/x"
    )
    assert sources.get("hebin-daily", settings, {}).at("/x") == "https://paper.example/x"


def test_a_way_holds_for_its_period_only(tmp_path):
    later = GOOD.replace("urls =", "valid_from = 2024-12-01\nurls =")
    source = sources.get("hebin-daily", folder(tmp_path, a=later), {})
    assert source.ways(date(2024, 11, 30)) == ()
    assert len(source.ways(date(2024, 12, 1))) == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("name =", "nme =", "unknown field `nme`"),
        ('level = "市"', 'level = "town"', "$.level"),
        ('level = "市"', "level = 3", "Expected `str`, got `int` - at `$.level`"),
        ('kind = "template"', 'kind = "temple"', "Invalid value 'temple' - at `$.discovery[0].kind`"),
        ("990200", "99", "`region_code`"),
        ("hebin-daily", "../x", "`id`"),
        ("hebin-daily", "catalog", "`id` can't be 'catalog'"),
        ("{day:%Y%m}/{day:%d}", "today", "`urls` of a template discovery must contain {day:…}"),
        ("{day:%d}", "{day.__class__}", "in braces"),
        ("node_\\d+", "node_(", "`follow` is not a regular expression"),
        ("https://paper.example/", "ftp://paper.example/", "`base` must be an http or https address"),
        ("https://paper.example/", "https://u:p@paper.example/", "user name or password"),
        ('base = "https://paper.example/"', "", "there is no `base`"),
        ('kind = "template"', 'kind = "template"\ndate_in_url = "a(?P<y>b)"', "named group(s) d, m"),
        (
            'kind = "template"',
            'kind = "template"\nvalid_from = 2024-02-01\nvalid_to = 2024-01-01',
            "lies after",
        ),
        (
            "[[discovery]]",
            '[[discovery]]\nkind = "json"\nurls = ["/api"]\nurl = "/{id!r}"\n[[discovery]]',
            "only paths of fields in braces",
        ),
        ('level = "市"', 'level = "市"\ncharset = "gb99"', "`charset`"),
        ('level = "市"', 'level = "市"\ntimezone = "Asia/Xinhe"', "`timezone`"),
        ('level = "市"', 'level = "市"\npoliteness = { delay = -1 }', "`delay`"),
        ('level = "市"', 'level = "市', "Illegal character"),
    ],
)
def test_a_broken_definition_names_file_and_field_and_the_others_load(tmp_path, old, new, said):
    assert old in GOOD
    settings = folder(tmp_path, broken=GOOD.replace(old, new), sound=GOOD.replace("hebin-daily", "other"))
    loaded = sources.load_all(settings, {})
    [fault] = loaded.faults
    assert fault.path.endswith("broken.toml")
    assert said in fault.detail
    assert "other" in loaded.sources
    with pytest.raises(UsageError, match=r"broken\.toml: "):
        sources.get("broken", settings, {})


def test_the_same_id_twice_is_a_fault_of_the_later_file(tmp_path):
    [fault] = sources.load_all(folder(tmp_path, a=GOOD, b=GOOD), {}).faults
    assert (Path(fault.path).name, "a.toml" in fault.detail) == ("b.toml", True)


def test_a_missing_folder_is_a_fault(tmp_path):
    [fault] = sources.load_all(Settings(sources=(tmp_path / "gone",)), {}).faults
    assert "not a folder" in fault.detail


def test_a_definition_cannot_lie_outside_its_folder(tmp_path):
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "outside.toml").write_text(GOOD)
    (inside / "link.toml").symlink_to(tmp_path / "outside.toml")
    loaded = sources.load_all(Settings(sources=(inside,)), {})
    assert "hebin-daily" not in loaded.sources
    assert "leads out" in loaded.faults[0].detail


def test_an_unknown_id_is_answered_with_the_known_ones():
    with pytest.raises(UsageError, match=r"there is no source 'nowhere'; known sources: .*files"):
        sources.get("nowhere", Settings(), {})


@pytest.mark.parametrize("source_id", ["", "A", "a_b", "a/b", "..", "a--b", "-a", "a" * 65, "a\n"])
def test_ids_that_could_leave_a_folder_are_refused(source_id):
    with pytest.raises(ValueError, match="`id`"):
        validation.check_id(source_id)


def test_the_command_lists_sources(monkeypatch):
    monkeypatch.delenv("ETL_SOURCES", raising=False)
    done = CliRunner().invoke(command, ["--json"])
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert told["faults"] == []
    assert "files" in [source["id"] for source in told["sources"]]
    assert "files" in CliRunner().invoke(command, []).stdout


def test_the_command_shows_faults_and_fails(tmp_path, monkeypatch):
    folder(tmp_path, broken=GOOD.replace("name =", "nme ="))
    monkeypatch.setenv("ETL_SOURCES", str(tmp_path))
    done = CliRunner().invoke(command, [])
    assert done.exit_code == 2
    assert "broken.toml: Object contains unknown field `nme`" in done.stderr
    assert "files" in done.stdout


def test_the_shipped_folder_is_in_the_package():
    assert loader.SHIPPED.parent == Path(sources.__file__).parent
