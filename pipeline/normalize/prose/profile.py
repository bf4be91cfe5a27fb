"""The department's profile from the text: head counts, establishment, units, vehicles, floor area, procurement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from pipeline.normalize.model import Row
from pipeline.normalize.prose.records import NarrativeFigure
from pipeline.normalize.prose.words import NarrativeWords, narrative_words


@dataclass(frozen=True)
class Attribute:
    """One figure of the profile; amounts in yuan with the unit 元."""

    attribute_no: int
    attribute: str
    value: Decimal
    unit: str | None
    page: int

    def row(self) -> Row:
        """The columns of ``department_profile`` less ``document_id``."""
        names = ("attribute_no", "attribute", "value", "unit", "page")
        return {name: getattr(self, name) for name in names}


def read_profile(figures: Iterable[NarrativeFigure]) -> list[Attribute]:
    """The figures under the profile's headings, on lines of their own or run into the text, that have a subject."""
    words = narrative_words()
    chosen = [figure for figure in figures if figure.subject and _belongs(figure, words)]
    return [
        Attribute(
            number,
            figure.subject or "",
            figure.value,
            "元" if figure.measure == "amount" else figure.unit,
            figure.page,
        )
        for number, figure in enumerate(chosen, start=1)
    ]


def _belongs(figure: NarrativeFigure, words: NarrativeWords) -> bool:
    if figure.subject is not None and figure.subject.endswith("（界限）"):
        return False
    under = f"{figure.section}/{figure.opening}"
    if figure.kind in words.profile_kinds:
        return any(word in under for word in words.profile_sections)
    return figure.kind == "amount" and any(word in under for word in words.profile_amount_sections)
