"""Why a text stands with others: what it shares with them, with the words that say it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tawsiya.analysis.similar.lexicon import FIELD, INSTRUMENT, OBJECT, entries
from tawsiya.analysis.similar.reading import Found, Reading, Span

Kind = Literal["instrument", "object", "context", "persons", "act"]
_KINDS: dict[str, Kind] = {INSTRUMENT: "instrument", OBJECT: "object", FIELD: "context"}


@dataclass(frozen=True)
class Reason:
    """One thing that a text shares with others.

    Attributes:
        name: of the concept or the act in its lexicon.
        spans: the words of the text that say it, in order.
    """

    kind: Kind
    name: str
    spans: tuple[Span, ...]


def reason_between(member: Reading, others: Sequence[Reading]) -> list[Reason]:
    """Return what a text shares with at least half of the others: the act, then what most share.

    Readings in different languages compare: concepts and acts have no language.
    """
    return [
        *_shared("acts", member.acts, [other.acts for other in others])[:2],
        *_shared("concepts", member.concepts, [other.concepts for other in others]),
    ]


def _shared(lexicon: str, own: dict[int, Found], others: Sequence[dict[int, Found]]) -> list[Reason]:
    rows = entries(lexicon)
    half = max(1.0, len(others) / 2)
    shared = {entry: sum(entry in other for other in others) for entry in own}
    kept = [entry for entry, count in shared.items() if count >= half]
    kept.sort(key=lambda entry: (-shared[entry], own[entry].position))
    return [Reason(_kind(lexicon, rows[entry].kind), rows[entry].name, own[entry].spans) for entry in kept]


def _kind(lexicon: str, kind: str) -> Kind:
    return "act" if lexicon == "acts" else _KINDS.get(kind, "persons")
