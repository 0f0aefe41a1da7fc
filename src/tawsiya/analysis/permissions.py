"""Who may do what at the analyst's desk: pure decisions that give their reason."""

from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.permissions import Decision, may
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import DELEGATION_ROLES, OBSERVER_ROLES, Act
from tawsiya.analysis.models import SavedSearch, SavedView


def may_save_view(reader: Reader) -> Decision:
    """Whoever has a role keeps views of what the role may see."""
    if reader.user_id is None or not reader.grants:
        return Decision(None, _("Sign in to keep a view."))
    own_first = sorted(reader.grants, key=lambda grant: grant.on_behalf_of_id or 0)
    return Decision(own_first[0])


def may_change_view(reader: Reader, view: SavedView) -> Decision:
    """A view is changed and deleted by the person who saved it, shared or not."""
    if view.owner_id != reader.user_id:
        return Decision(None, _("Only the person who saved this view changes it."))
    return may_save_view(reader)


def may_save_searches(reader: Reader) -> bool:
    """Tell whether a reader may save searches: everybody with a role, for oneself."""
    return reader.user_id is not None and not reader.is_public


def may_change_saved_search(reader: Reader, saved: SavedSearch) -> bool:
    """Tell whether a saved search is the reader's own: nobody else sees or changes it."""
    return may_save_searches(reader) and saved.owner_id == reader.user_id


def may_manage_taxonomies(reader: Reader) -> Decision:
    """An administrator adds, imports and sets taxonomies."""
    return may(reader, Act.MANAGE_TAXONOMIES)


def may_review(reader: Reader) -> Decision:
    """The delegation trains models, decides on suggestions, applies and undoes them."""
    return may(reader, Act.TAG)


def may_see_institutions(reader: Reader) -> Decision:
    """Who assigns sees which institution is suggested, and trains its model."""
    return may(reader, Act.ASSIGN)


def may_load(reader: Reader) -> Decision:
    """Decide whether a reader loads exports of all States' records and sees what loads brought."""
    return may(reader, Act.IMPORT_DOCUMENTS)


def may_see_lacks(reader: Reader) -> Decision:
    """The delegation and observers see what lacks institution or news: others know a part of it only."""
    if not (reader.is_delegation or reader.is_observer):
        return Decision(None, _("What lacks something is shown to the delegation and observers."))
    seeing = (grant for grant in reader.grants if grant.role in DELEGATION_ROLES | OBSERVER_ROLES)
    return Decision(next(seeing))
