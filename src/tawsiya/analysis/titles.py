"""Titles that the machine gives to groups, until a person writes a better one."""

from collections.abc import Sequence

from django.conf import settings

from tawsiya.core.labels import Label
from tawsiya.recommendations.models import Recommendation

TITLE_LENGTH = 110


def title_of(items: Sequence[Recommendation]) -> Label:
    """Return a title for a new group, per language: the shortest of its members' texts, cut at a word."""
    titles: Label = {}
    for language in dict(settings.LANGUAGES):
        texts = [row.text for item in items for row in item.texts.all() if row.language == language]
        if texts:
            titles[language] = _cut(min(texts, key=lambda text: (len(text) < 25, len(text), text)))
    return titles


def _cut(text: str) -> str:
    line = " ".join(text.split()).lstrip("-–•… ")
    if len(line) <= TITLE_LENGTH:
        return line.rstrip(" .;,")
    return line[:TITLE_LENGTH].rsplit(" ", 1)[0].rstrip(" .;,") + "…"
