"""The landing zone: raw HTTP exchanges as WARC/1.1 files, from which everything else can be made again.

The files of a source-day lie in `<data>/landing/source_id=X/day=Y/`. The `captures` table is exactly what
`index` yields, so it can be written anew from the files at any time.
"""

from etl.capture.landing.paths import names, partitions
from etl.capture.landing.reader import index, replay
from etl.capture.landing.verify import Fault, verify
from etl.capture.landing.writer import Writer

__all__ = ["Fault", "Writer", "index", "names", "partitions", "replay", "verify"]
