"""Whom a text mentions: `@` and a name, as it is written. Pure."""

import re
from collections.abc import Iterable, Mapping

_WORD = re.compile(r"\w")


def mentioned(text: str, names: Mapping[int, Iterable[str]]) -> set[int]:
    """Return the ids of those whom a text mentions; the longest name goes before one it begins with.

    Args:
        names: by id, every way in which a person's name is written.
    """
    return {pk for _start, _end, pk in places(text, names)}


def places(text: str, names: Mapping[int, Iterable[str]]) -> list[tuple[int, int, int]]:
    """Return where a text mentions somebody: start, end, and the id of the person."""
    known = sorted(
        ((name.casefold(), pk) for pk, written in names.items() for name in written if name.strip()),
        key=lambda one: -len(one[0]),
    )
    folded, found, place = text.casefold(), [], 0
    # Folding that changes the length would move the places: such a text is searched as it is.
    if len(folded) != len(text):
        folded = text
    while (place := folded.find("@", place)) >= 0:
        after = place + 1
        for name, pk in known:
            end = after + len(name)
            if folded.startswith(name, after) and not _WORD.match(folded[end : end + 1]):
                found.append((place, end, pk))
                after = end
                break
        place = after
    return found
