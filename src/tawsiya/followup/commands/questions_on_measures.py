"""Put measures of the programme in force to the institutions that lead them, as items of a questionnaire."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from tawsiya.accounts.models import Institution
from tawsiya.accounts.queries import assignable_institutions, in_charge
from tawsiya.accounts.reader import Reader
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated
from tawsiya.core.labels import text_of
from tawsiya.followup.commands.questionnaires import (
    MOST_QUESTIONS,
    QuestionFacts,
    add_questions,
    event_on,
    open_questionnaire,
    too_many,
)
from tawsiya.followup.measures_asked import measures_to_ask_about
from tawsiya.followup.models import Reply
from tawsiya.programme.models import Measure


def ask_about_measures(*, questionnaire_id: int, measures: Sequence[int], by: Reader) -> int:
    """Add a question for each measure, put to the institution that answers for it; return how many are new.

    The institutions that lead them are asked with the others. A measure that is asked about already is not
    asked about twice.

    Args:
        measures: ids of measures in force (`measures_asked.measures_to_ask_about`).

    Raises:
        PermissionRefused: not a coordinator's, or sent already.
        RuleViolated: nothing new is chosen, too many questions, or an institution that cannot be asked.
    """
    with transaction.atomic():
        questionnaire, actor = open_questionnaire(questionnaire_id, "edit", by)
        known = set(questionnaire.questions.values_list("measure_key", flat=True))
        rows = [row for row in measures_to_ask_about(by).filter(pk__in=measures) if row.key not in known]
        if not rows:
            raise RuleViolated(_("Choose at least one measure that is not asked about yet."))
        if questionnaire.questions.count() + len(rows) > MOST_QUESTIONS:
            raise too_many()
        answering = _answering(rows)
        with event_on("questionnaire.questions", questionnaire, actor) as event:
            asked = set(questionnaire.replies.values_list("institution_id", flat=True))
            for pk in sorted(set(answering.values()) - asked):
                Reply.objects.create(
                    questionnaire=questionnaire,
                    institution_id=pk,
                    deadline=questionnaire.deadline,
                    created_at=clock.now(),
                    changed_at=clock.now(),
                )
            with override(questionnaire.language):
                add_questions(
                    questionnaire,
                    [
                        QuestionFacts(
                            text=text_of(row.titles),
                            number=row.code,
                            only_for=[answering[row.pk]],
                            measure_key=row.key,
                        )
                        for row in rows
                    ],
                )
            event.after = {"count": questionnaire.questions.count(), "title": questionnaire.title}
    return len(rows)


def _answering(rows: Sequence[Measure]) -> dict[int, int]:
    """Return the institution that answers for each measure today, by the measure's id."""
    leads = Institution.objects.in_bulk({row.lead for row in rows})  # type: ignore[attr-defined]  # annotated
    today = {pk: in_charge(row) for pk, row in leads.items()}
    possible = set(assignable_institutions().values_list("pk", flat=True))
    for institution in today.values():
        if institution.pk not in possible:
            raise RuleViolated(
                _("%(institution)s cannot be sent a questionnaire.") % {"institution": institution}
            )
    return {row.pk: today[row.lead].pk for row in rows}  # type: ignore[attr-defined]  # annotated
