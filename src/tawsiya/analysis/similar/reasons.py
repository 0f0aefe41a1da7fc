"""Why two texts, or a text and a group, stand together: what they share, with the words that say it."""

from collections.abc import Sequence
from dataclasses import dataclass

from tawsiya.analysis.similar.lexicon import INSTRUMENT, OBJECT, entries
from tawsiya.analysis.similar.reading import Reading, Span


@dataclass(frozen=True)
class Reason:
    """What a text shares with others.

    Attributes:
        instruments, objects, others: names of concepts, the most shared and the earliest first.
        acts: names of acts.
        spans: places in the text of the words that say so, in order, none overlapping.
        words: lexemes shared beside the concepts, where there are no others.
    """

    instruments: tuple[str, ...]
    objects: tuple[str, ...]
    others: tuple[str, ...]
    acts: tuple[str, ...]
    spans: tuple[Span, ...]
    words: tuple[str, ...]


def reason_between(member: Reading, others: Sequence[Reading]) -> Reason:
    """Return what a text shares with at least half of the others."""
    concepts, acts = entries("concepts"), entries("acts")
    half = max(1, len(others) / 2)
    shared = [c for c in member.concepts if sum(c in other.concepts for other in others) >= half]
    shared.sort(key=lambda c: (-sum(c in other.concepts for other in others), member.concepts[c].position))
    done = [a for a in member.acts if sum(a in other.acts for other in others) >= half]
    done.sort(key=lambda a: member.acts[a].position)
    spans = [span for c in shared for span in member.concepts[c].spans]
    spans += [span for a in done for span in member.acts[a].spans]

    def named(*kinds: str) -> tuple[str, ...]:
        return tuple(concepts[c].name for c in shared if concepts[c].kind in kinds)

    words: tuple[str, ...] = ()
    if not shared:
        alike = (w for w in member.words if sum(w in other.words for other in others) >= half)
        words = tuple(sorted(alike, key=lambda w: -member.words[w])[:5])
    return Reason(
        named(INSTRUMENT),
        named(OBJECT),
        tuple(concepts[c].name for c in shared if concepts[c].kind not in (INSTRUMENT, OBJECT)),
        tuple(acts[a].name for a in done),
        tuple(sorted(set(spans))),
        words,
    )
