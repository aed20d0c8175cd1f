"""A run killed with SIGKILL and run again leaves the files of an uninterrupted run."""

import hashlib
import signal
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from etl import stages
from etl.settings import Settings

SOURCE = "xinhe-gov"
DAY = date(2026, 3, 4)
CHILD = """
import os, signal, sys
from datetime import UTC, date, datetime
from etl import stages
from etl.settings import Settings

kind, left = sys.argv[2], int(sys.argv[3])

def hit(seen):
    global left
    if seen == kind:
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(lambda event, args: hit(event))
run = {"settings": Settings(data=sys.argv[1]), "clock": lambda: datetime(2026, 3, 9, tzinfo=UTC)}
run["tell"] = lambda _: hit("page")
stages.capture_day("xinhe-gov", date(2026, 3, 4), **run)
stages.parse_day("xinhe-gov", date(2026, 3, 4), **run)
"""


def run_whole(data: Path) -> None:
    options = {"settings": Settings(data=str(data)), "clock": lambda: datetime(2026, 3, 9, tzinfo=UTC)}
    stages.capture_day(SOURCE, DAY, **options)
    stages.parse_day(SOURCE, DAY, **options)


def files(data: Path) -> dict[str, str]:
    return {
        str(path.relative_to(data)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(data.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def expected(site, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ETL_SAMPLE_SITE", site)
        data = tmp_path_factory.mktemp("whole")
        run_whole(data)
        return files(data)


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("page", 1),  # while fetching
        ("page", 3),
        ("os.rename", 1),  # before the WARC file is published
        ("os.rename", 2),  # landed, without a row in captures
        ("os.rename", 4),  # without a row in runs
        ("page", 6),  # while parsing
        ("os.rename", 5),  # before the first table of parse
        ("os.rename", 9),  # some tables new, the others absent
        ("os.rename", 13),  # without a row in runs
    ],
)
def test_killed_and_run_again(expected, settings, tmp_path, kind, count):
    data = Path(settings.data)
    child = [sys.executable, "-c", CHILD, settings.data, kind, str(count)]
    done = subprocess.run(child, capture_output=True, text=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert files(data) != expected
    run_whole(data)
    assert files(data) == expected


IMPORT = """
import os, signal, sys
from datetime import UTC, datetime
from etl import stages
from etl.settings import Settings

left = int(sys.argv[3])

def hit(event, _args):
    global left
    left -= event == "os.rename"
    if event == "os.rename" and left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(hit)
clock = lambda: datetime(2026, 3, 9, tzinfo=UTC)
stages.import_paths([sys.argv[1]], settings=Settings(data=sys.argv[2]), clock=clock)
"""


@pytest.mark.parametrize("count", [1, 4, 9])
def test_an_import_killed_and_run_again(tmp_path, count):
    page = tmp_path / "page.txt"
    page.write_text("河川市召开会议\n3月4日，市长田禾主持召开春耕工作会议。", encoding="utf-8")
    clock = lambda: datetime(2026, 3, 9, tzinfo=UTC)  # noqa: E731
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    stages.import_paths([page], settings=Settings(data=str(whole)), clock=clock)
    child = [sys.executable, "-c", IMPORT, str(page), str(broken), str(count)]
    done = subprocess.run(child, capture_output=True, text=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert not broken.exists() or files(broken) != files(whole)
    stages.import_paths([page], settings=Settings(data=str(broken)), clock=clock)
    assert files(broken) == files(whole)
