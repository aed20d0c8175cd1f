"""Secrets of the distributed stack: made once, kept as files, filled into what a component is started with.

python -m etl.launch.secrets make FOLDER
python -m etl.launch.secrets run FOLDER COMMAND…
"""

from __future__ import annotations

import base64
import os
import re
import secrets
import socket
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from etl.errors import UsageError


def _fernet_key() -> str:
    """Return a Fernet key: 32 random bytes in URL-safe base64 (github.com/fernet/spec)."""
    return base64.urlsafe_b64encode(os.urandom(32)).decode()


MAKERS: dict[str, Callable[[], str]] = {
    "postgres_password": secrets.token_hex,
    "redis_password": secrets.token_hex,
    "store_password": secrets.token_hex,
    "admin_password": lambda: secrets.token_hex(10),
    "fernet_key": _fernet_key,
    "jwt_secret": lambda: secrets.token_hex(64),  # signed with HS512
    "api_secret_key": secrets.token_hex,
}
"""Name of each secret, which is its file's name, to what makes it where the environment gives none."""

_SAFE = re.compile(r"\w[\w=.~-]*\Z", re.ASCII)
"""What can stand in a URL and as a word of a command, where a leading dash would make it an option."""


def make(folder: Path, environ: Mapping[str, str]) -> None:
    """Write each secret that `folder` lacks: the variable of its name in capitals, else a random one.

    Files that are there stay as they are: a database keeps the password it was made with. Raises UsageError
    for a given value that cannot stand in a URL or a command.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, maker in MAKERS.items():
        path = folder / name
        given = environ.get(name.upper(), "")
        if given and not _SAFE.match(given):
            raise UsageError(
                f"{name.upper()} may hold letters, digits and = . ~ _ - only, and not begin with a mark"
            )
        if not path.exists():
            new = folder / f".{name}.partial"
            new.write_text(given or maker(), encoding="ascii")
            # Each image runs as a user of its own; the volume is mounted by this stack's services only.
            new.chmod(0o444)
            new.rename(path)


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return `text` with each `{name}` of `values` replaced; other braces stay."""
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), text)


def run(folder: Path, command: list[str]) -> None:
    """Become `command`, with the secrets and `{hostname}` filled into its words and its environment.

    Raises UsageError where a secret is missing.
    """
    try:
        values = {name: (folder / name).read_text(encoding="ascii") for name in MAKERS}
    except OSError as error:
        raise UsageError(
            f"{error.filename} cannot be read ({error.strerror}); the service `secrets` makes it"
        ) from None
    values["hostname"] = os.environ.get("HOSTNAME") or socket.gethostname()
    environ = {name: fill(value, values) for name, value in os.environ.items()}
    os.execvpe(command[0], [fill(word, values) for word in command], environ)


if __name__ == "__main__":
    action, place, *words = sys.argv[1:]
    try:
        make(Path(place), os.environ) if action == "make" else run(Path(place), words)
    except UsageError as error:
        sys.exit(f"etl.launch.secrets: {error}")
