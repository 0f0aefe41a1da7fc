"""Keep, share and delete views of the analysis page."""

from django.utils.translation import gettext as _

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.analysis.models import SavedView
from tawsiya.analysis.permissions import may_change_view, may_save_view
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated


def save_view(*, title: str, query: str, is_shared: bool, by: Reader) -> SavedView:
    """Keep a view under a title.

    Raises:
        PermissionRefused: the reader has no role.
        RuleViolated: the reader already keeps another view under this title.
    """
    actor = acting(by, may_save_view(by))
    if SavedView.objects.filter(owner_id=actor.user_id, title=title).exists():
        raise RuleViolated(_("You already have a view with this title: choose another one."))
    with audit.change("view.saved", by=actor) as event:
        view = SavedView.objects.create(
            owner_id=actor.user_id, title=title, query=query, is_shared=is_shared, saved_at=clock.now()
        )
        event.subject, event.after = view, {"title": title, "shared": is_shared}
    return view


def share_view(view: SavedView, *, is_shared: bool, by: Reader) -> SavedView:
    """Show a view to everyone inside, or to its owner alone again.

    Raises:
        PermissionRefused: the view is somebody else's.
    """
    actor = acting(by, may_change_view(by, view))
    code = "view.shared" if is_shared else "view.unshared"
    with audit.change(code, by=actor, subject=view) as event:
        event.before, event.after = {"shared": view.is_shared}, {"shared": is_shared}
        view.is_shared = is_shared
        view.save(update_fields=["is_shared"])
    return view


def delete_view(view: SavedView, *, by: Reader) -> None:
    """Delete a view; the history keeps that it was there.

    Raises:
        PermissionRefused: the view is somebody else's.
    """
    actor = acting(by, may_change_view(by, view))
    with audit.change("view.deleted", by=actor, subject=view) as event:
        event.before = {"title": view.title, "query": view.query}
        view.delete()
