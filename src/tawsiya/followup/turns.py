"""Whose turn it is on a recommendation, in sentences; only from what the reader sees."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.permissions import may
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.core.errors import Message
from tawsiya.core.labels import text_of
from tawsiya.followup.choices import OPEN, AssignmentState, ContributionState
from tawsiya.followup.models import Assessment, Assignment, Contribution
from tawsiya.followup.permissions import may_act_on_contribution
from tawsiya.followup.reported import counting_for
from tawsiya.followup.workflow import CONTRIBUTION

CONTRIBUTION_TURNS: dict[str, Message] = {
    ContributionState.DRAFT: _("%(institution)s is to complete and submit its draft."),
    ContributionState.WITH_VALIDATOR: _(
        "The validator of %(institution)s is to approve or return the contribution."
    ),
    ContributionState.RETURNED_BY_VALIDATOR: _(
        "%(institution)s is to revise the contribution that its validator returned."
    ),
    ContributionState.WITH_DELEGATION: _(
        "The delegation is to validate or return the contribution of %(institution)s."
    ),
    ContributionState.RETURNED_BY_DELEGATION: _(
        "%(institution)s is to revise the contribution that the delegation returned."
    ),
}
TO_ASSIGN = _("The delegation is to assign this recommendation.")
TO_ANSWER = _("%(institution)s is to accept or refuse the assignment.")
TO_REASSIGN = _("The delegation is to decide whether another institution takes over from %(institution)s.")
TO_SEND = _("%(institution)s is to write and send its contribution.")
AWAITED = _("The contribution of %(institution)s is awaited.")
TO_ASSESS = _("The delegation is to set the status of implementation.")


@dataclass(frozen=True)
class Turn:
    """Somebody's turn: the sentence, and whether the reader is among those who can act."""

    text: str
    mine: bool


def turns_of(
    reader: Reader,
    item_id: int,
    assignments: Sequence[Assignment],
    contributions: Sequence[Contribution],
    assessments: Sequence[Assessment],
) -> list[Turn]:
    """Return what is awaited on a recommendation.

    Args:
        item_id: the recommendation; its parts have pages, turns and statuses of their own.
        assignments, assessments: those of the item that the reader sees.
        contributions: those of the item and of its parts that the reader sees.
    """
    own = [row for row in contributions if row.recommendation_id == item_id]
    knows_all = reader.is_delegation or reader.is_observer
    opened = [row for row in assignments if row.state in OPEN]
    found = [turn for row in opened for turn in _of_assignment(reader, row, contributions, opened)]
    found += [_of_contribution(reader, row) for row in own if row.state in CONTRIBUTION_TURNS]
    if knows_all and not opened:
        found.append(Turn(str(TO_ASSIGN), bool(may(reader, Act.ASSIGN))))
    if knows_all and _awaits_status(own, assessments):
        found.append(Turn(str(TO_ASSESS), bool(may(reader, Act.SET_STATUS))))
    return found


def _say(text: Message, row: Assignment | Contribution) -> str:
    return str(text) % {"institution": text_of(row.institution.names)}


def _of_assignment(
    reader: Reader, row: Assignment, contributions: Sequence[Contribution], opened: Sequence[Assignment]
) -> Iterable[Turn]:
    if row.state == AssignmentState.PROPOSED:
        yield Turn(_say(TO_ANSWER, row), bool(may(reader, Act.ANSWER_ASSIGNMENT, row.institution_id)))
    elif row.state == AssignmentState.REASSIGN:
        yield Turn(_say(TO_REASSIGN, row), bool(may(reader, Act.ASSIGN)))
    elif not counting_for(row, contributions, opened):
        # An observer sees no contribution before it is validated: "awaited" is true wherever it stands.
        inside = reader.is_delegation or row.institution_id in reader.own_institutions
        mine = bool(may(reader, Act.CONTRIBUTE, row.institution_id))
        yield Turn(_say(TO_SEND if inside else AWAITED, row), mine)


def _of_contribution(reader: Reader, row: Contribution) -> Turn:
    authors = [author.user_id for author in row.authors.all()]
    mine = any(
        may_act_on_contribution(reader, row, transition.action, authors)
        for transition in CONTRIBUTION
        if transition.source == row.state
    )
    return Turn(_say(CONTRIBUTION_TURNS[row.state], row), mine)


def turn_of(reader: Reader, row: Contribution) -> Turn | None:
    """Return whose turn it is on one contribution (prefetch `authors`), None once it is validated."""
    return _of_contribution(reader, row) if row.state in CONTRIBUTION_TURNS else None


def _awaits_status(contributions: Iterable[Contribution], assessments: Iterable[Assessment]) -> bool:
    """Tell whether something was validated after the last status was set."""
    decided = max((row.decided_at for row in assessments), default=None)
    validated = [row.changed_at for row in contributions if row.state == ContributionState.VALIDATED]
    return any(decided is None or moment > decided for moment in validated)
