"""Read analysis: always through `visibility`."""

from django.db.models import QuerySet
from django.http import Http404

from tawsiya.accounts.reader import Reader
from tawsiya.analysis.models import SavedView
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
