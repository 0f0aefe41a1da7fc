"""Which rows need a person's eye before they are applied. Pure.

Not every warning is a doubt: a footnote or a State spelt oddly is said, and imported. A doubt is
what makes the identity, the wording or the position of a record uncertain.
"""

from collections.abc import Iterable, Mapping
from typing import Any

READERS = frozenset(
    {
        # Identity: the number was derived, or two texts claim one.
        "number_by_order",
        "number_unexpected",
        "same_paragraph",
        "cell_split",
        # Wording.
        "unnumbered_joined",
        "row_joined",
        "text_damaged",
        "text_too_long",
        # Position.
        "answers_differ",
        "answer_excepted",
        "answer_missing",
    }
)
"""Codes of the readers' warnings that are doubts."""

PLANNING = frozenset(
    {
        "only_in_this_language",
        "parts_differ",
        "known_elsewhere",
        "position_contradicts",
        "answer_text_differs",
        "answer_of_several",
    }
)
"""Codes of what the comparison with the database doubts."""

# A language version that says another kind or position is a doubt; another list of States is not.
_IDENTIFYING = frozenset({"kind", "position"})


def is_doubt(warning: Mapping[str, Any]) -> bool:
    """Whether a warning (`{code, params}`) makes the row doubtful."""
    code = str(warning["code"])
    if code == "language_differs":
        return warning["params"].get("field") in _IDENTIFYING
    return code in READERS or code in PLANNING


def doubts_of(warnings: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the codes of the doubts among warnings, each once, in order."""
    return tuple(dict.fromkeys(str(warning["code"]) for warning in warnings if is_doubt(warning)))
