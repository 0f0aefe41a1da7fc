"""Read the UN side: documents, reviews, bodies, with the number of recommendations of each.

The recommendations belong to a higher room; only their number is read here, through the way back
from the document (ARCHITECTURE §4).
"""

from typing import Any

from django.db.models import Case, Count, F, IntegerField, Prefetch, Q, QuerySet, Value, When
from django.http import Http404

from tawsiya.accounts.reader import Reader
from tawsiya.mechanisms.choices import MechanismKind
from tawsiya.mechanisms.models import Body, Document, Edition, LanguageVersion, Obligation, Review, Treaty
from tawsiya.mechanisms.visibility import visible_to


def _number_of_recommendations(way: str) -> Count:
    """Return the count of recommendations as issued; concerns and other paragraphs are none."""
    rows = f"{way}recommendations"
    counted = {f"{rows}__parent": None, f"{rows}__kind": "recommendation"}
    return Count(rows, filter=Q(**counted), distinct=True)


def _place_of(field: str) -> Case:
    """Return the order of the families of mechanisms: UPR, treaty bodies, special procedures, regional."""
    return Case(
        *(When(**{field: kind}, then=Value(place)) for place, kind in enumerate(MechanismKind)),
        default=Value(len(MechanismKind)),
        output_field=IntegerField(),
    )


def documents_for(reader: Reader) -> QuerySet[Document, Any]:
    """Return the documents a reader sees, newest first, each with `recommendation_count`."""
    return (
        Document.objects.filter(visible_to(reader))
        .select_related("body", "review__body")
        .annotate(recommendation_count=_number_of_recommendations(""))
        .order_by(F("published_on").desc(nulls_last=True), "symbol")
    )


def document_for(reader: Reader, pk: int) -> Document:
    """Return one document with its editions, language versions and obligations.

    Raises:
        Http404: there is none, or the reader may not see it.
    """
    versions = LanguageVersion.objects.order_by("language")
    editions = Edition.objects.order_by("number").prefetch_related(Prefetch("language_versions", versions))
    owed = Obligation.objects.select_related("body", "fulfilled_by").order_by("due_on", "pk")
    fulfilled = Obligation.objects.select_related("body", "source").order_by("due_on", "pk")
    document: Document | None = (
        documents_for(reader)
        .filter(pk=pk)
        .prefetch_related(
            Prefetch("editions", editions),
            Prefetch("obligations", owed),
            Prefetch("fulfils", fulfilled),
        )
        .first()
    )
    if document is None:
        raise Http404
    return document


def companions_of(reader: Reader, document: Document) -> QuerySet[Document, Any]:
    """Return the other documents of the same review; none where the review is not known."""
    rows = documents_for(reader)
    if document.review_id is None:
        return rows.none()
    return rows.filter(review_id=document.review_id).exclude(pk=document.pk)


def reviews_for(reader: Reader) -> QuerySet[Review, Any]:
    """Return the reviews, by body and newest first, each with its documents and `recommendation_count`."""
    documents = Document.objects.order_by("published_on", "symbol")
    return (
        Review.objects.filter(visible_to(reader))
        .select_related("body")
        .prefetch_related(Prefetch("documents", documents))
        .annotate(recommendation_count=_number_of_recommendations("documents__"))
        .order_by(
            _place_of("body__mechanism"),
            "body__code",
            F("year").desc(nulls_last=True),
            F("held_on").desc(),
            "pk",
        )
    )


def bodies_for(reader: Reader) -> QuerySet[Body, Any]:
    """Return the bodies with their treaties, and the numbers of reviews, documents, recommendations."""
    treaties = Treaty.objects.order_by("party_since", "code")
    return (
        Body.objects.filter(visible_to(reader))
        .prefetch_related(Prefetch("treaties", treaties))
        .annotate(
            review_count=Count("reviews", distinct=True),
            document_count=Count("documents", distinct=True),
            recommendation_count=_number_of_recommendations("documents__"),
        )
        .order_by(_place_of("mechanism"), "code")
    )


def obligations_for(reader: Reader) -> QuerySet[Obligation, Any]:
    """Return what the State owes and owed: what is not answered yet first, by date, the dateless last."""
    return (
        Obligation.objects.filter(visible_to(reader))
        .select_related("body", "source", "fulfilled_by")
        .order_by(
            Case(When(fulfilled_by=None, then=Value(0)), default=Value(1), output_field=IntegerField()),
            F("due_on").asc(nulls_last=True),
            "pk",
        )
    )
