"""Edit distance in code points, bit-parallel."""

from __future__ import annotations


def distance(left: str, right: str) -> int:
    """Return the Levenshtein distance of two strings.

    Myers' bit-vector algorithm in Hyyrö's form (Hyyrö 2003, "A bit-vector algorithm for computing
    Levenshtein and Damerau edit distances"): one big-integer step for each character of `right`.
    """
    if left == right or not left or not right:
        return 0 if left == right else max(len(left), len(right))
    positions: dict[str, int] = {}
    for index, char in enumerate(left):
        positions[char] = positions.get(char, 0) | 1 << index
    mask, last = (1 << len(left)) - 1, 1 << (len(left) - 1)
    plus, minus, score = mask, 0, len(left)
    for char in right:
        equal = positions.get(char, 0)
        vertical = equal | minus
        horizontal = (((equal & plus) + plus) ^ plus) | equal
        gained, dropped = minus | ~(horizontal | plus) & mask, plus & horizontal
        score += 1 if gained & last else -1 if dropped & last else 0
        gained = gained << 1 & mask | 1
        dropped = dropped << 1 & mask
        plus, minus = dropped | ~(vertical | gained) & mask, gained & vertical
    return score


def apart(wanted: str, got: str) -> int:
    """Return how many characters of `wanted` are not right in `got`: the distance, at most all of them."""
    return min(len(wanted), distance(wanted, got))


def kept_share(wanted: str, got: str) -> float:
    """Return the share of the characters of `wanted` that `got` has right."""
    return 1 - apart(wanted, got) / max(1, len(wanted))
