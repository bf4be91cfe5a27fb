"""What a finding says: which figures, which rule, what would have been right, and where; in Chinese and English."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from pipeline.validate.check import Check
from pipeline.validate.intervals import ZERO, Term, without_zeros
from pipeline.validate.locate import Repair
from pipeline.validate.mend import explain_gap, explain_repair, page_words
from pipeline.validate.money import money, money_en
from pipeline.validate.words import NO_WORDS, Said, Sentence

_SHOWN = 8
_LEVELS = (3, 5, 7)  # digits of a code of subject
_MOST = 15  # sums that a reader takes in
_SURE = (  # one place alone shows no custom
    Sentence("可能{}，不作错误，请核对", "may {}, which would be no error: to be looked into"),
    Sentence("看来{}，不作错误", "seems to {}, which is no error"),
)
Money = Callable[[Decimal, str], str]


def explain(check: Check, repair: Repair | None = None, column: str = "") -> Sentence:
    """Why a failing check fails; ``column`` is the heading over the figure that would mend it."""
    if not check.left:
        return explain_structure(check)
    return _explain_sum(check, repair, column) if check.right else _explain_absent(check)


def explain_conflict(conflict: Sequence[Check]) -> Sentence:
    """Why identities that each hold cannot hold together."""
    zh = "；".join(f"{check.statement.zh}（{_sides(check, money, '＝')}）" for check in conflict)
    en = "; ".join(f"{check.statement.en} ({_sides(check, money_en, '=')})" for check in conflict)
    return Sentence(
        f"以下{len(conflict)}条勾稽关系各自在四舍五入之内，但没有一组真值能使它们同时成立：{zh}。",
        f"Each of these {len(conflict)} identities holds within rounding, but no set of true amounts meets them all at "
        f"once: {en}.",
    )


def _sides(check: Check, to_text: Money, equals: str) -> str:
    return f"{_terms(check, check.left, to_text)} {equals} {_terms(check, check.right, to_text)}"


def explain_improbable(check: Check) -> Sentence:
    """Why a sum that holds within rounding is doubtful nevertheless (see ``chance``)."""
    page_zh, page_en = page_words(check.page)
    unit, count = check.left[0].figure.unit, len(without_zeros(check.left, check.right)[1])
    gap, most = abs(check.judgement.difference), check.judgement.tolerance
    return Sentence(
        f"{page_zh}{check.statement.zh}：前者 {_terms(check, check.left, money)}，后者 "
        f"{_terms(check, check.right, money)}，相差 {money(gap, unit)}。{count}个数各自四舍五入，最多可差 "
        f"{money(most, unit)}，故仍算相符；但单凭四舍五入差到这么多的可能不到十万分之一，"
        f"很可能其中有一个数有误，请核对。",
        f"{page_en}{check.statement.en}: the former {_terms(check, check.left, money_en)}, the latter "
        f"{_terms(check, check.right, money_en)}; {money_en(gap, unit)} apart. {count} figures, each rounded, may be "
        f"{money_en(most, unit)} apart at the most, so the sum holds; but the chance that rounding alone brings them "
        "so far apart is below one in 100,000: one of the figures is probably wrong, please look at them.",
    )


def explain_definition(first: Check, places: int) -> Sentence:
    """That a document defines the two sides of a family otherwise, or follows a custom of its own: no error."""
    if first.left:
        return _other_sides(first, places)
    such = first.failure if first.failure.zh else Sentence(f"并非{first.statement.zh}", f"not so: {first.statement.en}")
    zh, en = _after_colon(first, such)
    sure = _SURE[places > 1]
    return Sentence(
        f"{first.family.name.zh}：本文件有{places}处不是这样，{sure.zh.format('另有惯例')}。例如：{such.zh}{zh}。",
        f"{first.family.name.en}: it is not so in {_counted(places)}; the document "
        f"{sure.en.format('follow a custom of its own')}. For example: {such.en}{en}.",
    )


# --- figures ---------------------------------------------------------------------------------------------------------


def _explain_sum(check: Check, repair: Repair | None, column: str) -> Sentence:
    unit = check.left[0].figure.unit
    gap = abs(check.judgement.difference)
    page_zh, page_en = page_words(check.page)
    tail, mend = explain_gap(check), explain_repair(repair, column)
    right = _range(check) if repair is not None and repair.slip else _right(check)
    right = _what_it_is(check) if check.instead.zh else right
    zh = (
        f"{page_zh}{check.statement.zh}：印为 {_terms(check, check.left, money)}，应等于 "
        f"{_terms(check, check.right, money)}，相差 {money(gap, unit)}{tail.zh}。{right.zh}{mend.zh}"
    )
    en = (
        f"{page_en}{check.statement.en}: printed {_terms(check, check.left, money_en)}, should equal "
        f"{_terms(check, check.right, money_en)}; {money_en(gap, unit)} apart{tail.en}. {right.en}{mend.en}"
    )
    return Sentence(zh, en.rstrip())


def _explain_absent(check: Check) -> Sentence:
    """An amount of something that the other table does not list at all."""
    page_zh, page_en = page_words(check.page)
    more_zh, more_en = (f"{check.detail.zh}。", f" {check.detail.en}.") if check.detail.zh else ("", "")
    left_zh, left_en = (_terms(check, check.left, to_text) for to_text in (money, money_en))
    return Sentence(
        f"{page_zh}{check.statement.zh}：印为 {left_zh}，而后者没有列出此项。{more_zh}",
        f"{page_en}{check.statement.en}: printed {left_en}, while the latter does not list it.{more_en}",
    )


def _right(check: Check) -> Sentence:
    """What the left side would have to be, were the other figures right; nothing where the right side just says it."""
    said, more = _range(check), _row_too_few(check)
    return Sentence(said.zh + more.zh, said.en + more.en)


def _what_it_is(check: Check) -> Sentence:
    return Sentence(
        f"它正好等于{check.instead.zh}，看来两处口径不同。",
        f"It is exactly {check.instead.en}: the two seem to be defined otherwise. ",
    )


def _row_too_few(check: Check) -> Sentence:
    """Of a whole and the lines listed under it: that a line may be missing, or which one may be no part of it."""
    gap = check.judgement.difference
    if not check.in_list or check.misses_by_fen or check.misses_by_last_place:
        return NO_WORDS
    unit = check.left[0].figure.unit
    zh, en = money(abs(gap), unit), money_en(abs(gap), unit)
    if gap > 0:
        return Sentence(f"其下也可能缺了一行（{zh}）。", f"A row may be missing under it too ({en}). ")
    over = [term.figure.label for term in check.right if term.figure.amount == -gap]
    if not over:
        return NO_WORDS
    return Sentence(
        f"其下也可能多列了一行（“{over[0]}”正是 {zh}）。",
        f"A row that is no part of it may be listed under it too (“{over[0]}” is just {en}). ",
    )


def _range(check: Check) -> Sentence:
    judgement, unit = check.judgement, check.left[0].figure.unit
    low, high = judgement.right - judgement.tolerance, judgement.right + judgement.tolerance
    if low == high:
        return Sentence("", "")
    return Sentence(
        f"若其余各数无误，计入四舍五入，前者应在 {money(low, unit)} 至 {money(high, unit)} 之间。",
        f"Were the other figures right, the former would have to lie between {money_en(low, unit)} and "
        f"{money_en(high, unit)}, rounding allowed for. ",
    )


def _terms(check: Check, terms: Sequence[Term], to_text: Money) -> str:
    """One side: its figures, a long one in sums by subject where that makes it short, and what they add up to."""
    if len(terms) == 1:
        return _term(check, terms[0], to_text).removeprefix("+ ")
    groups = _classes(terms)
    if len(terms) > _SHOWN and len(groups) > 1:
        shown = [_class_sum(check, code, group, to_text) for code, group in groups.items()]
    else:
        shown = [_term(check, term, to_text) for term in terms[:_SHOWN]]
        more = len(terms) - _SHOWN
        more_text = f"+ …（另有{more}个数）" if to_text is money else f"+ … ({more} more)"
        shown += [more_text] if more > 0 else []
    return f"{' '.join(shown).removeprefix('+ ')} = {_sum_of(terms, to_text)}"


def _sum_of(terms: Sequence[Term], to_text: Money) -> str:
    return to_text(sum((term.weight * term.figure.amount for term in terms), ZERO), terms[0].figure.unit)


def _classes(terms: Sequence[Term]) -> dict[str, list[Term]]:
    """The figures by the code of subject, of classes or of items of one class, where that makes the list short."""
    for digits in _LEVELS:
        groups: dict[str, list[Term]] = {}
        for term in terms:
            groups.setdefault(term.figure.label[:digits], []).append(term)
        coded = all(len(code) == digits and code.isdecimal() for code in groups)
        if coded and 1 < len(groups) <= min(_MOST, len(terms) // 2):
            return groups
    return {}


def _class_sum(check: Check, code: str, terms: Sequence[Term], to_text: Money) -> str:
    """The sum of the figures under one code, with their number and pages."""
    if len(terms) == 1:
        return _term(check, terms[0], to_text)
    labels = list(dict.fromkeys(term.figure.label for term in terms))
    pages = [term.figure.page for term in terms if term.figure.page]
    ends = [str(page) for page in dict.fromkeys((min(pages), max(pages)))] if pages else []
    amount, count = _sum_of(terms, to_text), len(terms)
    if to_text is money:
        name, where = f"{code} 各科目", f"（第{'至'.join(ends)}页）"
        return f"+ {labels[0] if len(labels) == 1 else name} {count}个数{where if ends else ''}之和 {amount}"
    name, where = f"subjects under {code}", f", p. {'-'.join(ends)}"
    return f"+ {labels[0] if len(labels) == 1 else name} {amount} ({count} figures{where if ends else ''})"


def _term(check: Check, term: Term, to_text: Money) -> str:
    """A figure with its label, and its page where that is not the finding's own."""
    sign = "-" if term.weight < 0 else "+"
    label = f"{term.figure.label} " if term.figure.label else ""
    page = term.figure.page if term.figure.page != check.page else None
    where = (f"（第{page}页）" if to_text is money else f" (p. {page})") if page else ""
    return f"{sign} {label}{to_text(term.figure.amount, term.figure.unit)}{where}"


def _other_sides(first: Check, places: int) -> Sentence:
    zh = f"{first.statement.zh}：前者 {_terms(first, first.left, money)}，后者 {_terms(first, first.right, money)}"
    en = f"{first.statement.en}: {_terms(first, first.left, money_en)} and {_terms(first, first.right, money_en)}"
    sure = _SURE[places > 1]
    return Sentence(
        f"{first.family.name.zh}：本文件有{places}处两边不等，{sure.zh.format('口径与此不同')}。例如：{zh}。",
        f"{first.family.name.en}: the two sides differ in {_counted(places)}; the document "
        f"{sure.en.format('define them otherwise')}. For example: {en}.",
    )


# --- codes, names and blanks -----------------------------------------------------------------------------------------


def explain_structure(check: Check) -> Sentence:
    """Why a rule about codes, names, blanks or percentages is broken."""
    page_zh, page_en = page_words(check.page)
    said = (
        check.failure
        if check.failure.zh
        else Sentence(f"{check.statement.zh}，实际不符", f"{check.statement.en}; it is not so")
    )
    zh, en = _after_colon(check, said)
    return Sentence(f"{page_zh}{said.zh}{zh}。", f"{page_en}{said.en}{en}.")


def _after_colon(check: Check, said: Said) -> tuple[str, str]:
    """What breaks the rule, unless the sentence names it already."""
    zh = f"：{check.detail.zh}" if check.detail.zh and check.detail.zh not in said.zh else ""
    en = f": {check.detail.en}" if check.detail.en and check.detail.en not in said.en else ""
    return zh, en


def _counted(places: int) -> str:
    return "one place" if places == 1 else f"{places} places"
