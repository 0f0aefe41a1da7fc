"""How what was found is shown: its text with the words that answered, and where else they stand."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tawsiya.analysis.search.passages import Marked, Marker
from tawsiya.core.labels import Label, pick
from tawsiya.followup.figures import as_text
from tawsiya.followup.models import Contribution, Evidence, Reference
from tawsiya.recommendations.models import Recommendation
from tawsiya.recommendations.reading import state_name, texts_in_order

_MOST_NOTES = 3


@dataclass(frozen=True)
class Note:
    """A place beside the main text where words stand: what it is, and its passage as HTML."""

    label: str
    passage: SafeString
    language: str = ""


@dataclass
class Answer:
    """One row of the result.

    Attributes:
        item: what was found.
        passage: its text as HTML; "" where none is known.
        language: of the passage.
        notes: where else the words stand.
        is_new: announced by the saved search through which the reader came.
    """

    item: Any
    passage: SafeString | str = ""
    language: str = ""
    notes: list[Note] = field(default_factory=list)
    is_new: bool = False


def best(marked: Iterable[tuple[str, Marked]]) -> tuple[str, Marked] | None:
    """Return the text that holds most of the words; of equal ones the first, the reader's language."""
    found = list(marked)
    return max(found, key=lambda one: one[1].words) if found else None


def of_recommendation(marker: Marker, item: Recommendation) -> Answer:
    """Show a recommendation: the text that answers best, then parts, heading, States, comment."""
    main = best((row.language, marker.mark(row.text, row.language)) for row in texts_in_order(item))
    answer = Answer(item)
    if main is not None:
        answer.language, answer.passage = main[0], main[1].passage
    notes = []
    for part in item.parts.all():
        found = best((row.language, marker.mark(row.text, row.language)) for row in texts_in_order(part))
        if found and found[1].words:
            notes.append(Note(part.label, found[1].passage, found[0]))
    for row in (item, *item.parts.all()):
        notes += label_note(marker, _("Heading"), row.headings)
        notes += _states_note(marker, row, answer.language)
        notes += note(marker, _("Comment"), row.comment, answer.language)
    # A heading often stands over a paragraph and each of its parts: once is enough.
    answer.notes = list(dict.fromkeys(notes))[:_MOST_NOTES]
    return answer


def note(marker: Marker, label: str, content: str, language: str) -> list[Note]:
    """Return the note of a text where some of the words stand in it, else none."""
    marked = marker.mark(content, language) if content else None
    return [Note(label, marked.passage, language)] if marked and marked.words else []


def in_order(texts: Label) -> list[tuple[str, str]]:
    """Return the texts of a label by language, that of the reader first, empty ones left out."""
    own = pick(texts)[1]
    return sorted(((code, words) for code, words in texts.items() if words), key=lambda one: one[0] != own)


def titled(marker: Marker, item: Any, titles: Label) -> Answer:
    """Show a thing by its title: the one that answers best."""
    found = best((code, marker.mark(title, code)) for code, title in in_order(titles))
    return Answer(item, found[1].passage, found[0]) if found else Answer(item)


def label_note(marker: Marker, label: str, texts: Label) -> list[Note]:
    """Return the note of a text kept in several languages: of the one that answers best."""
    found = best((code, marker.mark(content, code)) for code, content in in_order(texts))
    return [Note(label, found[1].passage, found[0])] if found and found[1].words else []


def _states_note(marker: Marker, row: Recommendation, language: str) -> list[Note]:
    names = [
        state_name(state.state) if state.state else state.as_written
        for state in row.recommending_states.all()
    ]
    found = [marker.mark(name, language or "en") for name in names]
    return [Note(_("Recommending State"), marked.whole) for marked in found if marked.words][:1]


def of_contribution(
    marker: Marker, item: Contribution, files: Iterable[Evidence], cited: Iterable[Reference]
) -> Answer:
    """Show a contribution: its parts, files and references that answer; the first part where none does."""
    parts = [
        (_("Measures taken"), item.measures_taken),
        (_("Obstacles"), item.obstacles),
        (_("Next steps"), item.next_steps),
        (_("Figures"), as_text(item.figures)),
    ]
    marked = [(label, marker.mark(content, item.language)) for label, content in parts if content]
    answer = Answer(item, language=item.language)
    if marked:
        main = max(marked, key=lambda one: one[1].words)
        answer.passage = main[1].passage
        answer.notes = [
            Note(label, one.passage, item.language)
            for label, one in marked
            if one.words and one is not main[1]
        ]
    for file in files:
        answer.notes += note(marker, _("Evidence"), file.title, item.language)
        answer.notes += note(marker, _("Evidence"), file.file_name, item.language)
    for law in cited:
        answer.notes += note(marker, law.get_kind_display(), law.title, item.language)
        answer.notes += note(marker, _("Number"), law.number, item.language)
    answer.notes = answer.notes[:_MOST_NOTES]
    return answer
