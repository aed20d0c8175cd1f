"""`python tests/pages/refresh.py [NAME…]`: writes the golden JSON of the pages in this folder anew.

Look at the difference before committing it: what changed must be what was meant to change.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from etl import decode, page
from etl.records import Capture, Reject, make_id

FOLDER = Path(__file__).parent
FETCHED = datetime(2026, 6, 1, tzinfo=UTC)


def result(path: Path) -> dict:
    """Return what becomes of a saved page: the fields of its draft, or the stage and reason of its reject."""
    url = f"http://localhost/news/{path.stem}/a.html"
    capture = Capture(
        make_id(path.name), "pages", None, url, url, 200, (), FETCHED, path.read_bytes(), "", "text/html"
    )
    text = decode.decode(capture)
    found = text if isinstance(text, Reject) else page.extract(text)
    if isinstance(found, Reject):
        return {"reject": f"{found.stage}: {found.reason}"}
    fields = {name: getattr(found, name) for name in found.__slots__ if getattr(found, name)}
    return {
        name: value.isoformat()
        if isinstance(value, datetime)
        else value.split("\n")
        if name == "text"
        else value
        for name, value in fields.items()
    }


def main() -> None:
    for path in sorted(FOLDER.glob("*.html")):
        if len(sys.argv) == 1 or path.stem in sys.argv[1:]:
            text = json.dumps(result(path), ensure_ascii=False, indent=1)
            path.with_suffix(".json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
