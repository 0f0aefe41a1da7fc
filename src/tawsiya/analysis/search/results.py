"""What a query finds, kind by kind. Ids here carry no right: the lists keep what their reader may see."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.db.models import F, Model, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from tawsiya.accounts.reader import Reader
from tawsiya.analysis.choices import EntryKind
from tawsiya.analysis.commands.index import catch_up
from tawsiya.analysis.models import SearchPending
from tawsiya.analysis.search.asking import Asked, understand
from tawsiya.analysis.search.finding import Hits, find, find_each
from tawsiya.analysis.search.jobs import index_changes
from tawsiya.analysis.search.sources import has_restricted_part, roots_of
from tawsiya.core import jobs
from tawsiya.followup.models import Contribution
from tawsiya.followup.queries import contributions_for, evidence_for, references_for
from tawsiya.followup.visibility import restricted_seen_by
from tawsiya.mechanisms import states
from tawsiya.mechanisms.models import Document
from tawsiya.mechanisms.queries import documents_for
from tawsiya.recommendations.filters import among
from tawsiya.recommendations.models import Recommendation, RecommendingState

_EXACT, _BELOW = 40.0, 20.0
"""How well a symbol or a paragraph answers: itself, what begins with it; words stay below."""


@dataclass
class Search:
    """One query, searched for once in each kind, over what is in step with the data.

    Attributes:
        query: as typed.
        behind: things that changed and are not indexed yet (after a large import): they are not found, and
            never by what they said before.
    """

    query: str
    behind: dict[EntryKind, set[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.query = self.query.strip()[:300]
        if not catch_up(batches=1):
            jobs.defer(index_changes, lock="search-index", once="search-index")
            for kind, pk in SearchPending.objects.values_list("kind", "object_id").distinct():
                self.behind.setdefault(EntryKind(kind), set()).add(pk)
            waiting = self.behind.get(EntryKind.RECOMMENDATION, set())
            waiting |= roots_of(waiting)
            changed = self.behind.get(EntryKind.CONTRIBUTION, set())
            self.behind.setdefault(EntryKind.RESTRICTED, set()).update(changed)

    @cached_property
    def asked(self) -> Asked:
        """What the query asks for."""
        return understand(self.query, Document.objects.order_by().values_list("symbol", flat=True))

    def hits(self, kind: EntryKind, asked: Asked | None = None) -> Hits:
        """Return what holds the words asked for."""
        if asked is not None and _texts(asked) != _texts(self.asked):
            return find(asked, kind, without=self.behind.get(kind, ()))
        return self._hits[kind]

    @cached_property
    def _hits(self) -> dict[EntryKind, Hits]:
        # The tabs of a page count in every kind: all are looked for at once.
        return find_each(self.asked, list(EntryKind), without=self.behind)

    @cached_property
    def recommendations(self) -> Hits:
        """The recommendations as issued, by words, symbol and paragraph, in the paragraph or in a part."""
        asked = self.asked
        if asked.is_empty:
            return {}
        named = self._named_recommendations(asked)
        if named is None:
            return self.hits(EntryKind.RECOMMENDATION)
        if asked.only_paragraph or asked.symbol or not asked.has_words:
            if not (asked.has_words or asked.excluded):
                return named
            hits = self.hits(EntryKind.RECOMMENDATION)
            return {pk: score + hits[pk] for pk, score in named.items() if pk in hits}
        hits = dict(self.hits(EntryKind.RECOMMENDATION))
        kept = self._without_excluded(named) if asked.excluded else named
        return hits | {pk: score + hits.get(pk, 0.0) for pk, score in kept.items()}

    def _without_excluded(self, named: Hits) -> Hits:
        allowed = self.hits(EntryKind.RECOMMENDATION, Asked(excluded=self.asked.excluded))
        return {pk: score for pk, score in named.items() if pk in allowed}

    def _named_recommendations(self, asked: Asked) -> Hits | None:
        """Return what symbol, paragraph or name say; None where only texts are asked for."""
        exact, below = Q(), Q()
        if asked.symbol:
            exact &= Q(document__symbol__iexact=asked.symbol)
            below &= _at_or_below("document__symbol", asked.symbol)
        if asked.paragraph:
            exact &= Q(paragraph=asked.paragraph, subparagraph=asked.path)
            below &= _paragraph_is(asked)
        if not exact:
            if asked.phrases or asked.excluded or not asked.words:
                return None
            below = _named_otherwise(asked.words)
        rows = Recommendation.objects.filter(below).order_by().annotate(root=Coalesce("parent_id", "pk"))
        found: dict[int, float] = dict.fromkeys(rows.values_list("root", flat=True), _BELOW)
        if exact:
            found |= dict.fromkeys(rows.filter(exact).values_list("root", flat=True), _EXACT)
        return found

    @cached_property
    def documents(self) -> Hits:
        """The documents, by symbol or by words of symbol, title and body."""
        asked = self.asked
        if asked.is_empty:
            return {}
        words = _texts(asked)
        if not asked.symbol:
            # A lone number is also a word: of a title, or of a symbol.
            number = asked.paragraph if asked.only_paragraph else ""
            return {} if number else self._documents_by_words(words)
        rows = Document.objects.filter(_at_or_below("symbol", asked.symbol)).order_by()
        found = {
            pk: _EXACT if symbol.upper() == asked.symbol.upper() else _BELOW
            for pk, symbol in rows.values_list("pk", "symbol")
        }
        if words.is_empty:
            return found
        hits = self.hits(EntryKind.DOCUMENT, words)
        return {pk: score + hits[pk] for pk, score in found.items() if pk in hits}

    def _documents_by_words(self, words: Asked) -> Hits:
        hits = dict(self.hits(EntryKind.DOCUMENT, words))
        if words.words and not (words.phrases or words.excluded):
            named = Document.objects.filter(symbol__icontains=words.words).order_by()
            for pk in named.values_list("pk", flat=True):
                hits[pk] = hits.get(pk, 0.0) + _BELOW
        return hits

    def answering(self, kind: EntryKind, model: type[Model], way: str) -> Hits:
        """Return the things of a kind, by their words, or by symbol and paragraph of what they are about.

        Args:
            model: of the things.
            way: from one of them to its recommendations.
        """
        asked = self.asked
        if asked.is_empty:
            return {}
        place = _place(asked, way)
        if asked.has_words or asked.excluded:
            hits = self.hits(kind)
            if not place:
                return hits
        else:
            hits = {}
        rows = model._default_manager.filter(place).order_by().values_list("pk", flat=True)
        if not (asked.has_words or asked.excluded):
            return dict.fromkeys(rows, _EXACT)
        if asked.only_paragraph or asked.symbol:
            return {pk: hits[pk] for pk in rows if pk in hits}
        return dict(hits) | dict.fromkeys(rows, _EXACT)

    @cached_property
    def contributions(self) -> Hits:
        """The contributions, by what every one of their readers reads."""
        return self.answering(EntryKind.CONTRIBUTION, Contribution, "recommendation")

    @cached_property
    def restricted(self) -> Hits:
        """The contributions with a restricted part, by all that they say: for who reads those parts too."""
        return self.answering(EntryKind.RESTRICTED, Contribution, "recommendation")

    @cached_property
    def evidence(self) -> Hits:
        """The evidence files, by words of their titles and names."""
        return self.hits(EntryKind.EVIDENCE) if self.asked.has_words else {}

    @cached_property
    def references(self) -> Hits:
        """The laws and pages that contributions refer to, by words of their titles and numbers."""
        return self.hits(EntryKind.REFERENCE) if self.asked.has_words else {}


def _texts(asked: Asked) -> Asked:
    """Return what a query asks of texts alone."""
    return replace(asked, symbol="", paragraph="", path="", only_paragraph=False)


def _at_or_below(column: str, symbol: str) -> Q:
    return Q(**{f"{column}__iexact": symbol}) | Q(**{f"{column}__istartswith": f"{symbol}/"})


def _paragraph_is(asked: Asked) -> Q:
    if not asked.path:
        return Q(paragraph=asked.paragraph) | Q(paragraph__startswith=f"{asked.paragraph}.")
    exact = Q(subparagraph=asked.path) | Q(subparagraph__startswith=f"{asked.path}.")
    return Q(paragraph=asked.paragraph) & exact


def _named_otherwise(words: str) -> Q:
    """Return the rows whose document's symbol holds the words, or that a State of that name made."""
    rows = Q(document__symbol__icontains=words)
    state = states.recognise(words)
    if state:
        made = RecommendingState.objects.filter(state=state)
        rows |= Q(pk__in=made.order_by().values("recommendation_id"))
    return rows


def _place(asked: Asked, way: str) -> Q:
    place = Q()
    if asked.symbol:
        place &= _at_or_below(f"{way}__document__symbol", asked.symbol)
    if asked.paragraph:
        place &= Q(**{f"{way}__paragraph": asked.paragraph})
        if asked.path:
            place &= Q(**{f"{way}__subparagraph": asked.path})
    return place


def given(ids: Iterable[int]) -> RawSQL:
    """Return the subquery of given ids."""
    return among(list(ids))


def find_recommendations(query: str) -> Hits:
    """Return what a query finds: what the list of recommendations asks for (`recommendations.search`)."""
    return Search(query).recommendations


def documents_found(reader: Reader, search: Search) -> QuerySet[Document, Any]:
    """Return the documents found that a reader sees; all that he sees where nothing is asked."""
    rows = documents_for(reader)
    return rows if search.asked.is_empty else rows.filter(pk__in=given(search.documents))


def contributions_found(reader: Reader, search: Search) -> QuerySet[Contribution]:
    """Return the contributions found that a reader sees, by what he sees of each: text, files, references."""
    rows = contributions_for(reader).order_by("-changed_at", "-pk")
    if search.asked.is_empty:
        return rows
    whole = has_restricted_part() & restricted_seen_by(reader)
    by_text = (Q(pk__in=given(search.contributions)) & ~whole) | (Q(pk__in=given(search.restricted)) & whole)
    files = evidence_for(reader).filter(pk__in=given(search.evidence)).order_by()
    cited = references_for(reader).filter(pk__in=given(search.references)).order_by()
    beside = Q(pk__in=files.values(found=F("contribution_id")))
    beside |= Q(pk__in=cited.values(found=F("contribution_id")))
    return rows.filter(by_text | beside)


def ranked(ids: Collection[int], hits: Hits) -> list[int]:
    """Return ids, those that answer best first; equal ones stay in their order."""
    return sorted(ids, key=lambda pk: -hits.get(pk, 0.0))
