"""A watermark in tiles as dark as the page's own text, of which it prints over some.

Its words stand in rows and columns all over the page, in the same places on several pages; a text's own words never
do that over other text. Numbers alone are left alone, whatever they print over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np

from pipeline.extract.clipping import over_others
from pipeline.extract.frame import Flags, Integers
from pipeline.extract.glyphs import Glyphs

SEVERAL = 3  # pages
FEWEST_TILES = 4
FEWEST_ROWS = 2  # and columns
MOSTLY = 0.8  # share of the places in rows and columns that tiles fill
PLACE = 4.0  # points: positions are compared on a grid of this width

Place = tuple[int, int]
Places = dict[str, dict[Place, int]]


def tile_masks(pages: Sequence[Glyphs]) -> list[Flags]:
    """For each page, which of its glyphs are tiles printed over its text; ``pages`` hold no other watermark."""
    words = {words for page in pages if page.prints_over for words in _words_over(page)}
    found = [_places(page, words) if words else {} for page in pages]
    stands = Counter((each, place) for places in found for each in places for place in places[each])
    masks = []
    for page, places in zip(pages, found, strict=True):
        tiles = {number for each in places for place, number in places[each].items() if stands[each, place] >= SEVERAL}
        masks.append(np.isin(page.objects, list(tiles)))
    return masks


def _words_over(page: Glyphs) -> set[str]:
    """The words that stand in tiles of which some lie over other text."""
    over = over_others(page.boxes, page.codes, page.objects)
    covering = {_words(page, run) for run in _runs(page) if over[run].any()} if over.any() else set()
    words = {each for each in covering if len(each) > 1 and any(map(str.isalpha, each))}
    return {each for each, places in _places(page, words).items() if _are_tiles(list(places))}


def _places(page: Glyphs, words: Collection[str]) -> Places:
    """Where text objects begin that say one of ``words``, and their numbers."""
    found: Places = {}
    for run in _runs(page) if words else ():
        said = _words(page, run)
        if said in words:
            x, y = (page.boxes[run[0], :2] / PLACE).round().astype(int).tolist()
            found.setdefault(said, {})[x, y] = int(page.objects[run[0]])
    return found


def _runs(page: Glyphs) -> list[Integers]:
    """The glyphs of each text object."""
    return np.split(np.arange(len(page.codes)), np.flatnonzero(np.diff(page.objects)) + 1)


def _words(page: Glyphs, run: Integers) -> str:
    return "".join(map(chr, page.codes[run].tolist()))


def _are_tiles(places: Sequence[Place]) -> bool:
    columns, rows = ({place[axis] for place in places} for axis in (0, 1))
    is_grid = min(len(columns), len(rows)) >= FEWEST_ROWS and len(places) >= MOSTLY * len(columns) * len(rows)
    return is_grid and len(places) >= FEWEST_TILES
