"""What DAGs and the command line call: one function for each stage, over its own partition."""

from etl.stages.capturing import capture_day
from etl.stages.days import captured_sources, parsed_sources
from etl.stages.importing import import_paths, import_shards
from etl.stages.merging import merge_month
from etl.stages.parsing import parse_day
from etl.stages.quality import check_day

__all__ = [
    "capture_day",
    "captured_sources",
    "check_day",
    "import_paths",
    "import_shards",
    "merge_month",
    "parse_day",
    "parsed_sources",
]
