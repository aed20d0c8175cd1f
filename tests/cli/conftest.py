import sys

import pytest

from etl import cli


@pytest.fixture
def etl(monkeypatch, capsys):
    """A function that runs `etl ARGS` in this process and gives exit code, output and errors."""

    monkeypatch.setenv("COLUMNS", "160")

    def run(*args: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["etl", *map(str, args)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err

    return run
