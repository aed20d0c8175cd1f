"""The services of docker-compose.yml as processes, working on the sources of `county.py`."""

import dataclasses
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import county
import fsspec
from proxy import Proxy

from etl.dataset import schemas
from etl.launch.api import Api
from etl.launch.environment import Embedded, checkout, free_port
from etl.launch.stack import compose, native, runner

ROOT = checkout()
ETL = Path(sys.executable).with_name("etl")
CLOCKED = ("captures", "runs")
"""Tables that hold clock times; every other one is compared byte for byte."""


@dataclass
class Stack:
    """A running stack, and what a test needs to drive it."""

    folder: Path
    base: str
    api: Api
    tended: dict[str, runner.Tended]
    seconds: float

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a component, with its secrets."""
        folder = self.folder / "volumes" / "secrets"
        found = dict(self.tended["api-server"].spec.environment)
        return found | {
            "AWS_SECRET_ACCESS_KEY": (folder / "store_password").read_text(),
            "AWS_ENDPOINT_URL": found["AWS_ENDPOINT_URL"],
        }

    def bucket(self):
        """The file system of the bucket."""
        env = self.environment
        return fsspec.filesystem(
            "s3",
            key=env["AWS_ACCESS_KEY_ID"],
            secret=env["AWS_SECRET_ACCESS_KEY"],
            endpoint_url=env["AWS_ENDPOINT_URL"],
            client_kwargs={"region_name": "us-east-1"},
            skip_instance_cache=True,
            use_listings_cache=False,
        )

    def tables(self) -> dict[str, bytes]:
        """Every file of every compared table in the bucket: path below the data folder to bytes."""
        fs = self.bucket()
        return {
            path.removeprefix("huiyi/data/"): fs.cat_file(path)
            for table in compared()
            for path in fs.find(f"huiyi/data/{table}")
        }


def compared() -> list[str]:
    """The tables that are compared byte for byte."""
    return [name for name in schemas.daily() if name not in CLOCKED]


@contextmanager
def started(
    base: str,
    store: Proxy | None = None,
    settings: dict[str, str] | None = None,
    **values: str,
) -> Iterator[Stack]:
    """The stack in a folder of its own, which is gone afterwards.

    `values` are those of an .env file, `settings` further variables of each process; `store` is put before
    the object store.
    """
    # Not pytest's folder: root starts PostgreSQL as a user who may not enter that.
    folder = Path(tempfile.mkdtemp(prefix="huiyi-stack-"))
    county.write_definitions(folder / "sources", base)
    port = free_port()
    values |= {"UI_PORT": str(port), "SOURCES": str(folder / "sources")}
    services = compose.read(ROOT / "docker-compose.yml", values)
    specs = [
        dataclasses.replace(spec, environment={**spec.environment, **(settings or {})})
        for spec in native.processes(services, ROOT, folder, {"store:9000": store.address} if store else {})
    ]
    if store:
        store.target = ("127.0.0.1", next(spec.port for spec in specs if spec.service == "store"))
    begun = time.monotonic()
    try:
        with runner.running(specs, seconds=600) as tended:
            seconds = time.monotonic() - begun
            api = Api(Embedded(ROOT, folder, "s3://huiyi/data", port, base))
            api.sign_in(("admin", (folder / "volumes/secrets/admin_password").read_text()))
            yield Stack(folder, base, api, tended, seconds)
    except BaseException:
        print(f"the logs are kept in {folder}")
        raise
    if not (folder / "kept").exists():
        shutil.rmtree(folder)


def ailing(stack: Stack) -> list[str]:
    """The services that are not well now, by their health checks: those that last, and do not answer."""
    return [
        name
        for name, one in stack.tended.items()
        if "completed" not in one.reached
        and (one.popen is None or one.popen.poll() is not None or not runner.is_well(one.spec))
    ]


@contextmanager
def kept_on_failure(stack: Stack) -> Iterator[None]:
    """Keep the folder of the stack, with all its logs, where the block fails."""
    try:
        yield
    except BaseException:
        (stack.folder / "kept").touch()
        print(f"the logs are kept in {stack.folder}")
        raise


def locally(folder: Path, base: str, days: list) -> dict[str, bytes]:
    """What `etl run` writes for the same days on a local disk: path below the data folder to bytes."""
    county.write_definitions(folder / "sources", base)
    data = folder / "data"
    env = os.environ | {"ETL_SOURCES": str(folder / "sources"), "ETL_DATA": str(data)}
    for source in county.SOURCES:
        command = [ETL, "run", source, "--from", str(days[0]), "--to", str(days[-1])]
        subprocess.run(command, env=env, check=True, capture_output=True)
    return {
        str(path.relative_to(data)): path.read_bytes()
        for table in compared()
        for path in (data / table).rglob("*.parquet")
    }
