"""Services as processes: paths of containers become folders, names of services ports on loopback."""

from __future__ import annotations

import dataclasses
import os
import re
import shutil
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from etl.errors import UsageError
from etl.launch.environment import free_port
from etl.launch.stack.compose import Health, Service

HOME = "/home/etl/airflow"
APP = "/app"
"""Folders of the image: AIRFLOW_HOME, and where `dags/` and `plugins/` lie."""


@dataclass(frozen=True, slots=True)
class Process:
    """One process of the stack, ready to be started.

    `user` runs it (None: whoever starts the stack), `port` is where it listens on loopback (0: nowhere).
    """

    name: str
    service: str
    argv: tuple[str, ...]
    environment: Mapping[str, str]
    folder: Path
    log: Path
    user: str | None
    health: Health | None
    depends_on: Mapping[str, str]
    restart: str
    port: int


def processes(
    services: Mapping[str, Service], root: Path, folder: Path, addresses: Mapping[str, str] | None = None
) -> list[Process]:
    """Return every service's processes, those first that others depend on, and make their folders.

    `root` is the checkout, all that is written lies below `folder`. `addresses` leads those who reach a
    service (`store:9000`) elsewhere than to the service itself. Raises UsageError where a program is missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    table = tomllib.loads((resources.files(__package__) / "native.toml").read_text("utf-8"))
    ports = {name: _port(service) for name, service in services.items()}
    reached = {f"{name}:{services[name].port}": f"127.0.0.1:{port}" for name, port in ports.items() if port}
    reached |= addresses or {}
    return [
        _process(services[name], number, table, root, folder, reached, ports[name])
        for name in _ordered(services)
        for number in range(1, services[name].replicas + 1)
    ]


def _port(service: Service) -> int:
    """Return the port on loopback: the published one, else a free one; 0 where there is nothing to reach."""
    if service.published:
        return int(service.published.rpartition(":")[2])
    return free_port() if service.port else 0


def _ordered(services: Mapping[str, Service]) -> list[str]:
    ordered: list[str] = []

    def visit(name: str) -> None:
        """Put a service behind those that it depends on."""
        for other in services[name].depends_on:
            visit(other)
        if name not in ordered:
            ordered.append(name)

    for name in services:
        visit(name)
    return ordered


def _process(
    service: Service,
    number: int,
    table: Mapping[str, Any],
    root: Path,
    folder: Path,
    reached: Mapping[str, str],
    port: int,
) -> Process:
    name = service.name if service.replicas == 1 else f"{service.name}-{number}"
    row = table.get(service.image.rpartition("/")[2].partition(":")[0], {})
    user = row.get("user") if os.geteuid() == 0 else None
    home, temporary = folder / "home" / name, folder / "tmp" / name
    mounts = {target: _mount(source, root, folder) for source, target in service.mounts}
    for made in (home, temporary, folder / "logs", *mounts.values()):
        made.mkdir(parents=True, exist_ok=True)
    if user:
        _hand_over(user, folder, [home, temporary, folder / "volumes" / service.name])
    path = os.pathsep.join([str(Path(sys.executable).parent), *_programs(row), os.environ.get("PATH", "")])
    _require(row.get("needs", ()), path)

    places = {**reached, "0.0.0.0": "127.0.0.1", APP: str(root), HOME: str(home)}
    places |= {target: str(there) for target, there in mounts.items()}
    places |= {str(service.port): str(port)} if port else {}
    own = {"PATH": path, "HOME": str(home), "TMPDIR": str(temporary), "HOSTNAME": name, "LANG": "C.UTF-8"}
    words = tuple(word.replace("{port}", str(port)) for word in row.get("command", ()))
    return Process(
        name=name,
        service=service.name,
        argv=words or tuple(_translate(word, places) for word in service.command),
        environment=own | {key: _translate(value, places) for key, value in service.environment.items()},
        folder=root,
        log=folder / "logs" / f"{name}.log",
        user=user,
        health=_health(service.health, row.get("health"), places, port),
        depends_on=service.depends_on,
        restart=service.restart,
        port=port,
    )


def _translate(text: str, places: Mapping[str, str]) -> str:
    """Return `text` with each word of `places` replaced, in one pass; the longest one that fits counts."""
    longest_first = "|".join(re.escape(place) for place in sorted(places, key=len, reverse=True))
    return re.sub(rf"(?<![\w.-])(?:{longest_first})(?![\w-])", lambda found: places[found[0]], text)


def _health(
    health: Health | None, instead: list[str] | None, places: Mapping[str, str], port: int
) -> Health | None:
    if health is None:
        return None
    if instead:
        return dataclasses.replace(health, test=tuple(word.replace("{port}", str(port)) for word in instead))
    return dataclasses.replace(health, test=tuple(_translate(word, places) for word in health.test))


def _mount(source: str, root: Path, folder: Path) -> Path:
    """Return the folder of a bind mount (a path) or of a named volume."""
    return (root / source).resolve() if "/" in source else folder / "volumes" / source


def _hand_over(user: str, folder: Path, owned: list[Path]) -> None:
    """Let `user` enter `folder` and own what it writes; UsageError where `user` cannot get there."""
    shutil.chown(folder, group=user)
    folder.chmod(0o750)
    for path in owned:
        shutil.chown(path, user, user)
    if closed := [parent for parent in folder.parents if not parent.stat().st_mode & 0o001]:
        raise UsageError(
            f"{user} may not enter {closed[-1]}: choose another --home, or do not run this as root"
        )


def _programs(row: Mapping[str, Any]) -> list[str]:
    """Return the newest of the folders in which Debian keeps the row's programs."""
    pattern = row.get("path", "/nowhere").lstrip("/")
    return [str(found) for found in sorted(Path("/").glob(pattern), key=_version)][-1:]


def _version(path: Path) -> int:
    return int(path.parent.name) if path.parent.name.isdecimal() else 0


def _require(programs: tuple[str, ...], path: str) -> None:
    for program in programs:
        if shutil.which(program, path=path) is None:
            raise UsageError(
                f"there is no {program}: the stack needs Debian's postgresql and redis-server "
                "(apt-get install postgresql redis-server) and the dependency groups test and celery"
            )
