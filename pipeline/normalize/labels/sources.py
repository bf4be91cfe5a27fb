"""What the label of one row of revenue says by itself: the source of its money, and whether it is this year's."""

from __future__ import annotations

from pipeline.normalize.labels.label import Label
from pipeline.normalize.phrases import bare
from pipeline.normalize.words import vocabulary
from pipeline.schema import FUND_PARTS


def names_one(label: Label) -> bool:
    """Whether a label names one fund, no sum of several."""
    return label.meaning.fund not in (None, "total", "other_funds", *FUND_PARTS)


def is_of_several(label: Label) -> bool:
    """Whether a row is what is carried over of all funds, or of several."""
    return label.is_carryover and not names_one(label)


def names_a_source(label: Label) -> bool:
    """Whether a row is a source of revenue by its whole name (事业收入), no sum of several and none of last year's."""
    is_source = names_one(label) and not (label.is_carryover or label.is_total)
    return is_source and vocabulary().side_within(bare(label.texts[-1])) == "revenue"


def is_this_year(label: Label) -> bool:
    """Whether a row says no more than that its money is this year's (本年预算)."""
    return bool(label.texts) and vocabulary().this_year_rows.fullmatch(bare(label.texts[-1])) is not None


def names_a_year(label: Label) -> bool:
    """Whether a row is this year's money or the last one's by its own words."""
    return label.is_carryover or label.is_total or is_this_year(label)


def adds_up(label: Label) -> bool:
    """Whether a total says that it adds up what stands before it (合计)."""
    return vocabulary().adds_up.search(bare(label.texts[-1])) is not None
