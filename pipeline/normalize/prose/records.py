"""What the reading of the text hands on: a figure, the place it stands in, and what has been spoken of before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.normalize.model import Row
from pipeline.normalize.prose.paragraphs import Sentence
from pipeline.normalize.prose.scan import Token
from pipeline.normalize.prose.subjects import Said


@dataclass(frozen=True)
class NarrativeFigure:
    """One figure of the text. ``value`` in yuan for amounts; ``half`` is half of the last printed place, alike.

    ``of`` is the figure_no of the amount that a change or share speaks of; ``pair`` joins a change with its rate.
    ``printed`` is the sentence, and ``value_printed`` and ``unit`` the number, as the page prints them.
    """

    figure_no: int
    section: str
    sentence: str
    printed: str
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
    has_object: bool = False
    """Whether the words behind a change's direction say what changed (增加人员经费20万元)."""
    is_earlier: bool = False
    """Whether it is what this year's figure is compared with or came from, and no figure of this year."""
    is_unplaced: bool = False
    """Whether it is one of a list (分别为…) whose names and numbers do not answer to each other."""

    def row(self) -> Row:
        """The columns of ``narrative_figures`` less ``document_id``."""
        names = (
            "figure_no", "section", "subject", "kind", "direction", "value", "value_printed", "unit", "page",
            "restates_cell_id",
        )  # fmt: skip
        return {"sentence": self.printed, **{name: getattr(self, name) for name in names}}


@dataclass
class Context:
    """What a paragraph has spoken of so far: the head before 其中, the parts after it, the first and last subject.

    ``names`` are the publisher's; ``lead`` is what a short sentence announced, ``stem`` what this one has told a plain
    预算 or 决算 of; ``outside`` waits while brackets speak; ``closed`` says that the sentence before ended in a list.
    """

    names: Sequence[str] = ()
    head: NarrativeFigure | None = None
    first: NarrativeFigure | None = None
    parts: list[NarrativeFigure] = field(default_factory=list)
    in_parts: bool = False
    closed: bool = False
    last: NarrativeFigure | None = None
    counted: str = ""
    change: NarrativeFigure | None = None
    lead: str = ""
    stem: str = ""
    outside: NarrativeFigure | None = None
    in_brackets: bool = False
    told: dict[str, NarrativeFigure] = field(default_factory=dict)
    """The latest amount, count or area of each subject."""
    here: list[NarrativeFigure] = field(default_factory=list)
    """What this sentence has told."""
    listed: list[NarrativeFigure] = field(default_factory=list)
    """The list of numbers that this sentence told last."""

    @property
    def last_subject(self) -> str:
        """The subject that was spoken of last."""
        return (self.last.subject or "") if self.last else ""


@dataclass(frozen=True)
class Place:
    """A number in its sentence: the clause before it, and the change that the clause makes it, if it makes it one."""

    sentence: Sentence
    token: Token
    before: str
    change: Said | None
