"""Secrets are made once, kept, and filled into what a component is started with."""

import os
import subprocess
import sys

import pytest

from etl.errors import UsageError
from etl.launch import secrets


def contents(folder):
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_they_are_random_and_stay_as_they_are(tmp_path):
    secrets.make(tmp_path / "one", {})
    secrets.make(tmp_path / "two", {})
    first = contents(tmp_path / "one")
    assert set(first) == set(secrets.MAKERS)
    assert all(len(value) >= 16 for value in first.values())
    assert set(first.values()).isdisjoint(contents(tmp_path / "two").values())
    secrets.make(tmp_path / "one", {"JWT_SECRET": "another"})
    assert contents(tmp_path / "one") == first


def test_a_given_value_counts_on_the_first_start(tmp_path):
    secrets.make(tmp_path, {"REDIS_PASSWORD": "given-by-hand", "JWT_SECRET": ""})
    assert (tmp_path / "redis_password").read_text() == "given-by-hand"
    assert (tmp_path / "jwt_secret").read_text()


@pytest.mark.parametrize("value", ["a@b:c", "-looks-like-an-option", "two words", "{x}"])
def test_a_value_that_would_break_a_url_or_a_command_is_refused(tmp_path, value):
    with pytest.raises(UsageError, match="REDIS_PASSWORD"):
        secrets.make(tmp_path, {"REDIS_PASSWORD": value})


def test_only_known_names_in_braces_are_filled_in():
    values = {"jwt_secret": "S"}
    assert secrets.fill('{"a": ["{jwt_secret}", "{other}"]}', values) == '{"a": ["S", "{other}"]}'


def test_a_component_starts_with_its_secrets_in_words_and_environment(tmp_path):
    secrets.make(tmp_path, {"REDIS_PASSWORD": "given"})
    code = "import os, sys; print(os.environ['BROKER'], sys.argv[1])"
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "etl.launch.secrets",
            "run",
            tmp_path,
            sys.executable,
            "-c",
            code,
            "w@{hostname}",
        ],
        env=os.environ | {"BROKER": "redis://:{redis_password}@here", "HOSTNAME": "box"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["redis://:given@here", "w@box"]


def test_a_missing_secret_is_named(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "etl.launch.secrets", "run", tmp_path, "true"], capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "postgres_password" in done.stderr
