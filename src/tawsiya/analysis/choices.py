"""Kinds of what can be searched, and what becomes of records of other States."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EntryKind(models.TextChoices):
    """What an entry of the index is about.

    Evidence and references are shown with their contribution. `RESTRICTED` is a contribution whole, for those
    who read its restricted parts too.
    """

    RECOMMENDATION = "recommendation", _("Recommendation")
    DOCUMENT = "document", _("UN document")
    CONTRIBUTION = "contribution", _("Contribution")
    RESTRICTED = "restricted", _("Contribution with its restricted parts")
    EVIDENCE = "evidence", _("Evidence")
    REFERENCE = "reference", _("Reference")
    MEASURE = "measure", _("Measure")
    LAW = "law", _("Text of law")
    INDICATOR = "indicator", _("Indicator")
    MESSAGE = "message", _("Message")


class Scope(models.TextChoices):
    """What a search looks in: the tabs of its page."""

    RECOMMENDATIONS = "recommendations", _("Recommendations")
    DOCUMENTS = "documents", _("Documents")
    CONTRIBUTIONS = "contributions", _("Contributions")
    MEASURES = "measures", _("Measures")
    INDICATORS = "indicators", _("Indicators")
    LAWS = "laws", _("Texts of law")
    CONVERSATIONS = "conversations", _("Conversations")
    WORLD = "world", _("Other States")


class WorldAction(models.TextChoices):
    """What a load did with a record that was stored already or is no longer in the export."""

    CREATED = "created", _("New")
    CHANGED = "changed", _("Changed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    RETURNED = "returned", _("Back again")
