"""Who may do what at the analyst's desk."""

from tawsiya.accounts.reader import Reader
from tawsiya.analysis.models import SavedSearch


def may_save_searches(reader: Reader) -> bool:
    """Tell whether a reader may save searches: everybody with a role, for oneself."""
    return reader.user_id is not None and not reader.is_public


def may_change_saved_search(reader: Reader, saved: SavedSearch) -> bool:
    """Tell whether a saved search is the reader's own: nobody else sees or changes it."""
    return may_save_searches(reader) and saved.owner_id == reader.user_id
