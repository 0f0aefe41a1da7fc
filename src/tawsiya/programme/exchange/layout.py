"""The sheets and columns by which a programme leaves and comes back; their codes never change."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tawsiya.core.errors import Message
from tawsiya.programme.choices import BudgetKind, LawKind, LawStage, NodeKind, Reach
from tawsiya.recommendations.choices import AccessLevel

LANGUAGES = ("ar", "fr", "en")


class Form(StrEnum):
    """What a cell of a column holds."""

    TEXT = "text"
    KEY = "key"  # the identity that is the same in every version; empty for what is new
    DAY = "day"
    NUMBER = "number"
    AMOUNT = "amount"
    CURRENCY = "currency"
    CHOICE = "choice"
    LIST = "list"  # one value on each line
    CODES = "codes"  # several short codes, between blanks, commas or semicolons
    INFO = "info"  # written for people, never read


@dataclass(frozen=True)
class Column:
    """A column: its stable code, its words, and what a cell holds.

    `name` is the value of a row that it fills, `language` that of a text in several languages.
    `limit`: characters. `default`: what an empty cell of a choice says.
    """

    code: str
    label: Message
    form: Form = Form.TEXT
    required: bool = False
    choices: type[TextChoices] | None = None
    limit: int = 0
    width: int = 18
    language: str = ""
    default: str = ""

    @property
    def name(self) -> str:
        """The value of a row that the column fills."""
        return self.code.removesuffix(f"_{self.language}") if self.language else self.code


@dataclass(frozen=True)
class Sheet:
    """A sheet: stable code, name, columns, and those by which a row without key is known."""

    code: str
    label: Message
    columns: tuple[Column, ...]
    identity: tuple[str, ...]

    def column(self, code: str) -> Column | None:
        """Return the column of a code, None where there is none."""
        return next((column for column in self.columns if column.code == code), None)

    @property
    def is_part(self) -> bool:
        """Whether its rows belong to a measure."""
        return self.code not in ("axes", "measures")


def _texts(name: str, label: Message, limit: int, *, width: int = 40) -> list[Column]:
    return [
        Column(f"{name}_{language}", label, limit=limit, width=width, language=language)
        for language in LANGUAGES
    ]


_NUMBER = pgettext_lazy("of a list", "Number")
_KEY = Column("key", _("Identity"), Form.KEY, width=12)
_MEASURE = Column("measure", _("Measure"), required=True, limit=20, width=12)

SHEETS: tuple[Sheet, ...] = (
    Sheet(
        "axes",
        _("Axes"),
        (
            _KEY,
            Column("code", _NUMBER, required=True, limit=20, width=12),
            Column("kind", _("Kind"), Form.CHOICE, choices=NodeKind, default=NodeKind.AXIS),
            Column("parent", _("Stands under"), limit=20, width=12),
            *_texts("names", _("Name"), 300),
        ),
        ("code",),
    ),
    Sheet(
        "measures",
        _("Measures"),
        (
            _KEY,
            Column("code", _NUMBER, required=True, limit=20, width=12),
            Column("axis", _("Axis or objective"), required=True, limit=20, width=12),
            *_texts("titles", _("Title"), 300),
            *_texts("descriptions", _("Description"), 4000, width=50),
            Column("starts_on", _("Start date"), Form.DAY),
            Column("ends_on", _("End date"), Form.DAY),
            Column("reach", _("Place"), Form.CHOICE, choices=Reach, default=Reach.NATIONAL),
            Column("places", _("Regions or communes"), Form.LIST, limit=80, width=24),
            Column("targets", _("SDG targets"), Form.CODES, limit=10),
            Column("waits_for", _("Waits for"), Form.CODES, limit=20),
            Column("risks", _("Risks"), width=40),
        ),
        ("code",),
    ),
    Sheet(
        "institutions",
        _("Institutions"),
        (
            _MEASURE,
            Column("institution", _("Institution"), required=True, limit=300, width=24),
            Column("level", _("Part"), Form.CHOICE, required=True, choices=AccessLevel),
            Column("name", _("Name"), Form.INFO, width=50),
        ),
        ("measure", "institution"),
    ),
    Sheet(
        "answers",
        _("Recommendations"),
        (
            _MEASURE,
            Column("recommendation", _("Recommendation"), required=True, limit=120, width=34),
            Column("text", _("Text"), Form.INFO, width=80),
        ),
        ("measure", "recommendation"),
    ),
    Sheet(
        "milestones",
        _("Milestones"),
        (
            _KEY,
            _MEASURE,
            Column("order", _("Order"), Form.NUMBER, required=True, width=8),
            *_texts("titles", _("Title"), 300),
            Column("due_on", _("Due"), Form.DAY, required=True),
            Column("waits_for", _("Waits for"), Form.CODES, limit=30),
        ),
        ("measure", "order"),
    ),
    Sheet(
        "budget",
        _("Budget"),
        (
            _MEASURE,
            Column("year", _("Year"), Form.NUMBER, required=True, width=8),
            Column("kind", _("Kind"), Form.CHOICE, choices=BudgetKind, default=BudgetKind.PLANNED),
            Column("amount", _("Amount"), Form.AMOUNT, required=True),
            Column("currency", _("Currency"), Form.CURRENCY, required=True, width=10),
            Column("source", _("Source"), required=True, limit=120, width=30),
        ),
        ("measure", "year", "kind", "currency", "source"),
    ),
    Sheet(
        "legislation",
        _("Legislation"),
        (
            _KEY,
            _MEASURE,
            Column("kind", _("Kind"), Form.CHOICE, required=True, choices=LawKind),
            *_texts("titles", _("Title"), 300),
            Column("number", _NUMBER, limit=60),
            Column("stage", _("Stage"), Form.CHOICE, choices=LawStage, default=LawStage.PREPARED, width=26),
            Column("stage_since", _("Since"), Form.DAY),
        ),
        ("measure", "kind", "titles"),
    ),
)
CODES = tuple(sheet.code for sheet in SHEETS)


def sheet_of(code: str) -> Sheet:
    """Return the sheet of a code.

    Raises:
        KeyError: there is none.
    """
    return {sheet.code: sheet for sheet in SHEETS}[code]


def heading(column: Column) -> str:
    """Return the words above a column, with the language of a text."""
    if not column.language:
        return str(column.label)
    return f"{column.label} ({dict(settings.LANGUAGES)[column.language]})"


def columns_in(sheet: Sheet, languages: Sequence[str]) -> list[Column]:
    """Return the columns of a sheet, with texts in some languages only."""
    return [column for column in sheet.columns if not column.language or column.language in languages]
