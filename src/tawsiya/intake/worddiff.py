"""What changed between two texts, word by word. Pure."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")
# Past this many words the comparison would take seconds: the texts then stand side by side.
MAX_TOKENS = 4_000


@dataclass(frozen=True)
class Segment:
    """A run of words that is in both texts (`same`), in the old one (`removed`) or the new one (`added`)."""

    kind: str
    text: str


def compare(old: str, new: str) -> list[Segment]:
    """Return the segments: without the added ones they give the old text, without the removed the new."""
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    if len(before) + len(after) > MAX_TOKENS:
        return _whole(old, new)
    segments: list[Segment] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            segments.append(Segment("same", "".join(before[a:b])))
            continue
        if b > a:
            segments.append(Segment("removed", "".join(before[a:b])))
        if d > c:
            segments.append(Segment("added", "".join(after[c:d])))
    return segments


def _whole(old: str, new: str) -> list[Segment]:
    return [Segment(kind, text) for kind, text in (("removed", old), ("added", new)) if text]
