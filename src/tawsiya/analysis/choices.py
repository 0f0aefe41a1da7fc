"""What became of a record of another State between two exports."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WorldAction(models.TextChoices):
    """What a load did with a record that was stored already or is no longer in the export."""

    CREATED = "created", _("New")
    CHANGED = "changed", _("Changed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    RETURNED = "returned", _("Back again")
