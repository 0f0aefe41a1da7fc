"""Kinds of indicators after OHCHR's framework, and the words of their values."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IndicatorKind(models.TextChoices):
    """What an indicator looks at: commitments, efforts or results (OHCHR, Human Rights Indicators, 2012)."""

    STRUCTURAL = "structural", _("Structural")
    PROCESS = "process", _("Process")
    OUTCOME = "outcome", _("Outcome")


class Right(models.TextChoices):
    """The right whose attribute an indicator describes; the first is for those that cut across rights."""

    CROSS_CUTTING = "cross_cutting", _("Several rights")
    EQUALITY = "equality", _("Non-discrimination and equality")
    LIFE = "life", _("Life")
    LIBERTY = "liberty", _("Liberty and security of person")
    TORTURE = "torture", _("Freedom from torture and ill-treatment")
    FAIR_TRIAL = "fair_trial", _("Fair trial")
    PARTICIPATION = "participation", _("Participation in public affairs")
    EXPRESSION = "expression", _("Freedom of opinion and expression")
    ASSEMBLY = "assembly", _("Peaceful assembly and association")
    VIOLENCE_WOMEN = "violence_women", _("Freedom from violence against women")
    HEALTH = "health", _("Health")
    EDUCATION = "education", _("Education")
    FOOD = "food", _("Adequate food")
    HOUSING = "housing", _("Adequate housing")
    WATER = "water", _("Water and sanitation")
    WORK = "work", _("Work")
    SOCIAL_SECURITY = "social_security", _("Social security")
    CULTURE = "culture", _("Cultural life")
    CHILDREN = "children", _("Rights of the child")
    DISABILITY = "disability", _("Rights of persons with disabilities")
    MIGRANTS = "migrants", _("Rights of migrants")


class IndicatorState(models.TextChoices):
    """Where an indicator stands."""

    DRAFT = "draft", _("Being prepared")
    IN_USE = "in_use", _("In use")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")
    RETIRED = "retired", _("No longer followed")


class Measured(models.TextChoices):
    """What a value is. Yes and no are 1 and 0; unknown is neither."""

    NUMBER = "number", _("Number")
    PERCENT = "percent", _("Percentage")
    YES_NO = "yes_no", _("Yes or no")


class Better(models.TextChoices):
    """Which way leads to the target."""

    HIGHER = "higher", _("Higher is better")
    LOWER = "lower", _("Lower is better")


class Periodicity(models.TextChoices):
    """How often a value is expected."""

    YEAR = "year", _("Every year")
    TWO_YEARS = "two_years", _("Every two years")
    FIVE_YEARS = "five_years", _("Every five years")
    TEN_YEARS = "ten_years", _("Every ten years")
    HALF_YEAR = "half_year", _("Every half-year")
    QUARTER = "quarter", _("Every quarter")
    MONTH = "month", _("Every month")
    IRREGULAR = "irregular", _("Irregularly")


class Dimension(models.TextChoices):
    """By what values are told apart. The codes of each: `indicator_codes`."""

    SEX = "sex", _("Sex")
    AGE = "age", _("Age")
    REGION = "region", _("Region")
    AREA = "area", _("Urban or rural")
    DISABILITY = "disability", _("Disability")
    NATIONALITY = "nationality", _("Nationality")
    INCOME = "income", _("Income")
    EDUCATION = "education", _("Level of education")


class ValueState(models.TextChoices):
    """What is known of a cell: unknown is neither zero nor no."""

    KNOWN = "known", _("Known")
    MISSING = "missing", _("Missing")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")


class Missing(models.TextChoices):
    """Why a value is missing."""

    NOT_COLLECTED = "not_collected", _("Not collected")
    NOT_YET = "not_yet", _("Not available yet")
    WITHHELD = "withheld", _("Withheld to protect persons")


class Quality(models.TextChoices):
    """How firm a value is."""

    FINAL = "final", _("Final")
    PROVISIONAL = "provisional", _("Provisional")
    ESTIMATED = "estimated", _("Estimated")


class Origin(models.TextChoices):
    """By what way values came."""

    FORM = "form", _("Form")
    FILE = "file", _("Spreadsheet")
    SDMX = "sdmx", _("SDMX")


class GoalKind(models.TextChoices):
    """What a value aimed at is."""

    BASELINE = "baseline", _("Baseline")
    TARGET = "target", _("Target")


class RequestState(models.TextChoices):
    """Where a request for values stands."""

    OPEN = "open", _("Awaiting values")
    ANSWERED = "answered", _("Answered")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class StandingKind(models.TextChoices):
    """Where the last value of an indicator stands; computed, never stored."""

    MET = "met", _("Target met")
    MISSED = "missed", _("Target not met")
    NO_TARGET = "no_target", _("No target due yet")
    UNKNOWN = "unknown", _("Last value unknown")
    NO_VALUE = "no_value", _("No value yet")
