"""Kinds of mechanism, review, document and obligation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MechanismKind(models.TextChoices):
    """The families of mechanisms (DOMAIN §1)."""

    UPR = "upr", _("Universal Periodic Review")
    TREATY_BODY = "treaty_body", _("Treaty bodies")
    SPECIAL_PROCEDURE = "special_procedure", _("Special procedures")
    REGIONAL = "regional", _("Regional mechanisms")


class DocumentType(models.TextChoices):
    """What a document is. Never guessed from an ambiguous symbol."""

    UPR_REPORT = "upr_report", _("Report of the Working Group on the UPR")
    UPR_ADDENDUM = "upr_addendum", _("Addendum: positions of the State")
    CONCLUDING_OBSERVATIONS = "concluding_observations", _("Concluding observations")
    VISIT_REPORT = "visit_report", _("Report on a visit")
    STATE_REPORT = "state_report", _("State report")
    LIST_OF_ISSUES = "list_of_issues", _("List of issues")
    REPLIES = "replies", _("Replies to the list of issues")
    FOLLOW_UP_REPORT = "follow_up_report", _("Follow-up report")
    OTHER = "other", _("Other document")


class ReviewKind(models.TextChoices):
    """What a review is."""

    UPR_REVIEW = "upr_review", _("Universal Periodic Review")
    TREATY_REVIEW = "treaty_review", _("Review by a treaty body")
    VISIT = "visit", _("Visit")


class TextStatus(models.TextChoices):
    """The standing of a text in a language."""

    OFFICIAL = "official", _("Official")
    UNOFFICIAL = "unofficial", _("Unofficial translation")


class ObligationKind(models.TextChoices):
    """What the State owes, and by when."""

    REPORT = "report", _("Report")
    FOLLOW_UP = "follow_up", _("Follow-up information")
    REPLIES = "replies", _("Replies to a list of issues")
    MID_TERM = "mid_term", _("Mid-term report")
    POSITIONS = "positions", _("Positions on recommendations")
