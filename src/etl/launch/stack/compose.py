"""The parts of a compose file that say how to run its services, read as the compose specification says.

https://github.com/compose-spec/compose-spec/blob/main/spec.md
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from etl.errors import UsageError

_VARIABLE = re.compile(r"\$(?:\$|\{(\w+)(?:(:?[-?])([^}]*))?\})")
_DURATION = re.compile(r"(?:(\d+)m)?(?:(\d+)s)?\Z")


@dataclass(frozen=True, slots=True)
class Health:
    """How to ask a service whether it is well: a command, and the seconds between, for and before tries."""

    test: tuple[str, ...]
    interval: float
    timeout: float
    start_period: float
    start_interval: float


@dataclass(frozen=True, slots=True)
class Service:
    """One service. `depends_on` maps services to conditions, `mounts` are (volume or path, path inside).

    `port` is the first one that it exposes; `published` the address on the host under which others reach it.
    """

    name: str
    image: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    depends_on: Mapping[str, str]
    mounts: tuple[tuple[str, str], ...]
    health: Health | None
    restart: str
    replicas: int
    port: int | None
    published: str | None


def read(path: Path, environ: Mapping[str, str]) -> dict[str, Service]:
    """Return the services of the compose file at `path` by name, those of every profile.

    `environ` fills in `${NAME}`, `${NAME:-default}` and `${NAME:?message}`. Raises UsageError where a
    variable is missing that the file insists on.
    """
    file = _interpolate(yaml.safe_load(path.read_text(encoding="utf-8")), environ)
    return {name: _service(name, service) for name, service in file["services"].items()}


def env_file(path: Path) -> dict[str, str]:
    """Return the variables of an `.env` file; without a file, none."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.lstrip().startswith("#"))
    return {name.strip(): value.strip() for name, value in pairs}


def _interpolate(node: Any, environ: Mapping[str, str]) -> Any:
    if isinstance(node, dict):
        return {key: _interpolate(value, environ) for key, value in node.items()}
    if isinstance(node, list):
        return [_interpolate(item, environ) for item in node]
    return _VARIABLE.sub(lambda found: _value(found, environ), node) if isinstance(node, str) else node


def _value(found: re.Match[str], environ: Mapping[str, str]) -> str:
    name, operator, word = found.groups()
    if name is None:
        return "$"
    value = environ.get(name)
    if value or (value is not None and not (operator or "").startswith(":")):
        return value
    if operator and operator.endswith("?"):
        raise UsageError(f"docker-compose.yml wants the variable {name}: {word}")
    return word or ""


def _service(name: str, service: Mapping[str, Any]) -> Service:
    depends = service.get("depends_on", {})
    if isinstance(depends, list):
        depends = {other: {"condition": "service_started"} for other in depends}
    expose, ports = service.get("expose", []), service.get("ports", [])
    return Service(
        name=name,
        image=service["image"],
        command=(*_words(service.get("entrypoint")), *_words(service.get("command"))),
        environment={key: str(value) for key, value in service.get("environment", {}).items()},
        depends_on={other: how["condition"] for other, how in depends.items()},
        mounts=tuple(_mount(mount) for mount in service.get("volumes", [])),
        health=_health(service["healthcheck"]) if "healthcheck" in service else None,
        restart=service.get("restart", "no"),
        replicas=int(service.get("deploy", {}).get("replicas", 1)),
        port=int(expose[0]) if expose else None,
        published=ports[0].rpartition(":")[0] if ports else None,
    )


def _mount(mount: str) -> tuple[str, str]:
    source, target, *_ = mount.split(":")
    return source, target


def _words(command: str | list[str] | None) -> tuple[str, ...]:
    return tuple(shlex.split(command)) if isinstance(command, str) else tuple(command or ())


def _health(check: Mapping[str, Any]) -> Health:
    kind, *words = check["test"]
    return Health(
        test=("sh", "-c", *words) if kind == "CMD-SHELL" else tuple(words),
        interval=_seconds(check.get("interval", "30s")),
        timeout=_seconds(check.get("timeout", "30s")),
        start_period=_seconds(check.get("start_period", "0s")),
        start_interval=_seconds(check.get("start_interval", "5s")),
    )


def _seconds(duration: str) -> float:
    found = _DURATION.match(duration)
    if not duration or found is None:
        raise UsageError(f"docker-compose.yml: {duration!r} is no duration like 1m30s")
    return 60.0 * int(found[1] or 0) + int(found[2] or 0)
