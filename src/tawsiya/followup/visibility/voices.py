"""Who sees what others say (DOMAIN §9, row "NHRI's or organisation's submission").

| | author's institution | delegation | everybody else inside | public |
|---|---|---|---|---|
| submitted, refused, taken back, withdrawn | yes | yes | no | no |
| accepted | yes | yes | yes | yes, from its snapshot |

UN grades and parliament's questions are public by their origin: whoever reads inside reads them.
"""

from django.db.models import Q

from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.audit.visibility import EVERYTHING, NOTHING
from tawsiya.followup.choices import SubmissionState
from tawsiya.followup.models import Submission


def submitting_homes(reader: Reader) -> frozenset[int]:
    """Return the institutions in whose name a reader submits."""
    return frozenset(pk for grant in reader.grants_for(Act.SUBMIT) for pk in grant.covers)


def submissions_visible_to(reader: Reader) -> Q:
    """Return the filter of the submissions a reader sees."""
    if reader.is_delegation:
        return EVERYTHING
    if reader.is_public:
        return NOTHING
    return Q(state=SubmissionState.ACCEPTED) | Q(institution_id__in=submitting_homes(reader))


def can_view_submission(reader: Reader, submission: Submission) -> bool:
    """Decide for one submission; agrees with `submissions_visible_to`."""
    if reader.is_public:
        return False
    return (
        reader.is_delegation
        or submission.state == SubmissionState.ACCEPTED
        or submission.institution_id in submitting_homes(reader)
    )


def records_visible_to(reader: Reader) -> Q:
    """Return the filter of UN grades and of parliament's questions: all for everyone with a role."""
    return NOTHING if reader.is_public else EVERYTHING


def submission_events(reader: Reader) -> Q:
    """Return the filter of the events on submissions a reader sees.

    Outside its author and the delegation only that it was accepted, and only while it is.
    """
    if reader.is_delegation:
        return EVERYTHING
    if reader.is_public:
        return NOTHING
    accepted = Submission.objects.filter(state=SubmissionState.ACCEPTED).values("pk")
    told = Q(state=SubmissionState.ACCEPTED, subject_id__in=accepted)
    return told | Q(institution_id__in=submitting_homes(reader))


def record_events(reader: Reader) -> Q:
    """Return the filter of the events on UN grades and questions of parliament."""
    return records_visible_to(reader)
