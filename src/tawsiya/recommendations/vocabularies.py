"""The taxonomies of the installation: those that imports and filters know by name, and those added since."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tawsiya.core.errors import Message
from tawsiya.core.labels import text_of
from tawsiya.recommendations.choices import Taxonomy
from tawsiya.recommendations.models import Tag, Vocabulary


@dataclass(frozen=True)
class Family:
    """A taxonomy by its code and its name in the reader's language."""

    code: str
    label: Message


def vocabularies() -> Sequence[Family]:
    """Return the taxonomies in order: the known ones first (as the interface calls them), then the others."""
    known = [Family(taxonomy.value, taxonomy.label) for taxonomy in Taxonomy]
    codes = {family.code for family in known}
    added = Vocabulary.objects.exclude(code__in=codes).order_by("sort_order", "code")
    return [*known, *(Family(row.code, text_of(row.names) or row.code) for row in added)]


def register_vocabulary(code: str, names: dict[str, str], **facts: Any) -> Vocabulary:
    """Return the taxonomy of a code, created where it is new. Runs inside its caller's audited act."""
    row, _created = Vocabulary.objects.get_or_create(code=code, defaults={"names": names, **facts})
    return row


# Names for the rows of the known taxonomies, and the five categories of action of UPR Info's database.
KNOWN_NAMES: dict[str, dict[str, str]] = {
    "theme": {"en": "Themes", "fr": "Thèmes", "ar": "المواضيع"},
    "persons": {"en": "Affected persons", "fr": "Personnes concernées", "ar": "الأشخاص المعنيون"},
    "sdg_goal": {
        "en": "Sustainable Development Goals",
        "fr": "Objectifs de développement durable",
        "ar": "أهداف التنمية المستدامة",
    },
    "sdg_target": {
        "en": "Targets of the Sustainable Development Goals",
        "fr": "Cibles des objectifs de développement durable",
        "ar": "غايات أهداف التنمية المستدامة",
    },
    "axis": {"en": "Axes", "fr": "Axes", "ar": "المحاور"},
}
ACTION = "action"
ACTION_NAMES = {
    "en": "Action asked for (UPR Info)",
    "fr": "Action demandée (UPR Info)",
    "ar": "الإجراء المطلوب (UPR Info)",
}
ACTION_LABELS: dict[str, dict[str, str]] = {
    "1": {
        "en": "Minimal action: seek or share, by others too",
        "fr": "Action minimale : demander ou partager, y compris par d’autres",
        "ar": "إجراء أدنى: طلب المساعدة أو تبادل الخبرات، مع آخرين",
    },
    "2": {
        "en": "Continue what is being done",
        "fr": "Poursuivre ce qui est entrepris",
        "ar": "مواصلة ما هو قائم",
    },
    "3": {
        "en": "Consider a change",
        "fr": "Envisager un changement",
        "ar": "النظر في إحداث تغيير",
    },
    "4": {
        "en": "Action of a general nature",
        "fr": "Action de portée générale",
        "ar": "إجراء ذو طابع عام",
    },
    "5": {
        "en": "Specific action",
        "fr": "Action précise",
        "ar": "إجراء محدد",
    },
}


def register_known_vocabularies() -> None:
    """Create the rows of the known taxonomies and UPR Info's categories. Inside the caller's audited act."""
    for order, (code, names) in enumerate(KNOWN_NAMES.items(), start=1):
        register_vocabulary(code, names, sort_order=order)
    register_vocabulary(ACTION, ACTION_NAMES, exclusive=True, sort_order=6)
    for code, names in ACTION_LABELS.items():
        Tag.objects.get_or_create(taxonomy=ACTION, code=code, defaults={"names": names, "sort_key": code})
