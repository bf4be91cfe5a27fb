"""How words of sheets and text are told: the phrases of ``identities.yaml``, matched without white space."""

from __future__ import annotations

import re
from collections.abc import Mapping

_SPACE = re.compile(r"\s+")


def squeezed(text: object) -> str:
    """The text without white space; empty for None."""
    return _SPACE.sub("", str(text)) if text is not None else ""


def role_of(text: object, phrases: Mapping[str, re.Pattern[str]]) -> str | None:
    """The first role whose pattern matches the whole text."""
    name = squeezed(text)
    return next((role for role, pattern in phrases.items() if pattern.fullmatch(name)), None)
