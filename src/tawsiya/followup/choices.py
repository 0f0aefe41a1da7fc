"""States and marks of follow-up."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AssignmentState(models.TextChoices):
    """Where an assignment stands."""

    PROPOSED = "proposed", _("Awaiting an answer")
    ACCEPTED = "accepted", _("Accepted")
    REASSIGN = "reassign", _("Reassignment asked")
    REFUSED = "refused", _("Refused")
    ENDED = "ended", _("Ended")


OPEN = (AssignmentState.PROPOSED, AssignmentState.ACCEPTED, AssignmentState.REASSIGN)


class ContributionState(models.TextChoices):
    """Where a contribution stands (DOMAIN §9)."""

    DRAFT = "draft", _("Draft")
    WITH_VALIDATOR = "with_validator", _("With the validator")
    RETURNED_BY_VALIDATOR = "returned_by_validator", _("Returned by the validator")
    WITH_DELEGATION = "with_delegation", _("With the delegation")
    RETURNED_BY_DELEGATION = "returned_by_delegation", _("Returned by the delegation")
    VALIDATED = "validated", _("Validated")


class EvidenceMark(models.TextChoices):
    """Who may receive a file, on top of who may see its contribution."""

    PUBLIC = "public", _("Public")
    INTERNAL = "internal", _("Internal")
    RESTRICTED = "restricted", _("Restricted to the institution and the delegation")


class QuestionnaireKind(models.TextChoices):
    """What a questionnaire asks about."""

    REVIEW = "review", _("Items of a review")
    ISSUES = "issues", _("List of issues")
    FREE = "free", _("Free form")


class QuestionnaireState(models.TextChoices):
    """Where a questionnaire stands."""

    DRAFT = "draft", _("In preparation")
    SENT = "sent", _("Sent")
    CLOSED = "closed", _("Closed")
    DISCARDED = "discarded", _("Discarded")


class QuestionKind(models.TextChoices):
    """What is answered to a question."""

    TEXT = "text", _("Text")
    FIGURE = "figure", _("Figure")
    DATE = "date", _("Date")
    CHOICE = "choice", _("Choice")


class ExtensionState(models.TextChoices):
    """What became of a request for more time."""

    ASKED = "asked", _("Asked")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ReferenceKind(models.TextChoices):
    """What evidence that is no file points to."""

    LINK = "link", _("Link")
    LAW = "law", _("Law or regulation")


class Circle(models.TextChoices):
    """Who is in a conversation on an item (DOMAIN §9)."""

    INSIDE = "inside", _("Inside the institution")
    WITH_DELEGATION = "with_delegation", _("Between the institution and the delegation")
    DELEGATION = "delegation", _("Notes of the delegation")


class RuleState(models.TextChoices):
    """Where a version of the rule of assessment stands."""

    DRAFT = "draft", pgettext_lazy("of a programme or a rule", "Draft")
    PUBLISHED = "published", _("Published")
    DISCARDED = "discarded", _("Discarded")


class SubmissionState(models.TextChoices):
    """Where a submission of the national human rights institution or an organisation stands."""

    SUBMITTED = "submitted", _("Submitted")
    # The words agree with the noun: an assignment is accepted otherwise in French and in Arabic.
    ACCEPTED = "accepted", pgettext_lazy("of a submission", "Accepted")
    REFUSED = "refused", pgettext_lazy("of a submission", "Refused")
    TAKEN_BACK = "taken_back", _("Taken back")
    WITHDRAWN = "withdrawn", pgettext_lazy("of a submission", "Withdrawn")
