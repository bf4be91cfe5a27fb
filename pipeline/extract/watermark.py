"""Which glyphs are a watermark and not the page's own text.

Three signs, none of which knows a watermark's wording: text turned by other than quarter turns; pale text much larger
than the rest; pale text with the same words in the same place on several pages. Where most of the text is pale,
paleness says nothing, unless it says one thing over and over (tiles).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from pipeline.extract.glyphs import Flags, Glyphs

PALE = 0.35  # 0 is black, 1 is white: body text in dark grey stays below
MUCH_LARGER = 1.8  # times the usual height of the page's dark text
SEVERAL_PAGES = 3
MOST = 0.5  # share of the text: where more is pale, so is the page's own
FEWEST_TILES = 6
HARDLY_LESS = 0.9  # share of the glyphs
PLACE = 4.0  # points: positions are compared on a grid of this width

Mark = tuple[str, int, int]


def watermark_masks(pages: Sequence[Glyphs]) -> list[Flags]:
    """For each page, which of its glyphs are a watermark."""
    pale = [(page.paleness[page.objects] >= PALE) & ~page.slanted[page.objects] for page in pages]
    mostly = _share(pages, pale) > MOST
    marks = [mark for page, mask in zip(pages, pale, strict=True) for mark, _ in _marks(page, mask)]
    recurring = _recurring([mark for mark in marks if not mostly or _is_tiled(mark[0])])
    usual = np.inf if mostly else _usual_height(pages, pale)
    return [_mask(page, mask, recurring, usual) for page, mask in zip(pages, pale, strict=True)]


def _recurring(marks: Sequence[Mark]) -> frozenset[Mark]:
    """The marks whose words stand in one place on several pages, but for glyphs that the page's own print covers."""
    places: dict[tuple[int, int], list[str]] = defaultdict(list)
    for words, x, y in marks:
        places[x, y].append(words)
    found: set[Mark] = set()
    for place, all_words in places.items():
        whole = max(all_words, key=len)
        alike = [words for words in all_words if _is_most_of(words, whole)]
        found.update((words, *place) for words in alike if len(alike) >= SEVERAL_PAGES)
    return frozenset(found)


def _is_most_of(words: str, whole: str) -> bool:
    """Whether words are others with hardly a glyph left out."""
    rest = iter(whole)
    return len(words) >= HARDLY_LESS * len(whole) and all(glyph in rest for glyph in words)


def _is_tiled(words: str) -> bool:
    """Whether words are the same few over and over."""
    period = (words + words).find(words, 1)
    return len(words) >= FEWEST_TILES * period


def _share(pages: Sequence[Glyphs], pale: Sequence[Flags]) -> float:
    """The share of the pages' upright glyphs that are pale."""
    upright = sum(int((~page.slanted[page.objects]).sum()) for page in pages)
    return sum(int(mask.sum()) for mask in pale) / max(upright, 1)


def _usual_height(pages: Sequence[Glyphs], pale: Sequence[Flags]) -> float:
    """Usual height of the dark text, over all the pages: a page with a watermark may hold little else."""
    dark = [page.heights[~mask & ~page.slanted[page.objects]] for page, mask in zip(pages, pale, strict=True)]
    heights = np.concatenate(dark) if dark else np.empty(0)
    return float(np.median(heights)) if len(heights) else 0.0


def _mask(page: Glyphs, pale: Flags, recurring: frozenset[Mark], usual: float) -> Flags:
    slanted: Flags = page.slanted[page.objects]
    if not pale.any():
        return slanted
    mask: Flags = slanted | (pale & (page.heights > MUCH_LARGER * usual))
    for mark, members in _marks(page, pale):
        if mark in recurring:
            mask[members] = True
    return mask


def _marks(page: Glyphs, pale: Flags) -> Iterator[tuple[Mark, list[int]]]:
    """Runs of pale glyphs that follow one another, each as its words and its place."""
    run: list[int] = []
    for index in np.flatnonzero(pale).tolist():
        if run and index != run[-1] + 1:
            yield _mark(page, run), run
            run = []
        run.append(index)
    if run:
        yield _mark(page, run), run


def _mark(page: Glyphs, run: list[int]) -> Mark:
    words = "".join(chr(code) for code in page.codes[run].tolist())
    x, y = page.boxes[run[0], :2]
    return words, round(float(x) / PLACE), round(float(y) / PLACE)
