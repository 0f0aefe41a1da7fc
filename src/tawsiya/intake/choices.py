"""Scopes, states and actions of imports."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """What a file is declared complete for: what is missing from it, inside that scope, is withdrawn."""

    STATE = "State", _("All recommendations to the State")
    BODY = "body", _("All recommendations of the body")
    DOCUMENT = "document", _("All recommendations of the document")


class RunState(models.TextChoices):
    """Where an import stands; the steps between them: `workflow.IMPORT`."""

    READING = "reading", _("Being read")
    FAILED = "failed", _("Could not be read")
    MAPPING = "mapping", _("Columns to be named")
    PREVIEWED = "previewed", _("Awaiting a decision")
    APPLYING = "applying", _("Being applied")
    APPLIED = "applied", _("Applied")
    DISCARDED = "discarded", _("Discarded")
    UNDONE = "undone", _("Undone")


UNDECIDED = (
    RunState.READING,
    RunState.FAILED,
    RunState.MAPPING,
    RunState.PREVIEWED,
    RunState.APPLYING,
)
"""Nobody has applied or discarded it yet."""
WORKING = (RunState.READING, RunState.APPLYING)
"""A job waits or runs."""


class Action(models.TextChoices):
    """What an import would do with a record."""

    CREATE = "create", _("Created")
    UPDATE = "update", _("Changed")
    UNCHANGED = "unchanged", _("Unchanged")
    WITHDRAW = "withdraw", _("Withdrawn")
    REJECT = "reject", _("Rejected")


class What(models.TextChoices):
    """What a row of an import is about."""

    RECOMMENDATION = "recommendation", _("Recommendation")
    OBLIGATION = "obligation", _("Obligation")


class Fix(models.TextChoices):
    """What a person did to a row before it was applied."""

    CONFIRM = "confirm", _("Confirmed")
    EDIT = "edit", _("Corrected")
    SPLIT = "split", _("Split in two")
    MERGE = "merge", _("Joined")


class Step(models.TextChoices):
    """What a job is doing."""

    WAITING = "waiting", _("Waiting for its turn")
    READING = "reading", _("Reading the file")
    COMPARING = "comparing", _("Comparing with what is there")
    WRITING = "writing", _("Writing")
