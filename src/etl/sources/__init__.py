"""Source definitions: one TOML per source, read and checked on loading."""

from etl.sources.loader import Loaded, SourceFault, get, load_all
from etl.sources.model import Source

__all__ = ["Loaded", "Source", "SourceFault", "get", "load_all"]
