"""Capture: from a source's definition and a day to raw pages in the landing zone, politely and without loss.

`collect` goes to the network, `landing` keeps what came (WARC/1.1) and replays it, `files` reads pages that
lie on disk already.
"""

from etl.capture import files, landing
from etl.capture.collect import collect

__all__ = ["collect", "files", "landing"]
