"""Read what the exports hold: always through the visibility of the lower rooms."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import QueryDict

from tawsiya.accounts.models import Institution
from tawsiya.accounts.permissions import may
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.followup.choices import AssignmentState, ContributionState
from tawsiya.followup.models import Assignment, Contribution
from tawsiya.followup.queries import assignments_for, contributions_for
from tawsiya.recommendations.filters import matching_with_parts
from tawsiya.recommendations.models import Recommendation
from tawsiya.recommendations.queries import with_everything
from tawsiya.reports.models import OutputTemplate

OPEN = (AssignmentState.PROPOSED, AssignmentState.ACCEPTED)
EDITABLE = (
    ContributionState.DRAFT,
    ContributionState.RETURNED_BY_VALIDATOR,
    ContributionState.RETURNED_BY_DELEGATION,
)


def _own_open(reader: Reader) -> QuerySet[Assignment]:
    """Return the open assignments for which the reader may ask for a matrix."""
    rows = assignments_for(reader).filter(state__in=OPEN)
    return rows if reader.is_delegation else rows.filter(institution_id__in=reader.own_institutions)


def may_have_matrix(reader: Reader) -> bool:
    """Tell whether a reader gets matrices at all: institutions in charge, and the delegation."""
    return reader.is_delegation or bool(reader.own_institutions)


def matrix_institutions(reader: Reader) -> QuerySet[Institution]:
    """Return the institutions for which a reader may have a matrix: those with something assigned."""
    wanted = _own_open(reader).order_by().values("institution_id")
    return Institution.objects.filter(pk__in=wanted).order_by("key")


@dataclass(frozen=True)
class MatrixRow:
    """A recommendation to report on, and the draft that stands already, where the reader sees it."""

    item: Recommendation
    assignment: Assignment
    draft: Contribution | None


def matrix_items(reader: Reader, institution: Institution, query: QueryDict) -> QuerySet[Recommendation]:
    """Return what a filter finds of the recommendations assigned to an institution, in its order.

    A lettered part follows the assignment of its paragraph.
    """
    assigned = _own_open(reader).filter(institution=institution).order_by().values("recommendation_id")
    return matching_with_parts(reader, query).filter(
        Q(pk__in=assigned) | Q(parent_id__in=assigned), withdrawn_at__isnull=True
    )


def matrix_rows(reader: Reader, institution: Institution, query: QueryDict) -> list[MatrixRow]:
    """Return the rows of a matrix with assignments and drafts, in a constant number of queries."""
    items = list(with_everything(matrix_items(reader, institution, query), reader))
    assignments = {row.recommendation_id: row for row in _own_open(reader).filter(institution=institution)}
    drafts = _drafts(reader, institution, [item.pk for item in items])
    return [
        MatrixRow(
            item=item,
            assignment=assignments.get(item.pk) or assignments[item.parent_id or 0],
            draft=drafts.get(item.pk),
        )
        for item in items
    ]


def _drafts(reader: Reader, institution: Institution, ids: Iterable[int]) -> dict[int, Contribution]:
    """Return by recommendation the newest contribution where it can still be edited by the reader."""
    if not may(reader, Act.CONTRIBUTE, institution.pk):
        return {}
    newest = {
        row.recommendation_id: row
        for row in contributions_for(reader)
        .filter(institution=institution, recommendation_id__in=list(ids))
        .order_by("pk")
    }
    return {pk: row for pk, row in newest.items() if row.state in EDITABLE}


def current_template() -> OutputTemplate | None:
    """Return the Word template in use, None for the built-in one."""
    return OutputTemplate.objects.filter(removed_at__isnull=True).first()
