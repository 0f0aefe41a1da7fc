"""The columns of the list's CSV and JSON. Rows come from `queries.with_everything`."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.reader import Reader
from tawsiya.core.labels import text_of
from tawsiya.core.tables import Column
from tawsiya.recommendations import reading
from tawsiya.recommendations.choices import AccessLevel, Taxonomy
from tawsiya.recommendations.models import Recommendation
from tawsiya.recommendations.visibility import Sight, sight_of


def _text(code: str) -> Column:
    def value(item: Recommendation) -> str:
        return next((row.text for row in item.texts.all() if row.language == code), "")

    labels = {"ar": _("Text in Arabic"), "fr": _("Text in French"), "en": _("Text in English")}
    return Column(f"text_{code}", labels[code], value)


def _tags(key: str, label: Any, taxonomy: Taxonomy) -> Column:
    return Column(key, label, lambda item: reading.tag_names(item, taxonomy))


def _codes(key: str, label: Any, taxonomy: Taxonomy) -> Column:
    return Column(key, label, lambda item: [link.tag.code for link in reading.tags_of(item, taxonomy)])


def _reading(item: Recommendation) -> str:
    row = reading.reading_text(item)
    return row.text if row else ""


def _reading_language(item: Recommendation) -> str:
    row = reading.reading_text(item)
    return row.language if row else ""


def _cycle(item: Recommendation) -> int | None:
    review = item.document.review
    return review.cycle if review else None


def _year(item: Recommendation) -> int | None:
    review, published = item.document.review, item.document.published_on
    return review.year if review and review.year else published.year if published else None


ISSUED: tuple[Column, ...] = (
    Column("id", _("Number"), lambda item: item.pk),
    Column("part_of", _("Part of"), lambda item: item.parent_id),
    Column("body", _("Body"), lambda item: item.document.body.code),
    Column("body_name", _("Name of the body"), lambda item: text_of(item.document.body.names)),
    Column("cycle", _("Cycle"), _cycle),
    Column("year", _("Year"), _year),
    Column("document", _("Document"), lambda item: item.document.symbol),
    Column("paragraph", _("Paragraph"), lambda item: item.label),
    Column("kind", _("Kind"), lambda item: item.kind),
    Column("heading", _("Heading"), lambda item: text_of(item.headings)),
    Column("text", _("Text"), _reading),
    Column("language", _("Language"), _reading_language),
    _text("ar"),
    _text("fr"),
    _text("en"),
    Column("recommending_states", _("Recommending States"), lambda item: [
        state.code or state.name for state in reading.states_named(item)
    ]),
    Column("recommending_state_names", _("Names of the States"), lambda item: [
        state.name for state in reading.states_named(item)
    ]),
    Column("position", _("Position"), lambda item: item.position),
    Column("national_grade", _("National grade"), lambda item: item.national_grade),
    _tags("themes", _("Themes"), Taxonomy.THEME),
    _tags("affected_persons", _("Affected persons"), Taxonomy.PERSONS),
    _codes("sdg_goals", _("SDG goals"), Taxonomy.SDG_GOAL),
    _codes("sdg_targets", _("SDG targets"), Taxonomy.SDG_TARGET),
    Column("follow_up_priority", _("Follow-up priority"), lambda item: item.is_follow_up_priority),
    Column("follow_up_due", _("Follow-up due"), lambda item: item.follow_up_due_on),
    Column("withdrawn", _("Withdrawn"), lambda item: item.withdrawn_at is not None),
)  # fmt: skip


def _by_sight(sight: Sight) -> list[Column]:
    columns = []
    if sight.status:
        columns.append(Column("status", _("Status"), lambda item: item.status))
    if sight.lead:
        columns += [
            Column("lead", _("Lead institution"), lambda item: reading.involved(item, AccessLevel.LEAD)),
            Column(
                "supporting",
                _("Supporting institutions"),
                lambda item: reading.involved(item, AccessLevel.SUPPORT),
            ),
        ]
    return columns


def columns_for(reader: Reader) -> list[Column]:
    """Return the columns a reader gets: those of follow-up only by sight (DOMAIN §9)."""
    return [*ISSUED, *_by_sight(sight_of(reader))]
