"""What changed between two texts, word by word. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")
# Past this many words the comparison would take seconds: the texts then stand side by side.
MAX_TOKENS = 4_000
# Texts of more words than this with less in common are shown one after the other.
SHORT, LEAST_COMMON = 1, 0.3
_WORD, _WORDS = re.compile(r"\w"), re.compile(r"\w+")


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
    joined = list(_joined(segments))
    return joined if _alike(joined) else _whole(old, new)


def _alike(segments: list[Segment]) -> bool:
    """Whether enough words are common for a comparison to be readable."""
    words = dict.fromkeys(("same", "removed", "added"), 0)
    for segment in segments:
        words[segment.kind] += len(_WORDS.findall(segment.text))
    longest = words["same"] + max(words["removed"], words["added"])
    return longest <= SHORT or words["same"] >= LEAST_COMMON * longest


def _joined(segments: list[Segment]) -> Iterator[Segment]:
    """Join changes that only a blank or a comma stands between: they are one change to the eye."""
    removed = added = between = ""
    for segment in [*segments, Segment("end", "")]:
        if segment.kind == "removed":
            removed, added, between = removed + between + segment.text, added + between, ""
        elif segment.kind == "added":
            removed, added, between = removed + between, added + between + segment.text, ""
        elif segment.kind == "same" and (removed or added) and not between and not _WORD.search(segment.text):
            between = segment.text
        else:
            yield from (Segment(k, t) for k, t in (("removed", removed), ("added", added)) if t)
            if between or segment.text:
                yield Segment("same", between + segment.text)
            removed = added = between = ""


def _whole(old: str, new: str) -> list[Segment]:
    return [Segment(kind, text) for kind, text in (("removed", old), ("added", new)) if text]
