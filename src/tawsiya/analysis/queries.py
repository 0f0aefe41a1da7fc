"""Read what belongs to the analyst's desk."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from tawsiya.accounts.reader import Reader
from tawsiya.analysis.models import SavedSearch


def saved_searches_of(reader: Reader) -> QuerySet[SavedSearch, Any]:
    """Return a person's own saved searches by name; none for the public."""
    if reader.is_public or reader.user_id is None:
        return SavedSearch.objects.none()
    return SavedSearch.objects.filter(owner_id=reader.user_id).order_by("name", "pk")


def saved_search_of(reader: Reader, pk: int) -> SavedSearch:
    """Return one of a person's own saved searches.

    Raises:
        Http404: there is none, or it is somebody else's.
    """
    saved: SavedSearch | None = saved_searches_of(reader).filter(pk=pk).first()
    if saved is None:
        raise Http404
    return saved
