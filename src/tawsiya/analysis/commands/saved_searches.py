"""Save searches, and tell their owners of new matches.

No acts of record: like notifications they are a person's own, and nobody else learns of them.
"""

from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from tawsiya.accounts.models import User
from tawsiya.accounts.queries import reader_for
from tawsiya.accounts.reader import Reader
from tawsiya.analysis.choices import Scope
from tawsiya.analysis.models import SavedSearch, SavedSearchMatch
from tawsiya.analysis.permissions import may_change_saved_search, may_save_searches
from tawsiya.analysis.search.matches import matches_of
from tawsiya.core.errors import PermissionRefused, RuleViolated
from tawsiya.notifications.commands import notify

MOST = 50
"""Saved searches of one person."""
LONGEST_NAME = 80
NOT_IN_STATE = ("page", "scope", "saved", "csrfmiddlewaretoken", "new")


def cleaned_state(query: QueryDict) -> str:
    """Return the query of an address as it is saved: words and filters, without page and tab."""
    state = query.copy()
    for name in NOT_IN_STATE:
        state.pop(name, None)
    return state.urlencode()


def save_search(*, name: str, scope: Scope, state: str, alerts: bool, by: Reader) -> SavedSearch:
    """Save a search under a name.

    Raises:
        PermissionRefused: `by` has no role.
        RuleViolated: the name is empty or taken by another search of the person, or there are too many;
            or alerts are asked for in other States.
    """
    if not may_save_searches(by):
        raise PermissionRefused(_("Only people with a role save searches."))
    name = " ".join(name.split())
    with transaction.atomic():
        # One person's requests wait for each other, so that the limit and the names hold.
        owner = User.objects.select_for_update().get(pk=by.user_id or 0)
        own = SavedSearch.objects.filter(owner=owner)
        if own.count() >= MOST:
            raise RuleViolated(_("You have %(number)s saved searches: delete one first.") % {"number": MOST})
        _check_name(name, own)
        _check_scope(scope, alerts)
        saved = SavedSearch.objects.create(owner=owner, name=name, scope=scope, state=state)
        if alerts:
            _start_alerts(saved, by)
    return saved


def _check_name(name: str, others: QuerySet[SavedSearch]) -> None:
    if not name or len(name) > LONGEST_NAME:
        raise RuleViolated(_("Give the search a name of at most 80 characters."))
    if others.filter(name=name).exists():
        raise RuleViolated(_("You have a saved search of this name."))


def _check_scope(scope: str, alerts: bool) -> None:
    if alerts and scope == Scope.WORLD:
        raise RuleViolated(_("Alerts follow what is addressed to this State; other States have none."))


def rename_search(*, saved: SavedSearch, name: str, by: Reader) -> SavedSearch:
    """Give a saved search another name.

    Raises:
        PermissionRefused: it is not the person's own.
        RuleViolated: the name is empty or taken.
    """
    _own(saved, by)
    name = " ".join(name.split())
    _check_name(name, SavedSearch.objects.filter(owner_id=saved.owner_id).exclude(pk=saved.pk))
    saved.name = name
    saved.save(update_fields=["name"])
    return saved


def delete_search(*, saved: SavedSearch, by: Reader) -> None:
    """Delete a saved search with what it remembers.

    Raises:
        PermissionRefused: it is not the person's own.
    """
    _own(saved, by)
    saved.delete()


def switch_alerts(*, saved: SavedSearch, on: bool, by: Reader) -> SavedSearch:
    """Switch alerts on or off. What matches when they are switched on is known, and not announced.

    Raises:
        PermissionRefused: it is not the person's own.
        RuleViolated: it looks in other States.
    """
    _own(saved, by)
    with transaction.atomic():
        if on:
            _check_scope(saved.scope, alerts=True)
            _start_alerts(saved, by)
        else:
            saved.alerts = False
            saved.save(update_fields=["alerts"])
    return saved


def _own(saved: SavedSearch, by: Reader) -> None:
    if not may_change_saved_search(by, saved):
        raise PermissionRefused(_("Only its owner changes a saved search."))


def _start_alerts(saved: SavedSearch, by: Reader) -> None:
    saved.alerts, saved.looked_at = True, timezone.now()
    saved.save(update_fields=["alerts", "looked_at"])
    _remember(saved, matches_of(saved, by), announced=False)


def _remember(saved: SavedSearch, ids: Collection[int], *, announced: bool) -> None:
    SavedSearchMatch.objects.bulk_create(
        [
            SavedSearchMatch(
                saved_search=saved, object_id=pk, announced_at=saved.looked_at if announced else None
            )
            for pk in ids
        ],
        ignore_conflicts=True,
    )


def look_for_new_matches(saved_id: int) -> int:
    """Tell a person of what a saved search matches now and did not before, in one notification.

    Looks with the rights the person has now. Each match is remembered in the same transaction, so that
    it is announced once, whatever becomes of the job. Returns how many matches were new.
    """
    with transaction.atomic():
        saved = (
            SavedSearch.objects.select_for_update(of=("self",))
            .select_related("owner")
            .filter(pk=saved_id, alerts=True, owner__is_active=True)
            .first()
        )
        if saved is None:
            return 0
        reader = reader_for(saved.owner)
        if not may_change_saved_search(reader, saved):
            return 0
        known = set(saved.matches.values_list("object_id", flat=True))
        new = [pk for pk in matches_of(saved, reader) if pk not in known]
        saved.looked_at = timezone.now()
        saved.save(update_fields=["looked_at"])
        if new:
            _remember(saved, new, announced=True)
            notify(
                "search.new_matches",
                [saved.owner],
                params={"name": saved.name, "saved": saved.pk, "announced": saved.looked_at.isoformat()},
                url_name="analysis:saved-open",
                url_args=[saved.pk],
                with_deputies=False,
            )
    return len(new)
