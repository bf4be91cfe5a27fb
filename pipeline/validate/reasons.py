"""What one reason makes fail, told once: the failures that come from one figure, or from what happened to a table."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.validate.check import Check
from pipeline.validate.explain import explain_structure
from pipeline.validate.mend import page_words
from pipeline.validate.money import money, money_en
from pipeline.validate.words import NO_WORDS, Sentence

_ALSO = 4


def also_broken(others: Sequence[Check]) -> Sentence:
    """The other failures that come from the same figure, by what they say and how far they are off."""
    return _listed(others, Sentence("同一原因使下列勾稽也不成立", "The same makes these fail too"))


def also_apart(others: Sequence[Check]) -> Sentence:
    """The other failures of that kind on that page that are as far off: what one mistake seems to lead to."""
    return _listed(
        others, Sentence("差额与此相同、看来出自同一处的还有", "As far off, it seems for the same reason, are")
    )


def also_alike(others: Sequence[Check]) -> Sentence:
    """What fails likewise because it is printed alike, each with its page."""
    lead = Sentence("印得相同、同样不成立的还有", "Printed alike, and failing likewise, are")
    return _listed(others, lead, [page_words(check.page) for check in others])


def _listed(others: Sequence[Check], lead: Sentence, pages: Sequence[tuple[str, str]] = ()) -> Sentence:
    if not others:
        return NO_WORDS
    shown, more = others[:_ALSO], len(others) - _ALSO
    where = [*pages] or [("", "")] * len(shown)
    zh = "；".join(f"{at}{check.statement.zh}{_apart(check).zh}" for check, (at, _) in zip(shown, where, strict=False))
    en = "; ".join(f"{at}{check.statement.en}{_apart(check).en}" for check, (_, at) in zip(shown, where, strict=False))
    more_zh, more_en = (f"；等共{len(others)}条", f"; … ({len(others)} in all)") if more > 0 else ("", "")
    return Sentence(f"{lead.zh}：{zh}{more_zh}。", f" {lead.en}: {en}{more_en}.")


def _apart(check: Check) -> Sentence:
    if not check.left:
        return NO_WORDS
    gap, unit = abs(check.judgement.difference), check.left[0].figure.unit
    return Sentence(f"（相差 {money(gap, unit)}）", f" ({money_en(gap, unit)} apart)")


def explain_cause(said: Sentence, page: int | None, explained: Sequence[Check]) -> Sentence:
    """What seems to have happened, and the failures that would be none without it."""
    page_zh, page_en = page_words(page)
    shown, more = explained[:_ALSO], len(explained) - _ALSO
    zh = "；".join(_failed(check).zh for check in shown)
    en = "; ".join(_failed(check).en for check in shown)
    more_zh, more_en = ("；等", "; …") if more > 0 else ("", "")
    return Sentence(
        f"{page_zh}{said.zh}。这样改正后，现在不成立的{len(explained)}条勾稽都成立：{zh}{more_zh}。请对照该页核实。",
        f"{page_en}{said.en}. Set right, {_identities(len(explained))} would hold: {en}{more_en}. To be "
        f"compared with the page.",
    )


def _identities(count: int) -> str:
    return "the one identity that now fails" if count == 1 else f"the {count} identities that now fail"


def _failed(check: Check) -> Sentence:
    """A failure in short: what it says and how far it is off; of a structure, what breaks it."""
    if check.left:
        gap = _apart(check)
        return Sentence(f"{check.statement.zh}{gap.zh}", f"{check.statement.en}{gap.en}")
    said = explain_structure(check)
    return Sentence(said.zh.rstrip("。"), said.en.rstrip("."))
