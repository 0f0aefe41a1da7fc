"""The page of the search, and its twins as data."""

from collections.abc import Sequence
from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.analysis.choices import Scope
from tawsiya.analysis.commands.saved_searches import cleaned_state
from tawsiya.analysis.models import SavedSearch
from tawsiya.analysis.permissions import may_save_searches
from tawsiya.analysis.queries.saved import saved_searches_of
from tawsiya.analysis.search.answers import Answer
from tawsiya.analysis.search.matches import announced_by, known_as
from tawsiya.analysis.search.result import Result
from tawsiya.analysis.search.results import Search
from tawsiya.analysis.search.scopes import count_in, result_of, scope_of, scopes_for
from tawsiya.analysis.search.spelling import suggestions
from tawsiya.core.errors import Message
from tawsiya.core.tables import respond
from tawsiya.recommendations.visibility import sight_of

PAGE_SIZE = 20


@require_safe
def search_page(request: HttpRequest, form: str) -> HttpResponseBase:
    """Answer a search: the page with its tabs and facets; CSV and JSON of the tab, best first."""
    reader = reader_of(request)
    search = Search(request.GET.get("q", ""))
    scopes = scopes_for(reader)
    scope = scope_of(scopes, request.GET)
    result = result_of(scope, reader, search, request.GET)
    if form != "html":
        # Read in chunks as a queryset is.
        rows = cast("QuerySet[Any, Any]", result.rows)
        return respond(request, rows=rows, columns=result.columns, form=form, template="")
    saved = _saved(reader, request.GET)
    shown = _Shown(result, announced_by(saved) if saved else set())
    return respond(
        request,
        rows=cast("QuerySet[Any, Any]", shown),
        columns=result.columns,
        form=form,
        template="analysis/search.html",
        page_size=PAGE_SIZE,
        context=_context(request, reader, search, scope, result)
        | {"saved": saved, "tabs": _tabs(scopes, reader, search, scope, len(result.ids), request.GET)},
    )


class _Shown(Sequence[Answer]):
    """The answers, made for the page that is shown; those that were announced are marked as new."""

    def __init__(self, result: Result, announced: set[int]) -> None:
        self._result = result
        self._announced = announced

    def __len__(self) -> int:
        return len(self._result.ids)

    def __getitem__(self, place: Any) -> Any:
        found = self._result.show(self._result.rows[place])
        known = known_as(self._result, [answer.item.pk for answer in found]) if self._announced else {}
        for answer in found:
            answer.is_new = known.get(answer.item.pk) in self._announced
        return found


def _context(
    request: HttpRequest, reader: Reader, search: Search, scope: Scope, result: Result
) -> dict[str, Any]:
    query = request.GET
    facets = result.facets()
    asks = bool(query.get("q", "").strip()) or any(
        option["chosen"] and facet["name"] in query for facet in facets for option in facet["options"]
    )
    return {
        "search": search,
        "search_query": query.get("q", ""),
        "list_types": True,
        "asks": asks,
        "scope": scope.value,
        "facets": facets,
        "chips": result.chips(facets),
        "clear_url": _address(query, keep=("q", "scope")),
        "orders": _orders(query, result.orders),
        "sort": query.get("sort", ""),
        "behind": result.behind or any(search.behind.values()),
        "corrections": _corrections(reader, search, scope, query) if asks and not result.ids else [],
        "sight": sight_of(reader),
        "saved_searches": saved_searches_of(reader)[:12] if not asks else [],
        "may_save": may_save_searches(reader) and asks,
        "state": cleaned_state(query),
    }


def _saved(reader: Reader, query: QueryDict) -> SavedSearch | None:
    """Return the reader's saved search through which he came, where the address still is its own."""
    number = query.get("saved", "")
    if not number.isdecimal() or len(number) > 15:
        return None
    found: SavedSearch | None = saved_searches_of(reader).filter(pk=number).first()
    return found


def _address(query: QueryDict, *, keep: Sequence[str] | None = None, **changed: str) -> str:
    """Return the present address with other parameters; a page and a saved search are left behind."""
    rest = query.copy()
    for name in list(rest):
        if name in {"page", "saved"} or (keep is not None and name not in keep):
            rest.pop(name)
    for name, value in changed.items():
        rest[name] = value
    return f"{reverse('analysis:search')}?{rest.urlencode()}"


def _tabs(
    scopes: Sequence[Scope], reader: Reader, search: Search, active: Scope, found: int, query: QueryDict
) -> list[dict[str, Any]]:
    """Return the tabs; a badge counts what the words find, in the present one with its filters."""
    return [
        {
            "label": scope.label,
            "url": _address(query, keep=("q",), scope=scope.value),
            "active": scope == active,
            "badge": found if scope == active else count_in(scope, reader, search),
        }
        for scope in scopes
    ]


def _orders(query: QueryDict, orders: Sequence[tuple[str, Message]]) -> list[dict[str, Any]]:
    now = query.get("sort", "")
    now = now if now in dict(orders) else orders[0][0]
    return [
        {"label": label, "url": _address(query, sort=code), "active": code == now} for code, label in orders
    ]


def _corrections(reader: Reader, search: Search, scope: Scope, query: QueryDict) -> list[dict[str, str]]:
    """Return other spellings with their addresses, where the words alone find nothing in this tab."""
    if count_in(scope, reader, search):
        return []
    found = suggestions(reader, search.asked, lambda words: count_in(scope, reader, Search(words)))
    return [{"words": words, "url": _address(query, keep=("scope",), q=words)} for words in found]
