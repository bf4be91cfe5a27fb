"""The findings on the file and its pages: what extraction could not read, or read with doubt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from pipeline.normalize.model import Document, Finding

_FEWEST_LOOSE = 2  # amounts outside the tables of a page: one alone may be a figure of the text, set apart
_AMOUNT = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)")
_PROBLEMS = {
    "image_only": ("本页是图片，没有文字层，未读", "the page is an image without a text layer; not read"),
    "table_picture": ("本页有一张表是图片，没有文字层，表未读", "a table on the page is an image; not read"),
    "no_unicode_map": ("本页字体没有 Unicode 映射，文字不可信，未读", "the page's fonts have no Unicode map; not read"),
    "too_many_glyphs": ("本页字形过多，不像公开表格，未读", "the page has too many glyphs for a disclosure; not read"),
    "damaged_page": ("本页已损坏，未读", "the page is damaged; not read"),
}
_PARTS_OF_PAGE = ("table_picture",)  # the rest of the page was read
_UNSEEN = "unseen_print"
_DAMAGED = "damaged_data"


def file_findings(document: Document) -> Iterator[Finding]:
    """All of them, the gravest first."""
    yield from _damaged(document)
    yield from _unread(document)
    yield from _recognised(document)
    yield from _unseen(document)
    yield from loose_findings(document)


def _unread(document: Document) -> Iterable[Finding]:
    """Pages that extraction could not read."""
    for page, problem in sorted(document.problems.items()):
        if problem == _UNSEEN:
            continue
        zh, en = _PROBLEMS.get(problem, (problem, problem))
        severity = "warning" if problem in _PARTS_OF_PAGE else "error"
        yield Finding(problem, severity, "extraction", f"第{page}页：{zh}", f"page {page}: {en}", page)


def _damaged(document: Document) -> Iterable[Finding]:
    """A file that is damaged inside: what its pages lack does not show on them."""
    count = document.damaged_places
    if count:
        zh = f"文件内部有{count}处数据损坏或缺失，部分页的文字或表格可能不全或有误，请重新下载"
        en = (
            f"data inside the file is damaged or missing ({count} places): text or tables of some pages may be missing "
            "or wrong; download it again"
        )
        yield Finding(_DAMAGED, "error", "extraction", zh, en)


def _unseen(document: Document) -> Iterable[Finding]:
    """Text that no reader of the pages sees, such as noughts that a spreadsheet prints in white."""
    pages = sorted(page for page, problem in document.problems.items() if problem == _UNSEEN)
    if pages:
        more = len(pages) > 1
        where = f"第{pages[0]}页起有{len(pages)}页" if more else f"第{pages[0]}页"
        pages_en = f"{len(pages)} pages, from page {pages[0]} on, hold" if more else f"page {pages[0]} holds"
        zh = f"{where}含读者看不见的文字（与底色同色、透明、被遮盖、图层关闭等），未收入"
        en = (
            f"{pages_en} text that no reader can see (in the colour of its ground, transparent, unpainted, covered, "
            "or in a layer turned off); not taken"
        )
        yield Finding(_UNSEEN, "warning", "layout", zh, en, pages[0])


def loose_findings(document: Document) -> Iterable[Finding]:
    """Pages that print lines of amounts alone outside every table, as a table does whose rows were not found."""
    pages = Counter[int]()
    for line in document.lines:
        words = line.text.split() if line.role == "body" else []
        pages[line.page] += len(words) if all(map(_AMOUNT.fullmatch, words)) else 0
    for page, count in sorted(pages.items()):
        if count >= _FEWEST_LOOSE:
            zh = f"第{page}页有{count}个金额单独印在各表之外，可能是没有识别出的表格行，未收入，请看原页"
            en = f"page {page}: {count} amounts stand alone outside the tables, perhaps rows of a table; not taken"
            yield Finding("loose_figures", "warning", "extraction", zh, en, page)


def _recognised(document: Document) -> Iterable[Finding]:
    """Pages whose text was recognised from a picture: what they say is as good as the recognition was."""
    pages = sorted(page for page, layer in document.text_layers.items() if layer == "ocr")
    if pages:
        zh = f"{len(pages)}页的文字是扫描件的识别文本（OCR），自第{pages[0]}页起，数字可能认错，请对照页面核对"
        en = (
            f"the text of {len(pages)} pages, from page {pages[0]} on, was recognised from scans (OCR): "
            "figures may be misread; compare them with the pages"
        )
        yield Finding("recognised_text", "warning", "extraction", zh, en, pages[0])
