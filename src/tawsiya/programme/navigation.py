"""What programmes add to the side navigation."""

from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.audit.kept import until_next_act
from tawsiya.core.navigation import Entry
from tawsiya.programme.choices import CommentState, ReportState
from tawsiya.programme.indicator_navigation import indicator_entries
from tawsiya.programme.queries import comments_for, reports_for


def entries(reader: Reader) -> list[Entry]:
    """Return the programmes, for everybody with a role.

    The figure: reports that await a validator, comments of the public that await a coordinator.
    """
    if reader.is_public:
        return []
    waiting = 0
    if reader.own_institutions:
        waiting = (
            reports_for(reader)
            .filter(state=ReportState.WITH_VALIDATOR, institution_id__in=reader.own_institutions)
            .exclude(written_by_id=reader.user_id)
            .count()
        )
    if any(reader.grants_for(Act.MODERATE)):
        received = comments_for(reader).filter(state=CommentState.RECEIVED)
        waiting += until_next_act(
            received.count, "programme.comments_received", reader.audience, worded=False
        )
    also = (
        "version",
        "coverage",
        "comments",
        "compare",
        "timeline",
        "file",
        "file-columns",
        "measure",
        "measure-add",
        "measure-edit",
        "create",
        "plan",
        "report",
    )
    return [
        *indicator_entries(reader),
        Entry(
            _("Action programmes"),
            "programme:list",
            "journal-check",
            45,
            waiting,
            tuple(f"programme:{name}" for name in also),
        ),
    ]
