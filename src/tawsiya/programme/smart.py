"""What is vague in a measure by the letters of SMART. It says, and never blocks."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tawsiya.core.errors import Message
from tawsiya.programme.models import Measure
from tawsiya.recommendations.choices import AccessLevel

# Words that name an effort and no result, by how they begin; accents and Arabic marks aside.
VAGUE = {
    "en": ("strengthen", "promot", "enhanc", "improv", "continu", "support", "encourag", "rais", "consider"),
    "fr": ("renforc", "promouvoir", "promotion", "améliorer", "amélior", "poursui", "encourag", "sensibilis"),
    "ar": ("تعزيز", "تقوية", "مواصلة", "تشجيع", "النهوض", "تحسين", "دعم", "مضاعفة"),
}
SHORT = 4  # words: a title below says hardly what is done to what
LONG_YEARS = 5  # a measure beyond is a policy
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Note:
    """One thing that is vague: the letter of SMART it belongs to, and the sentence."""

    letter: str
    text: Message


def check(measure: Measure) -> list[Note]:
    """Return what is vague in a measure (of `queries.with_everything`), in the order of the letters."""
    return [
        *_specific(measure),
        *_measurable(measure),
        *_achievable(measure),
        *_relevant(measure),
        *_timed(measure),
    ]


def _specific(measure: Measure) -> list[Note]:
    notes = []
    for language, title in measure.titles.items():
        words = _WORD.findall(title.lower())
        if 0 < len(words) < SHORT:
            notes.append(Note("S", _("The title is so short that it hardly says what is done, and to what.")))
        if words and words[0].startswith(VAGUE.get(language, ())):
            word = _WORD.findall(title)[0]
            text = _("“%(word)s” names an effort, not a result: say what will exist at the end.") % {
                "word": word
            }
            notes.append(Note("S", text))
    return notes


def _measurable(measure: Measure) -> list[Note]:
    if measure.milestones.all():
        return []
    return [Note("M", _("There is no milestone by which progress could be seen."))]


def _achievable(measure: Measure) -> list[Note]:
    notes = []
    if not any(row.level == AccessLevel.LEAD for row in measure.institutions.all()):
        notes.append(Note("A", _("No institution leads it.")))
    if not measure.budget.all():
        notes.append(Note("A", _("No money is named, not even that none is needed.")))
    return notes


def _relevant(measure: Measure) -> list[Note]:
    return [] if measure.answers.all() else [Note("R", _("It answers no recommendation."))]


def _timed(measure: Measure) -> list[Note]:
    if measure.ends_on is None:
        return [Note("T", _("It has no end date."))]
    notes = []
    if measure.starts_on and (measure.ends_on - measure.starts_on).days > LONG_YEARS * 366:
        notes.append(Note("T", _("It lasts more than five years: steps in between would tell how it goes.")))
    if any(step.due_on > measure.ends_on for step in measure.milestones.all()):
        notes.append(Note("T", _("A milestone comes after the end of the measure.")))
    return notes
