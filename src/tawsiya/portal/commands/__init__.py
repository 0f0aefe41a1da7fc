"""Publish, and withdraw from the public pages."""

from tawsiya.portal.commands.consultations import follow_consultation, publish_answers
from tawsiya.portal.commands.publications import (
    Published,
    publish,
    publish_many,
    publish_programme,
    withdraw_programme,
    withdraw_publication,
)
from tawsiya.portal.commands.rules import publish_rule
from tawsiya.portal.commands.voices import (
    accept_submission,
    record_grade,
    record_grades,
    save_question,
    take_grade_back,
    withdraw_submission,
)

__all__ = [
    "Published",
    "accept_submission",
    "follow_consultation",
    "publish",
    "publish_answers",
    "publish_many",
    "publish_programme",
    "publish_rule",
    "record_grade",
    "record_grades",
    "save_question",
    "take_grade_back",
    "withdraw_programme",
    "withdraw_publication",
    "withdraw_submission",
]
