"""What DAGs and the command line call: capture, parse, import and merge, each over its own partition."""

from etl.stages.capturing import capture_day
from etl.stages.importing import import_paths
from etl.stages.merging import merge_month
from etl.stages.parsing import parse_day

__all__ = ["capture_day", "import_paths", "merge_month", "parse_day"]
