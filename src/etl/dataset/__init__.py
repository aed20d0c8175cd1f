"""Parquet tables: Arrow schemas, rows from records, writer, reader, checks, data dictionary."""

from etl.dataset.reader import read, read_table
from etl.dataset.writer import Written, write_month, write_partition

__all__ = ["Written", "read", "read_table", "write_month", "write_partition"]
