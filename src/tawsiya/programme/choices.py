"""States and kinds of action programmes."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class VersionState(models.TextChoices):
    """Where a version of a programme stands."""

    DRAFT = "draft", pgettext_lazy("of a programme or a rule", "Draft")
    IN_CONSULTATION = "in_consultation", _("In consultation")
    ADOPTED = "adopted", _("Adopted")
    REVISED = "revised", _("Replaced by a revision")


class Audience(models.TextChoices):
    """Before whom a version is laid. Institutions read it in consultation in any case (DOMAIN §9)."""

    SECTORS = "sectors", _("Government sectors and other institutions")
    PARLIAMENT = "parliament", _("Parliament")
    NHRI = "nhri", _("National human rights institution")
    ORGANISATIONS = "organisations", _("Civil society organizations")
    PUBLIC = "public", _("Everybody, on the public pages")


class CommentState(models.TextChoices):
    """Where a comment stands: of those who sign in at once accepted; of the public, looked at first."""

    RECEIVED = "received", pgettext_lazy("of a comment", "Received")
    ACCEPTED = "accepted", pgettext_lazy("of a comment", "Accepted")
    REFUSED = "refused", pgettext_lazy("of a comment", "Refused")


class RefusalGround(models.TextChoices):
    """The only grounds on which what others say is refused: here a comment, in follow-up a submission."""

    INSULT = "insult", _("Insult")
    PERSONAL_DATA = "personal_data", _("Personal data")


class ReportState(models.TextChoices):
    """Where an institution's report on its measure stands."""

    WITH_VALIDATOR = "with_validator", _("With the validator")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Returned by the validator")


class NodeKind(models.TextChoices):
    """What a branch of a programme is."""

    AXIS = "axis", _("Axis")
    OBJECTIVE = "objective", _("Objective")


class Progress(models.TextChoices):
    """How far a measure is, as its lead institution last reported."""

    PLANNED = "planned", _("Planned")
    UNDER_WAY = "under_way", _("Under way")
    COMPLETED = "completed", _("Completed")
    SUSPENDED = "suspended", _("Suspended")
    ABANDONED = "abandoned", _("Abandoned")


class Reach(models.TextChoices):
    """Where a measure is carried out."""

    NATIONAL = "national", _("The whole country")
    REGION = "region", _("Regions")
    COMMUNE = "commune", _("Communes")


class BudgetKind(models.TextChoices):
    """What an amount is."""

    PLANNED = "planned", _("Planned")
    COMMITTED = "committed", _("Committed")
    SPENT = "spent", _("Spent")


class LawKind(models.TextChoices):
    """What text a measure needs."""

    LAW = "law", _("Law")
    ORGANIC_LAW = "organic_law", _("Organic law")
    DECREE = "decree", _("Decree")
    ORDER = "order", _("Ministerial order")
    CIRCULAR = "circular", _("Circular")
    TREATY = "treaty", _("Ratification or accession")


class LawStage(models.TextChoices):
    """How far a text is, in government and parliament, in this order."""

    PREPARED = "prepared", _("In preparation")
    GOVERNMENT = "government", _("Before the government")
    FIRST_CHAMBER = "first_chamber", _("Before the first chamber")
    SECOND_CHAMBER = "second_chamber", _("Before the second chamber")
    ADOPTED = "adopted", _("Adopted")
    PUBLISHED = "published", _("Published in the official gazette")
    WITHDRAWN = "withdrawn", _("Text withdrawn")


class PlanFileState(models.TextChoices):
    """Where a plan read from a file stands."""

    COLUMNS = "columns", _("Columns to be named")
    PREVIEW = "preview", _("To be looked at")
    APPLIED = "applied", _("Applied")
    DROPPED = "dropped", _("Dropped")
