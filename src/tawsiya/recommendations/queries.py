"""Read recommendations: always through `visibility`."""

from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from tawsiya.accounts.reader import Reader
from tawsiya.recommendations.choices import AccessLevel, GroupState, MemberState
from tawsiya.recommendations.models import (
    Access,
    Group,
    GroupMember,
    Recommendation,
    RecommendationTag,
    RecommendationText,
    RecommendingState,
)
from tawsiya.recommendations.visibility import (
    groups_visible_to,
    places_visible_to,
    sight_of,
    visible_to,
)


def recommendations_for(reader: Reader) -> QuerySet[Recommendation]:
    """Return every row a reader sees, paragraphs and their lettered parts alike."""
    return Recommendation.objects.filter(visible_to(reader))


def as_issued(reader: Reader) -> QuerySet[Recommendation]:
    """Return the recommendations as issued, which headline figures count: parts are left out."""
    return recommendations_for(reader).filter(parent__isnull=True)


def own_items(reader: Reader) -> QuerySet[Any, Any]:
    """Return the ids of the recommendations in which an institution of the reader's is involved."""
    own = Access.objects.filter(institution_id__in=reader.own_institutions)
    return own.order_by().values("recommendation_id")


def access_for(reader: Reader) -> QuerySet[Access]:
    """Return the institutions involved that a reader may know of.

    Inside the delegation and for observers all; an institution knows every lead, and everyone
    involved in its own items; nobody else knows any (DOMAIN §9).
    """
    sight = sight_of(reader)
    rows = Access.objects.select_related("institution").order_by("level", "institution__key")
    if sight.everyone_involved:
        return rows
    if not sight.lead:
        return rows.none()
    return rows.filter(Q(level=AccessLevel.LEAD) | Q(recommendation_id__in=own_items(reader)))


def with_words(rows: QuerySet[Recommendation], reader: Reader) -> QuerySet[Recommendation]:
    """Fetch what a row of the list's page shows, in a constant number of queries.

    `access_seen` holds the institutions that the reader may know of.
    """
    return rows.select_related(
        "document__body", "document__review__body", "parent__document"
    ).prefetch_related(
        Prefetch("texts", RecommendationText.objects.order_by("language")),
        Prefetch("access", access_for(reader), to_attr="access_seen"),
    )


def with_everything(rows: QuerySet[Recommendation], reader: Reader) -> QuerySet[Recommendation]:
    """Fetch all that is told of a recommendation, in a constant number of queries: `with_words` and more."""
    return with_words(rows, reader).prefetch_related(
        Prefetch("recommending_states", RecommendingState.objects.order_by("order")),
        Prefetch(
            "tag_links",
            # Few tags stand on many rows: fetched apart, each is built once.
            RecommendationTag.objects.prefetch_related("tag").order_by("tag__taxonomy", "tag__sort_key"),
        ),
    )


def paragraphs_with_words(rows: QuerySet[Recommendation], reader: Reader) -> QuerySet[Recommendation]:
    """`with_words`, and each row's lettered parts the same way, in the order of the document."""
    parts = with_words(Recommendation.objects.order_by("sort_key", "pk"), reader)
    return with_words(rows, reader).prefetch_related(Prefetch("parts", parts))


def with_parts(rows: QuerySet[Recommendation], reader: Reader) -> QuerySet[Recommendation]:
    """`with_everything`, and each row's lettered parts the same way, in the order of the document."""
    parts = with_everything(Recommendation.objects.order_by("sort_key", "pk"), reader)
    return with_everything(rows, reader).prefetch_related(Prefetch("parts", parts))


def item_for(reader: Reader, pk: int) -> Recommendation:
    """Return one recommendation with all that its page shows, its parts included.

    Raises:
        Http404: there is none, or the reader may not see it.
    """
    item = with_parts(recommendations_for(reader), reader).filter(pk=pk).first()
    if item is None:
        raise Http404
    return item


def groups_for(reader: Reader) -> QuerySet[Group]:
    """Return the groups a reader sees."""
    return Group.objects.filter(groups_visible_to(reader))


def group_or_404(reader: Reader, pk: int) -> Group:
    """Return a group that the reader sees.

    Raises:
        Http404: there is none, or it is not the reader's to see.
    """
    group = groups_for(reader).filter(pk=pk).first()
    if group is None:
        raise Http404
    return group


def places_for(reader: Reader) -> QuerySet[GroupMember]:
    """Return the places in groups that a reader sees."""
    return GroupMember.objects.filter(places_visible_to(reader))


def confirmed_members(reader: Reader, group: Group) -> QuerySet[Recommendation]:
    """Return the confirmed, not withdrawn members of a confirmed group, which follow-up takes as one."""
    return recommendations_for(reader).filter(
        group_places__in=places_for(reader).filter(
            group=group, state=MemberState.CONFIRMED, group__state=GroupState.CONFIRMED
        ),
        withdrawn_at=None,
    )


def places_of(reader: Reader, item: Recommendation) -> list[GroupMember]:
    """Return the groups in which an item stands, is proposed or falls just short, of those seen."""
    states = [MemberState.CONFIRMED, MemberState.PROPOSED, MemberState.NEAR]
    rows = (
        places_for(reader)
        .filter(recommendation=item, state__in=states)
        .exclude(group__state=GroupState.DISSOLVED)
        .select_related("group")
    )
    return sorted(rows, key=lambda row: (states.index(MemberState(row.state)), -(row.score or 0)))


def groups_waiting(reader: Reader) -> int:
    """Return how many groups wait for a decision of the delegation; 0 for others."""
    if not reader.is_delegation:
        return 0
    return GroupMember.objects.filter(state=MemberState.PROPOSED).values("group_id").distinct().count()
