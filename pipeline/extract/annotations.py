"""What a page shows that is none of its own text: filled-in fields, typed notes and stamps laid over it.

pdfium draws them and leaves them out of the text. Where a page has such, they are made part of it, as a print does;
notes that a viewer does not show stay out.
"""

from __future__ import annotations

import pypdfium2 as pdfium
from pypdfium2 import raw

SHOWN = (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP)


def open_page(pdf: pdfium.PdfDocument, index: int) -> pdfium.PdfPage:
    """A page, what is laid over it made part of it; the caller closes it. Raises PdfiumError where it is damaged."""
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
        if kind in SHOWN:
            return True
    return False
