"""The index: the few columns that pages list and filter by, gathered month by month from the partitions.

A page over a million meetings can't open ten thousand partition files. The index holds the same rows in one
folder a month, made by the queries in `sql/`; it is derived, local, and made again where a partition changed.
"""

from etl.browser.index.follow import Index, Snapshot
from etl.browser.index.limits import TooMuchError

__all__ = ["Index", "Snapshot", "TooMuchError"]
