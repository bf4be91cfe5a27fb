"""How much two titles are alike, where a contents page and the body name one thing in two ways."""

from __future__ import annotations

from difflib import SequenceMatcher

_SHORTEST = 4  # characters: of a shorter title its ends tell nothing
_ALIKE = 0.7


def are_alike(one: str, other: str) -> bool:
    """Whether one title holds the other at its two ends, or most of both is the same."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST and (holds(long, short) or likeness(one, other) >= _ALIKE)


def holds(long: str, short: str) -> bool:
    """Whether a title is another with words put into it."""
    return any(long.startswith(short[:cut]) and long.endswith(short[cut:]) for cut in range(len(short) + 1))


def likeness(one: str, other: str) -> float:
    """Share of the characters of both that stand in both in one order: 0 to 1."""
    return SequenceMatcher(None, one, other).ratio()
