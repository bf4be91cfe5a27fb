"""Opening a PDF and its pages, and why one cannot be opened: in words for whoever must supply another file."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw

_SHOWN = (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP)


class UnreadableDocument(Exception):
    """A file that cannot be opened as a PDF at all.

    ``reason_code`` is a fixed word (not_a_pdf, empty_file, encrypted, damaged, no_pages); ``zh`` and ``en`` say what is
    wrong and what to do.
    """

    def __init__(self, reason_code: str, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.reason_code, self.zh, self.en = reason_code, zh, en

    def __reduce__(self) -> tuple[type[UnreadableDocument], tuple[str, str, str]]:
        """Lets the exception cross from a worker process."""
        return UnreadableDocument, (self.reason_code, self.zh, self.en)


def open_pdf(path: Path) -> pdfium.PdfDocument:
    """The file as a PDF, open: the caller closes it. Raises UnreadableDocument when it cannot be opened."""
    with path.open("rb") as file:
        head = file.read(1024)
    if not head:
        raise UnreadableDocument("empty_file", "文件为空，请重新下载", "the file is empty; download it again")
    if b"%PDF" not in head:
        raise UnreadableDocument("not_a_pdf", "不是 PDF 文件，请核对文件", "this is not a PDF; check the file")
    try:
        pdf = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise _unreadable(path) from error
    if len(pdf) == 0:
        pdf.close()
        raise UnreadableDocument("no_pages", "PDF 没有页面", "the PDF has no pages")
    return pdf


_LAYERS = b"/OCProperties"
_PACKED = re.compile(rb"/ObjStm\b.*?stream\r?\n", re.DOTALL)


def has_layers(path: Path) -> bool:
    """Whether a PDF has layers (optional content), some of which a viewer may not show; True where none can tell."""
    data = path.read_bytes()
    packed = [found.end() for found in _PACKED.finditer(data)]
    if _LAYERS in data or (packed and b"/Encrypt" in data):
        return True
    return any(_LAYERS in _unpacked(data, start) for start in packed)


def _unpacked(data: bytes, start: int) -> bytes:
    """A stream of packed objects, as far as it can be unpacked."""
    unpacking = zlib.decompressobj()
    try:
        return unpacking.decompress(data[start : data.find(b"endstream", start)])
    except zlib.error:
        return _LAYERS  # packed in another way: it may have some


def _unreadable(path: Path) -> UnreadableDocument:
    """Why pdfium refused a file, from its bytes: the library's error code may be one left over from another file."""
    data = path.read_bytes()
    if b"/Encrypt" in data:
        return UnreadableDocument(
            "encrypted", "PDF 有密码，请换用未加密的文件", "the PDF is protected by a password; supply it unprotected"
        )
    if re.search(rb"/Count\s+0\b", data) and b"%%EOF" in data:
        return UnreadableDocument("no_pages", "PDF 没有页面", "the PDF has no pages")
    return UnreadableDocument(
        "damaged", "PDF 已损坏或不完整，请重新下载", "the PDF is damaged or cut short; download it again"
    )


# --- a page, and what is laid over it ---------------------------------------------------------------------------------


def open_page(pdf: pdfium.PdfDocument, index: int) -> pdfium.PdfPage:
    """A page, what is laid over it made part of it; the caller closes it. Raises PdfiumError where it is damaged.

    Filled-in fields, typed notes and stamps pdfium draws and leaves out of the text: they are made part of the page, as
    a print does; notes that a viewer does not show stay out.
    """
    page = pdf[index]
    if not _has_text_over(page) or raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) != raw.FLATTEN_SUCCESS:
        return page
    page.close()
    return pdf[index]  # the page is read anew with what has become part of it


def _has_text_over(page: pdfium.PdfPage) -> bool:
    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        raw.FPDFPage_CloseAnnot(annotation)
        if kind in _SHOWN:
            return True
    return False
