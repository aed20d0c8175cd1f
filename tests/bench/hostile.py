"""Repair of texts made to break a pattern: seconds for 0.5 MB and for 2 MB; linear is a ratio of 4."""

import importlib.util
import time
from pathlib import Path

from etl.repair import repair


def pieces():
    """Return the pieces of `tests/repair/test_hostile.py` by name."""
    path = Path(__file__).parent.parent / "repair" / "test_hostile.py"
    spec = importlib.util.spec_from_file_location("hostile_pieces", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.HOSTILE


def seconds(piece, size):
    """Return how long repair takes over `size` bytes of `piece`."""
    text = piece * (size // len(piece.encode("utf-8", "surrogatepass")))
    start = time.perf_counter()
    repair(text)
    return time.perf_counter() - start


def main():
    repair("会議")
    print(f"{'piece':<18}{'0.5 MB':>10}{'2 MB':>10}{'ratio':>8}")
    for name, piece in pieces().items():
        small, large = seconds(piece, 500_000), seconds(piece, 2_000_000)
        print(f"{name:<18}{small:>9.2f}s{large:>9.2f}s{large / small:>8.1f}", flush=True)


if __name__ == "__main__":
    main()
