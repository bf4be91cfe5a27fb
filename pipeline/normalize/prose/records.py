"""What the reading of the text hands on: a figure, the place it stands in, and what has been spoken of before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.normalize.model import Row
from pipeline.normalize.prose.paragraphs import Sentence
from pipeline.normalize.prose.scan import Token


@dataclass(frozen=True)
class NarrativeFigure:
    """One figure of the text. ``value`` in yuan for amounts; ``half`` is half of the last printed place, alike.

    ``of`` is the figure_no of the amount that a change or share speaks of; ``pair`` joins a change with its rate.
    """

    figure_no: int
    section: str
    sentence: str
    subject: str | None
    kind: str
    direction: str | None
    value: Decimal
    value_printed: str
    unit: str
    page: int
    half: Decimal
    measure: str
    of: int | None = None
    pair: int | None = None
    restates_cell_id: str | None = None
    opening: str = ""

    def row(self) -> Row:
        """The columns of ``narrative_figures`` less ``document_id``."""
        names = (
            "figure_no", "section", "sentence", "subject", "kind", "direction", "value", "value_printed", "unit",
            "page", "restates_cell_id",
        )  # fmt: skip
        return {name: getattr(self, name) for name in names}


@dataclass
class Context:
    """What a paragraph has spoken of so far: the head before 其中, the parts after it, the first and last subject.

    ``names`` are the publisher's; ``lead`` is what a short sentence announced; ``outside`` waits while brackets speak.
    """

    names: Sequence[str] = ()
    head: NarrativeFigure | None = None
    first: NarrativeFigure | None = None
    parts: list[NarrativeFigure] = field(default_factory=list)
    in_parts: bool = False
    last: NarrativeFigure | None = None
    counted: str = ""
    change: NarrativeFigure | None = None
    lead: str = ""
    outside: NarrativeFigure | None = None
    in_brackets: bool = False


@dataclass(frozen=True)
class Place:
    """A number in its sentence: the clause before it, and the direction and object that the clause gives it."""

    sentence: Sentence
    token: Token
    before: str
    direction: str | None
    target: str
