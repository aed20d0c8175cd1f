"""`python -m tests.bench [NAME…]`: runs every module of this folder that has a `main`, or the named ones."""

import importlib
import pkgutil
import sys
from pathlib import Path


def main() -> None:
    found = sorted(module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]))
    names = [name for name in found if not name.startswith("_") and name in (sys.argv[1:] or found)]
    if unknown := set(sys.argv[1:]) - set(names):
        sys.exit(f"no bench {', '.join(sorted(unknown))}; there are: {', '.join(found)}")
    for name in names:
        print(f"== {name}", flush=True)
        importlib.import_module(f"tests.bench.{name}").main()


if __name__ == "__main__":
    main()
