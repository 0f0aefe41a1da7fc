"""Word lists: written for this project, one notation per file, explained at its top."""

from collections.abc import Iterator
from pathlib import Path

_FOLDER = Path(__file__).parent


def entries(name: str) -> Iterator[list[str]]:
    """Yield the entries of a list, each as its words; `#` begins a comment line.

    Args:
        name: the file's name without its ending.
    """
    for line in (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            for entry in line.split(","):
                words = entry.split()
                if words:
                    yield words


def words(name: str) -> frozenset[str]:
    """Return the words of a list that has no entries."""
    return frozenset(word for entry in entries(name) for word in entry)
