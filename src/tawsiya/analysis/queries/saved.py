"""Read what people keep: views of the analysis page, and searches."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from tawsiya.accounts.reader import Reader
from tawsiya.analysis.models import SavedSearch, SavedView
from tawsiya.analysis.visibility import views_visible_to


def saved_views_for(reader: Reader) -> QuerySet[SavedView]:
    """Return the views a reader keeps and those that others share, by title."""
    return SavedView.objects.filter(views_visible_to(reader)).select_related("owner").order_by("title", "pk")


def saved_view_for(reader: Reader, pk: int) -> SavedView:
    """Return one saved view.

    Raises:
        Http404: there is none, or the reader may not see it.
    """
    view = saved_views_for(reader).filter(pk=pk).first()
    if view is None:
        raise Http404
    return view


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
