"""Kinds, positions and statuses of recommendations (DOMAIN §2, §8)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a record of a UN document is."""

    RECOMMENDATION = "recommendation", _("Recommendation")
    CONCERN = "concern", _("Concern")
    PLEDGE = "pledge", _("Voluntary pledge")
    OTHER = "other", _("Other paragraph")


class Position(models.TextChoices):
    """The UN's vocabulary for the State's answer to a UPR recommendation."""

    SUPPORTED = "supported", _("Supported")
    NOTED = "noted", _("Noted")
    PARTLY = "supported/noted", _("Supported in part")


class NationalGrade(models.TextChoices):
    """The finer grades of the national answer (Morocco's third cycle); each maps to a UN position."""

    ACCEPTED_IMPLEMENTED = "accepted_implemented", _("Accepted, declared implemented")
    ACCEPTED_IN_PROGRESS = "accepted_in_progress", _("Accepted, in progress")
    NOTED_PARTLY = "noted_partly", _("Noted, partly rejected")
    NOTED_WHOLLY = "noted_wholly", _("Noted, wholly rejected")
    OUTSIDE_MANDATE = "outside_mandate", _("Declared outside the Council's mandate")


POSITION_OF_GRADE: dict[NationalGrade, Position] = {
    NationalGrade.ACCEPTED_IMPLEMENTED: Position.SUPPORTED,
    NationalGrade.ACCEPTED_IN_PROGRESS: Position.SUPPORTED,
    NationalGrade.NOTED_PARTLY: Position.NOTED,
    NationalGrade.NOTED_WHOLLY: Position.NOTED,
    NationalGrade.OUTSIDE_MANDATE: Position.NOTED,
}


def grades_for(position: str) -> tuple[NationalGrade, ...]:
    """Return the grades that fit a UN position: all where a part was supported, none outside the UPR."""
    if position == Position.PARTLY:
        return tuple(NationalGrade)
    return tuple(grade for grade, fits in POSITION_OF_GRADE.items() if fits == position)


class Status(models.TextChoices):
    """Status of implementation. Noted recommendations have a scale of their own."""

    NOT_STARTED = "not_started", _("Not started")
    IN_PROGRESS = "in_progress", _("In progress")
    PARTLY_IMPLEMENTED = "partly_implemented", _("Partly implemented")
    IMPLEMENTED = "implemented", _("Implemented")
    NO_LONGER_APPLICABLE = "no_longer_applicable", _("No longer applicable")
    NO_ACTION = "no_action", _("No action")
    UNDER_STUDY = "under_study", _("Under study")
    ACTED_UPON = "acted_upon", _("Acted upon")


NOTED_SCALE: tuple[Status, ...] = (Status.NO_ACTION, Status.UNDER_STUDY, Status.ACTED_UPON)
COMMON_SCALE: tuple[Status, ...] = tuple(status for status in Status if status not in NOTED_SCALE)


def scale_for(position: str) -> tuple[Status, ...]:
    """Return the statuses that fit a UN position ("" outside the UPR)."""
    return NOTED_SCALE if position == Position.NOTED else COMMON_SCALE


class Taxonomy(models.TextChoices):
    """The taxonomies that imports and filters know by name; administrators add others (`Vocabulary`)."""

    THEME = "theme", _("Theme")
    PERSONS = "persons", _("Affected persons")
    SDG_GOAL = "sdg_goal", _("SDG goal")
    SDG_TARGET = "sdg_target", _("SDG target")
    AXIS = "axis", _("Axis")


class TagOrigin(models.TextChoices):
    """Where a tag on a recommendation came from."""

    IMPORT = "import", _("Import")
    PERSON = "person", _("A person")
    AUTOMATIC = "automatic", _("Automatic")


class AccessLevel(models.TextChoices):
    """How an institution is involved in a recommendation."""

    LEAD = "lead", _("Lead institution")
    SUPPORT = "support", _("Supporting institution")


class GroupState(models.TextChoices):
    """Whether a person has decided that recommendations ask for the same thing."""

    PROPOSED = "proposed", _("Proposed group")
    CONFIRMED = "confirmed", _("Confirmed group")
    DISSOLVED = "dissolved", _("Dissolved group")


class MemberState(models.TextChoices):
    """Where a recommendation stands with a group. Near misses are proposals that fell just short."""

    PROPOSED = "proposed", _("Proposed")
    NEAR = "near", _("Near miss")
    CONFIRMED = "confirmed", _("Confirmed")
    REJECTED = "rejected", _("Rejected")
