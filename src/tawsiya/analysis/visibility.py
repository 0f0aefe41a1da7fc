"""Who sees what of analysis."""

from django.db.models import Q

from tawsiya.accounts.reader import Reader
from tawsiya.analysis.models import SavedView
from tawsiya.audit.visibility import EVERYTHING, NOTHING


def views_visible_to(reader: Reader) -> Q:
    """Return the filter of saved views a reader sees: the own ones, and inside those that are shared."""
    return NOTHING if reader.is_public else Q(owner=reader.user_id) | Q(is_shared=True)


def can_view_saved(reader: Reader, view: SavedView) -> bool:
    """Decide for one saved view; agrees with `views_visible_to`."""
    return not reader.is_public and (view.owner_id == reader.user_id or view.is_shared)


def records_visible_to(reader: Reader) -> Q:
    """Return the filter of other States' records a reader finds: those that the latest export still has."""
    return Q(withdrawn_in__isnull=True) if reader.user_id is not None else NOTHING


def loads_visible_to(reader: Reader) -> Q:
    """Return the filter of the loads of exports a reader sees."""
    return EVERYTHING if reader.is_delegation else NOTHING
