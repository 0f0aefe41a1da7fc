"""Decide what a filled matrix becomes: drafts to create or change, and every row that cannot be read.

Reads the database, writes nothing. The same decision is taken for the preview and for applying.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import QuerySet

from tawsiya.accounts.models import Institution
from tawsiya.accounts.permissions import may
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.core.labels import text_of
from tawsiya.followup.choices import AssignmentState, ContributionState
from tawsiya.followup.content import Content, content_of
from tawsiya.followup.models import Assignment, Contribution
from tawsiya.followup.queries import contributions_for
from tawsiya.intake import markers, status_words
from tawsiya.intake.known import Identity
from tawsiya.intake.markers import Mark
from tawsiya.intake.readers.filled_matrix import STATUS, FilledMatrix, FilledRow
from tawsiya.intake.readers.language import detect
from tawsiya.mechanisms import symbols
from tawsiya.recommendations.choices import Status, scale_for
from tawsiya.recommendations.models import Recommendation
from tawsiya.recommendations.visibility import visible_to

CREATE, CHANGE, UNCHANGED, EMPTY, REFUSE = "create", "change", "unchanged", "empty", "refuse"
EDITABLE = frozenset(
    {
        ContributionState.DRAFT,
        ContributionState.RETURNED_BY_VALIDATOR,
        ContributionState.RETURNED_BY_DELEGATION,
    }
)
_TEXTS = ("measures_taken", "obstacles", "next_steps")
_FIELDS = (*_TEXTS, "proposed_status")


@dataclass(frozen=True)
class FilledPlan:
    """What becomes of one row. `reason` is a code of `filled_messages`."""

    row: FilledRow
    action: str
    name: str
    item: Recommendation | None = None
    institution: Institution | None = None
    contribution: Contribution | None = None
    content: Content | None = None
    changes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    reason: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    @property
    def writes(self) -> bool:
        """Whether applying the row would write a draft."""
        return self.action in (CREATE, CHANGE)

    @property
    def offered(self) -> bool:
        """Whether the row is chosen from the start: not where it would replace words written since."""
        return self.writes and "draft_changed" not in self.warnings

    @property
    def digest(self) -> str:
        """A fingerprint of what applying the row would do: it must not change after the preview."""
        told = [
            self.action,
            self.item.pk if self.item else 0,
            self.institution.pk if self.institution else 0,
            self.contribution.pk if self.contribution else 0,
            self.contribution.version if self.contribution else 0,
            vars(self.content) if self.content else {},
        ]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:32]


def plan_filled(matrix: FilledMatrix, *, by: Reader) -> list[FilledPlan]:
    """Return what becomes of every row of a filled matrix, in order; nothing of it is lost."""
    return _Planner(matrix, by).plan()


def written_languages(plans: Iterable[FilledPlan]) -> list[str]:
    """Return the languages of the drafts that would be written."""
    return sorted({plan.content.language for plan in plans if plan.content and plan.writes})


class _Refused(Exception):
    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass
class _Planner:
    matrix: FilledMatrix
    by: Reader

    def plan(self) -> list[FilledPlan]:
        marks = [self._mark(row) for row in self.matrix.rows]
        self.document = markers.read_document(self.matrix.mark)
        everything = " ".join(_words(row) for row in self.matrix.rows)
        given = self.document.language if self.document else self.by.language
        self.language = _language(everything, default=given)
        self.items = self._items(self.matrix.rows, [mark for mark in marks if mark])
        self.by_identity = {_identity(item): item for item in self.items.values()}
        self.accepted = self._accepted()
        self.latest = self._latest()
        self.institutions = Institution.objects.in_bulk({pk for pks in self.accepted.values() for pk in pks})
        planned: list[FilledPlan] = []
        seen: set[tuple[int, int]] = set()
        for row, mark in zip(self.matrix.rows, marks, strict=True):
            made = self._plan_row(row, mark)
            if made.item is not None and made.action != EMPTY:
                place = (made.item.pk, made.institution.pk if made.institution else 0)
                if place in seen:
                    made = _refused(made, _Refused("twice", name=made.name))
                seen.add(place)
            if made.action != EMPTY or row.marks or row.name:
                planned.append(made)
        return planned

    def _mark(self, row: FilledRow) -> Mark | None:
        return markers.read(row.marks[0]) if len(row.marks) == 1 else None

    def _plan_row(self, row: FilledRow, mark: Mark | None) -> FilledPlan:
        plan = FilledPlan(row, EMPTY if row.is_empty else REFUSE, _shown_name(row))
        if row.is_empty:
            return replace(plan, item=self.items.get(mark.recommendation) if mark else None)
        try:
            item = self._item(row, mark)
            plan = replace(plan, item=item, name=_identity(item).name)
            institution = self._institution(item, mark)
            return self._decide(replace(plan, institution=institution), item, mark)
        except _Refused as refusal:
            return _refused(plan, refusal)

    def _item(self, row: FilledRow, mark: Mark | None) -> Recommendation:
        if row.marks and mark is None:
            raise _Refused("altered_mark")
        named = self._named(row)
        item = self.items.get(mark.recommendation) if mark else named
        if item is None:
            raise _Refused("unknown_row")
        if mark and named is not None and named.pk != item.pk:
            raise _Refused("mark_contradicts", name=_shown_name(row), marked=_identity(item).name)
        if item.withdrawn_at is not None:
            raise _Refused("withdrawn")
        return item

    def _named(self, row: FilledRow) -> Recommendation | None:
        name = row.name
        if name is None:
            return None
        symbol = symbols.parse(name.symbol).text
        return self.by_identity.get(Identity(symbol, name.paragraph, name.subparagraph, name.ordinal))

    def _institution(self, item: Recommendation, mark: Mark | None) -> Institution:
        """The institution in whose name the row is written: the marked one, else the reader's own one."""
        accepted = self.accepted.get(item.pk, frozenset())
        marked = mark.institution if mark else self.document.institution if self.document else 0
        if marked:
            if not may(self.by, Act.CONTRIBUTE, marked):
                raise _Refused("other_institution")
            if marked not in accepted:
                raise _Refused("not_assigned")
            return self.institutions[marked]
        own = [pk for pk in sorted(accepted) if may(self.by, Act.CONTRIBUTE, pk)]
        if not own:
            raise _Refused("not_assigned")
        if len(own) > 1:
            raise _Refused("which_institution")
        return self.institutions[own[0]]

    def _decide(self, plan: FilledPlan, item: Recommendation, mark: Mark | None) -> FilledPlan:
        if plan.row.cut:
            raise _Refused("too_long")
        content = self._content(plan.row, item)
        latest = self.latest.get((item.pk, plan.institution.pk if plan.institution else 0))
        warnings = ["extra_column"] if plan.row.stray else []
        if mark and mark.version != item.version:
            warnings.append("recommendation_changed")
        if latest is None or latest.state == ContributionState.VALIDATED:
            return replace(plan, action=CREATE, content=content, warnings=tuple(warnings))
        if latest.state not in EDITABLE:
            raise _Refused("being_decided")
        old = content_of(latest)
        # A matrix holds words only: what its columns do not say stays as it is.
        content = replace(
            old, language=content.language, **{name: getattr(content, name) for name in _FIELDS}
        )
        changes = {
            name: (getattr(old, name), getattr(content, name))
            for name in _FIELDS
            if getattr(old, name) != getattr(content, name)
        }
        if changes and (
            not mark or (mark.contribution, mark.contribution_version) != (latest.pk, latest.version)
        ):
            warnings.append("draft_changed")
        return replace(
            plan,
            action=CHANGE if changes else UNCHANGED,
            contribution=latest,
            content=content,
            changes=changes,
            warnings=tuple(warnings),
        )

    def _content(self, row: FilledRow, item: Recommendation) -> Content:
        measures, obstacles, steps = (row.cells.get(name, "").strip() for name in _TEXTS)
        return Content(
            language=_language(_words(row), default=self.language),
            proposed_status=_status(row.cells.get(STATUS, ""), item),
            measures_taken=measures,
            obstacles=obstacles,
            next_steps=steps,
        )

    # What the rows are compared with, in a few queries for all of them

    def _items(self, rows: Sequence[FilledRow], marks: Iterable[Mark]) -> dict[int, Recommendation]:
        visible = Recommendation.objects.filter(visible_to(self.by)).select_related("document")
        found: dict[int, Recommendation] = visible.in_bulk({mark.recommendation for mark in marks})
        named = {symbols.parse(row.name.symbol).text for row in rows if row.name}
        for item in visible.filter(document__symbol__in=named):
            found[item.pk] = item
        return found

    def _accepted(self) -> dict[int, frozenset[int]]:
        """By recommendation: who accepted it, or the paragraph it is a part of."""
        parents = {item.parent_id for item in self.items.values() if item.parent_id}
        own: dict[int, set[int]] = {}
        for pk, institution in Assignment.objects.filter(
            recommendation_id__in=[*self.items, *parents], state=AssignmentState.ACCEPTED
        ).values_list("recommendation_id", "institution_id"):
            own.setdefault(pk, set()).add(institution)
        return {
            pk: frozenset(own.get(pk, set()) | own.get(item.parent_id or 0, set()))
            for pk, item in self.items.items()
        }

    def _latest(self) -> dict[tuple[int, int], Contribution]:
        """By recommendation and institution: the newest contribution, of those the reader sees."""
        rows: QuerySet[Contribution] = contributions_for(self.by).filter(
            recommendation_id__in=list(self.items), institution_id__in=self.by.own_institutions
        )
        return {(row.recommendation_id, row.institution_id): row for row in rows.order_by("pk")}


def _words(row: FilledRow) -> str:
    return " ".join(row.cells.get(name, "") for name in _TEXTS)


def _language(words: str, *, default: str) -> str:
    """The language that words are written in, where they tell and it is one of the system's."""
    found = detect(words, least=1)
    return found if found in status_words.LANGUAGES else default


def _refused(plan: FilledPlan, refusal: _Refused) -> FilledPlan:
    return replace(plan, action=REFUSE, reason=refusal.code, params=refusal.params)


def _identity(item: Recommendation) -> Identity:
    return Identity(item.document.symbol, item.paragraph, item.subparagraph, item.ordinal)


def _shown_name(row: FilledRow) -> str:
    name = row.name
    if name is None:
        return (row.item.splitlines() or ["—"])[0][:80]
    return Identity(name.symbol, name.paragraph, name.subparagraph, name.ordinal).name


def _status(words: str, item: Recommendation) -> str:
    if not words.strip():
        return ""
    status = status_words.understand(words)
    if status is None:
        raise _Refused("status_not_understood", words=words.strip()[:80])
    if status not in scale_for(item.position):
        allowed = ", ".join(str(Status(value).label) for value in scale_for(item.position))
        raise _Refused("status_does_not_fit", words=words.strip()[:80], allowed=allowed)
    return status.value


def institution_names(plans: Iterable[FilledPlan]) -> list[str]:
    """Return the names of the institutions in whose name drafts would be written."""
    return sorted({text_of(plan.institution.names) for plan in plans if plan.institution})


Digests = dict[str, Any]


def digests(plans: Iterable[FilledPlan]) -> Digests:
    """Return by row what applying it would do, for the preview to be held to."""
    return {str(plan.row.number): plan.digest for plan in plans if plan.writes}
