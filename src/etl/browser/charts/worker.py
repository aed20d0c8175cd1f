"""Vega-Lite to SVG in a process of its own: a line of JSON in, a line of JSON out, until the input ends.

The renderer is a JavaScript engine in native code, which ends its process where it panics (seen: a control
character in a label). That process must not be Airflow's.
"""

from __future__ import annotations

import json
import select
import sys

VEGA_LITE = "5.21"

IDLE = 600.0
"""Seconds without a chart after which the process ends: it holds 130 MB; another starts in half a second."""


def main() -> None:
    """Answer each specification on standard input with its SVG, null where it can't be drawn."""
    import vl_convert

    while select.select([sys.stdin], [], [], IDLE)[0] and (line := sys.stdin.readline()):
        try:
            made = vl_convert.vegalite_to_svg(line, vl_version=VEGA_LITE)
        except ValueError:
            made = None
        sys.stdout.write(json.dumps(made) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
