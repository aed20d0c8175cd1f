"""Repair: MB/s (of UTF-8) on sound and on damaged text, as a ratio to ftfy with Chinese-safe settings.

The texts are the sample site's articles, three in one (800 characters, a report in a paper). Each family
damages every sentence that it can; `mirror` lines are articles under the damage that the sample's mirrors
serve together, with one slip an article in the last. `damaged` is all families in one. Both tools read the
same strings in the same run; CPU time counts, and of several rounds the best.
"""

import re
import time

from etl.evaluate.corrupt import corrupt
from etl.evaluate.rivals import ftfy_safe
from etl.repair import repair
from etl.sample.content import entries
from etl.sample.damage import DAMAGES
from etl.sample.slip import slip

FAMILIES = (
    *("E1", "E1-double", "E1-lossy", "E2", "E2-lossy", "E3", "E4", "E4-lossy", "E6", "S1", "G1", "G2", "P1"),
    *("P2", "P3", "H", "H3", "X1", "Z1", "J1", "K1", "T1"),
)
LEAST_SECONDS = 0.05
"""CPU seconds of a round: the texts are small, so fast tools see them often."""
SENTENCE = re.compile("[^。！？；\n]*[一-鿿]{3}[^。！？；\n]*[。！？；]*")


def articles():
    """Return the sample site's articles, three in one."""
    texts = [entry.text.strip() for entry in entries() if entry.text and not entry.same_as]
    return ["\n".join(texts[i : i + 3]) for i in range(0, len(texts) - 2, 3)]


def damaged(family, texts):
    """Return the `texts` that `family` could damage, sentence by sentence."""
    found = [SENTENCE.sub(lambda m: corrupt(m[0], family, 1) or m[0], text) for text in texts]
    return [bad for text, bad in zip(texts, found, strict=True) if bad != text]


def mirrored(names, texts):
    """Return `texts` with the damage `names`, paragraph by paragraph; slip is one in the middle of each."""
    return ["\n".join(_mirrored(names, line) for line in text.split("\n")) for text in texts]


def _mirrored(names, line):
    for name in names:
        line = slip(line, len(line) // 2) if name == "slip" else DAMAGES[name](line)
    return line


def seconds(tool, texts, times=1):
    """Return the CPU seconds of `tool` over `texts`, so many times."""
    start = time.process_time()
    for _ in range(times):
        for text in texts:
            tool(text)
    return (time.process_time() - start) / times


def rate(tool, texts, rounds=3):
    """Return MB/s of `tool` over `texts`: of some rounds, each long enough to be measured, the best."""
    size = sum(len(text.encode("utf-8", "replace")) for text in texts)
    seconds(tool, texts)  # what is loaded at first use
    times = 1 + int(LEAST_SECONDS / max(seconds(tool, texts), 1e-6))
    return size / min(seconds(tool, texts, times) for _ in range(rounds)) / 1e6


def main():
    ftfy, texts = ftfy_safe(), articles()
    by_family = {family: damaged(family, texts) for family in FAMILIES}
    served = sorted({entry.damage for entry in entries() if len(entry.damage) > 1})
    mirrors = {f"mirror: {' '.join(names)}": mirrored(names, texts) for names in served}
    slipped = mirrored(("slip", "traditional", "half-width"), texts[:6])
    rows = {
        "sound": texts,
        **by_family,
        "damaged": [text for bad in by_family.values() for text in bad],
        "damaged but S1": [text for family, bad in by_family.items() if family != "S1" for text in bad],
        **mirrors,
        "mirror: slip traditional half-width": slipped,
    }
    print(f"{'text':<52}{'KB':>6}{'repair MB/s':>14}{'ftfy MB/s':>12}{'ratio':>8}")
    for name, row in ((name, row) for name, row in rows.items() if row):
        size = sum(len(text.encode("utf-8", "replace")) for text in row) / 1000
        ours = rate(repair, row)
        theirs = rate(ftfy, row) if ftfy else float("nan")
        print(f"{name:<52}{size:>6.0f}{ours:>14.2f}{theirs:>12.2f}{ours / theirs:>8.1f}", flush=True)


if __name__ == "__main__":
    main()
