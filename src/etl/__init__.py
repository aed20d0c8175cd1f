"""huiyi-etl: Chinese news pages in, Parquet tables of meetings (会议) out."""

from importlib.metadata import version

__version__ = version("huiyi-etl")
