"""Roles and kinds of institution, with their names."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person is in the system. What each may do: `roles.py`."""

    ADMINISTRATOR = "administrator", _("Administrator")
    COORDINATOR = "coordinator", _("Coordinator")
    ANALYST = "analyst", _("Analyst")
    VALIDATOR = "validator", _("Validator")
    FOCAL_POINT = "focal_point", _("Focal point")
    HEAD = "head", _("Head of institution")
    OBSERVER = "observer", _("Observer")
    NHRI = "nhri", _("National human rights institution")
    CIVIL_SOCIETY = "civil_society", _("Civil society organization")


class InstitutionKind(models.TextChoices):
    """What an institution is. The national human rights institution is never a government sector."""

    DELEGATION = "delegation", _("National mechanism")
    GOVERNMENT = "government", _("Government sector")
    JUDICIARY = "judiciary", _("Judiciary")
    PARLIAMENT = "parliament", _("Parliament")
    INDEPENDENT = "independent", _("Independent body")
    NHRI = "nhri", _("National human rights institution")
    CIVIL_SOCIETY = "civil_society", _("Civil society organization")
    OTHER = "other", _("Other")
    UNSTATED = "unstated", _("Not stated")


class MailPace(models.TextChoices):
    """How a person is told by mail of what happens."""

    EACH = "each", _("An e-mail for each step")
    WEEKLY = "weekly", _("One e-mail a week, on Monday")
