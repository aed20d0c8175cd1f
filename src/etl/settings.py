"""Every path, limit and environment variable, read once at the edge and passed along."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Where data lives and how far the pipeline may go.

    `data` is a folder or an fsspec URL (`s3://bucket/prefix`); `cache` is a local folder of what can be made
    again; `sources` are folders of extra source definitions. Sizes are bytes, times seconds.
    """

    data: str = "var/data"
    cache: Path = Path("var/cache")
    sources: tuple[Path, ...] = ()
    user_agent: str = "huiyi-etl/0.1 (+https://example.org/huiyi-etl; research crawler)"
    connect_timeout: float = 10.0
    read_timeout: float = 30.0
    total_timeout: float = 120.0
    max_body: int = 16 * 1024 * 1024
    max_redirects: int = 5
    max_pages: int = 20
    max_tries: int = 4
    backoff: float = 1.0
    max_retry_after: float = 120.0
    breaker_failures: int = 5
    ca_bundle: str | None = None
    max_html: int = 16 * 1024 * 1024
    max_lost_share: float = 0.1
    repair_punctuation: bool = True
    repair_script: bool = True


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Return the settings that `environ` (default: the process's) describes.

    Variables: ETL_DATA (data folder or URL), ETL_CACHE (folder of the record browser's index), ETL_SOURCES
    (folders of source definitions, separated like PATH), ETL_USER_AGENT, ETL_CA_BUNDLE (a PEM file of trusted
    authorities instead of the usual ones).
    """
    env = os.environ if environ is None else environ
    default = Settings()
    folders = tuple(Path(p) for p in env.get("ETL_SOURCES", "").split(os.pathsep) if p)
    return Settings(
        data=env.get("ETL_DATA") or default.data,
        cache=Path(env.get("ETL_CACHE") or default.cache),
        sources=folders,
        user_agent=env.get("ETL_USER_AGENT") or default.user_agent,
        ca_bundle=env.get("ETL_CA_BUNDLE") or None,
    )
