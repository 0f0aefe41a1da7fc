"""Scopes, states and actions of imports."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """What a file is declared complete for: what is missing from it, inside that scope, is withdrawn."""

    STATE = "State", _("All recommendations to the State")
    BODY = "body", _("All recommendations of the body")
    DOCUMENT = "document", _("All recommendations of the document")


class RunState(models.TextChoices):
    """Where an import stands."""

    PREVIEWED = "previewed", _("Awaiting a decision")
    APPLIED = "applied", _("Applied")
    DISCARDED = "discarded", _("Discarded")


class Action(models.TextChoices):
    """What an import would do with a record."""

    CREATE = "create", _("Created")
    UPDATE = "update", _("Changed")
    UNCHANGED = "unchanged", _("Unchanged")
    WITHDRAW = "withdraw", _("Withdrawn")
    REJECT = "reject", _("Rejected")
