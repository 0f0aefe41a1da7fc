"""States and marks of follow-up."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AssignmentState(models.TextChoices):
    """Where an assignment stands."""

    PROPOSED = "proposed", _("Awaiting an answer")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    ENDED = "ended", _("Ended")


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


class RuleState(models.TextChoices):
    """Where a version of the rule of assessment stands."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    DISCARDED = "discarded", _("Discarded")


class SubmissionState(models.TextChoices):
    """Where a submission of the national human rights institution or an organisation stands."""

    SUBMITTED = "submitted", _("Submitted")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    TAKEN_BACK = "taken_back", _("Taken back")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class RefusalGround(models.TextChoices):
    """The only grounds on which a submission is refused."""

    INSULT = "insult", _("Insult")
    PERSONAL_DATA = "personal_data", _("Personal data")
