"""Which glyphs are a watermark and not the page's own text.

Four signs, none of which knows a watermark's wording: text turned by other than quarter turns; pale text much larger
than the rest; pale text with the same words in the same place on several pages; tiles that print over the page's text,
dark ones too (``tiles``). Where most of the text is pale, paleness says nothing, unless it says one thing over and
over.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from pipeline.extract.frame import Flags
from pipeline.extract.glyphs import Glyphs
from pipeline.extract.tiles import tile_masks

PALE = 0.35  # 0 is black, 1 is white: body text in dark grey stays below
MUCH_LARGER = 1.8  # times the usual height of the page's dark text
SEVERAL_PAGES = 3
MOST = 0.5  # share of the text: where more is pale, so is the page's own
WHITE = 0.99
FEWEST_TILES = 4  # that say one thing on a page
SHORTEST_TILE = 5  # glyphs
HARDLY_LESS = 0.8  # share of its glyphs that the print over a watermark leaves, at least
PLACE = 4.0  # points: positions are compared on a grid of this width

Mark = tuple[str, int, int]
Run = list[int]


def watermark_masks(pages: Sequence[Glyphs]) -> list[Flags]:
    """For each page, which of its glyphs are a watermark."""
    pale = [_pale(page) for page in pages]
    mostly = _share(pages, pale) > MOST
    runs = [list(_runs(mask)) for mask in pale]
    tiles = [list(_tiles(page, found)) for page, found in zip(pages, runs, strict=True)]
    recurring = _recurring(pages, tiles if mostly else [[*a, *b] for a, b in zip(runs, tiles, strict=True)])
    usual = np.inf if mostly else _usual_height(pages, pale)
    return _with_tiles(
        pages,
        [
            np.asarray(page.slanted[page.objects] | (mask & (page.heights > MUCH_LARGER * usual)) | found, dtype=bool)
            for page, mask, found in zip(pages, pale, recurring, strict=True)
        ],
    )


def _with_tiles(pages: Sequence[Glyphs], masks: list[Flags]) -> list[Flags]:
    """The masks, and with them the tiles that print over what the masks leave."""
    if not any(page.prints_over for page in pages):
        return masks
    left = [page.select(~mask) for page, mask in zip(pages, masks, strict=True)]
    for mask, tiles in zip(masks, tile_masks(left), strict=True):
        mask[np.flatnonzero(~mask)[tiles]] = True
    return masks


def _pale(page: Glyphs) -> Flags:
    """Pale upright glyphs; white ones are seen on dark ground only, as headings are."""
    paleness = page.paleness[page.objects]
    return np.asarray((paleness >= PALE) & (paleness < WHITE) & ~page.slanted[page.objects], dtype=bool)


def _recurring(pages: Sequence[Glyphs], runs: Sequence[Sequence[Run]]) -> list[Flags]:
    """The glyphs of runs whose words stand in one place on several pages, but for those that other print covers."""
    marks = [[_mark(page, run) for run in found] for page, found in zip(pages, runs, strict=True)]
    said = {(number, *mark) for number, named in enumerate(marks) for mark in named}
    places: dict[tuple[int, int], list[str]] = defaultdict(list)
    for _, words, x, y in sorted(said):
        places[x, y].append(words)
    masks = [np.zeros(len(page.codes), dtype=bool) for page in pages]
    for mask, found, named in zip(masks, runs, marks, strict=True):
        for run, (words, x, y) in zip(found, named, strict=True):
            mask[run] |= _is_said_often(words, places[x, y])
    return masks


def _is_said_often(words: str, there: Sequence[str]) -> bool:
    """Whether several pages print words in one place of which these are most; ``there`` is what each prints."""
    wholes = {whole for whole in there if _is_most_of(words, whole)}
    return any(sum(_is_most_of(each, whole) for each in there) >= SEVERAL_PAGES for whole in wholes)


def _is_most_of(words: str, whole: str) -> bool:
    """Whether words are others with hardly a glyph left out."""
    rest = iter(whole)
    return len(words) > HARDLY_LESS * len(whole) and all(glyph in rest for glyph in words)


def _tiles(page: Glyphs, runs: Sequence[Run]) -> Iterator[Run]:
    """The pieces of runs that stand apart, of those that say one thing over and over: short numbers may be figures."""
    pieces = [(piece, _mark(page, piece)[0]) for run in runs for piece in _pieces(page, run)]
    often = [words for words, times in Counter(words for _, words in pieces).items() if times >= FEWEST_TILES]
    for piece, words in pieces:
        if len(words) >= SHORTEST_TILE and any(_is_most_of(words, each) for each in often):
            yield piece


def _pieces(page: Glyphs, run: Run) -> Iterator[Run]:
    """The parts of a run that follow one another on one line."""
    x0, y0, x1, _ = page.boxes[run].T
    height = page.heights[run]
    apart = (np.abs(np.diff(y0)) > height[1:] / 2) | (np.abs(x0[1:] - x1[:-1]) > height[1:])
    for piece in np.split(np.array(run), np.flatnonzero(apart) + 1):
        yield piece.tolist()


def _share(pages: Sequence[Glyphs], pale: Sequence[Flags]) -> float:
    """The share of the pages' upright glyphs that are pale."""
    upright = sum(int((~page.slanted[page.objects]).sum()) for page in pages)
    return sum(int(mask.sum()) for mask in pale) / max(upright, 1)


def _usual_height(pages: Sequence[Glyphs], pale: Sequence[Flags]) -> float:
    """Usual height of the dark text, over all the pages: a page with a watermark may hold little else."""
    dark = [page.heights[~mask & ~page.slanted[page.objects]] for page, mask in zip(pages, pale, strict=True)]
    heights = np.concatenate(dark) if dark else np.empty(0)
    return float(np.median(heights)) if len(heights) else 0.0


def _runs(pale: Flags) -> Iterator[Run]:
    """Runs of pale glyphs that follow one another."""
    places = np.flatnonzero(pale)
    for run in np.split(places, np.flatnonzero(np.diff(places) > 1) + 1):
        if len(run):
            yield run.tolist()


def _mark(page: Glyphs, run: Run) -> Mark:
    """What a run says, and where it begins."""
    words = "".join(chr(code) for code in page.codes[run].tolist())
    x, y = page.boxes[run[0], :2]
    return words, round(float(x) / PLACE), round(float(y) / PLACE)
