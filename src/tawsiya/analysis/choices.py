"""Kinds of what can be searched."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EntryKind(models.TextChoices):
    """What an entry of the index is about. Evidence is shown with its contribution."""

    RECOMMENDATION = "recommendation", _("Recommendation")
    DOCUMENT = "document", _("UN document")
    CONTRIBUTION = "contribution", _("Contribution")
    EVIDENCE = "evidence", _("Evidence")


class Scope(models.TextChoices):
    """What a search looks in: the tabs of its page."""

    RECOMMENDATIONS = "recommendations", _("Recommendations")
    DOCUMENTS = "documents", _("Documents")
    CONTRIBUTIONS = "contributions", _("Contributions")
    WORLD = "world", _("Other States")
