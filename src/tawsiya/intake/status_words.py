"""The words by which people name a status of implementation, in Arabic, French and English."""

from functools import cache

from django.utils import translation

from tawsiya.intake.readers.folding import fold
from tawsiya.recommendations.choices import Status

LANGUAGES = ("ar", "fr", "en")

# DOMAIN §8, and the shorter or gendered forms that are written in its place.
WORDS: dict[Status, tuple[str, ...]] = {
    Status.NOT_STARTED: ("not started", "non entamée", "non entamé", "لم يشرع فيها", "لم يشرع في تنفيذها"),
    Status.IN_PROGRESS: (
        "in progress",
        "ongoing",
        "en cours",
        "في طور الإنجاز",
        "في طور التنفيذ",
        "قيد الإنجاز",
    ),
    Status.PARTLY_IMPLEMENTED: (
        "partly implemented",
        "partially implemented",
        "partiellement réalisée",
        "partiellement mise en œuvre",
        "منجزة جزئيا",
        "منفذة جزئيا",
    ),
    Status.IMPLEMENTED: ("implemented", "réalisée", "mise en œuvre", "منجزة", "منفذة"),
    Status.NO_LONGER_APPLICABLE: ("no longer applicable", "sans objet", "لم تعد قائمة"),
    Status.NO_ACTION: ("no action", "sans suite", "بدون إجراء"),
    Status.UNDER_STUDY: ("under study", "à l’étude", "قيد الدراسة"),
    Status.ACTED_UPON: ("acted upon", "suivie d’effet", "تم التفاعل معها"),
}


def label(status: Status, language: str) -> str:
    """Return a status in the words of a language."""
    with translation.override(language):
        return str(status.label)


@cache
def _by_words() -> dict[str, Status]:
    words = {fold(word): status for status, listed in WORDS.items() for word in listed}
    for status in Status:
        words[fold(status.value)] = status
        words |= {fold(label(status, language)): status for language in LANGUAGES}
    return words


def understand(text: str) -> Status | None:
    """Return the status that a cell names, None where its words name none or more than one."""
    return _by_words().get(fold(text))
