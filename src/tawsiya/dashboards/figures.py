"""The figures, tasks and shares of a home page: what is expected of the reader, and what the reader may see.

Every figure leads to the very rows it counts.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from tawsiya.accounts.choices import Role
from tawsiya.accounts.permissions import may
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.audit.kept import until_next_act
from tawsiya.core.labels import text_of
from tawsiya.dashboards import queries
from tawsiya.dashboards.addresses import address
from tawsiya.followup.choices import OPEN, AssignmentState, ContributionState
from tawsiya.followup.models import Assignment, Contribution
from tawsiya.followup.queries import (
    Expected,
    answered_share,
    assignments_for,
    contributions_for,
    expected_of,
    late_assignments,
    late_for,
    to_reassign,
)
from tawsiya.intake.queries import awaiting_decision
from tawsiya.notifications.queries import failed_count
from tawsiya.recommendations.choices import Position, Status
from tawsiya.recommendations.facets import facet
from tawsiya.recommendations.filters import NONE, matching
from tawsiya.recommendations.models import Recommendation
from tawsiya.recommendations.reading import reading_text
from tawsiya.recommendations.visibility import sight_of

# How many tasks stand on the page; the figure above leads to all of them.
TASKS = 6

Tile = dict[str, Any]
Task = dict[str, Any]


@dataclass
class Home:
    """What a home page shows: figures that ask for something, figures that inform, tasks, shares.

    sent: of the institution's accepted assignments, those whose contribution was sent, and all.
    """

    duties: list[Tile] = field(default_factory=list)
    facts: list[Tile] = field(default_factory=list)
    groups: list[dict[str, Any]] = field(default_factory=list)
    shares: list[dict[str, Any]] = field(default_factory=list)
    sent: tuple[int, int] = (0, 0)

    @property
    def nothing_expected(self) -> bool:
        """Whether no figure asks for anything."""
        return not any(tile["value"] for tile in self.duties)


def home_of(reader: Reader) -> Home:
    """Return the home page of a reader: what each of the roles held has to do and to see.

    What comes from the record is kept until the next act; mails and invitations are counted each time.
    """
    if reader.is_public:
        return Home()
    home = until_next_act(lambda: _home(reader), "dashboards.home", reader.person)
    if not reader.is_administrator:
        return home
    duties, facts = _for_administrator(reader)
    return replace(home, duties=[*home.duties, *duties], facts=[*facts, *home.facts])


def _home(reader: Reader) -> Home:
    home = Home()
    expected = expected_of(reader)
    if reader.own_institutions:
        home.sent = answered_share(reader)
        _for_institution(home, reader, expected)
    if reader.is_delegation:
        _for_delegation(home, reader, expected)
    _facts(home, reader)
    return home


def _tile(value: int, label: str, url: str, icon: str, tone: str = "") -> Tile:
    """Return a figure; its tone speaks only while there is something to do."""
    return {"value": value, "label": label, "url": url, "icon": icon, "tone": tone if value else ""}


def _for_institution(home: Home, reader: Reader, expected: Expected) -> None:
    listed = "followup:assignments"
    written = "followup:contributions"
    if Role.VALIDATOR in reader.roles:
        url = address(written, expected="to_approve")
        home.duties.append(
            _tile(expected.to_approve.count(), _("Contributions to approve"), url, "clipboard-check", "info")
        )
        _group(home, _("To approve"), url, expected.to_approve.order_by("changed_at"), _contribution_task)
    home.duties += [
        _tile(
            expected.to_answer.count(),
            _("Assignments to answer"),
            address(listed, expected="to_answer"),
            "person-check",
            "info",
        ),
        _tile(
            expected.returned.count(),
            _("Contributions returned to you"),
            address(written, expected="returned"),
            "reply",
            "warning",
        ),
        _tile(
            expected.to_write.count(),
            _("Contributions to write"),
            address(listed, expected="to_write"),
            "pencil-square",
            "info",
        ),
        _tile(
            late_for(reader).count(),
            _("Overdue in your institution"),
            address(listed, expected="late"),
            "exclamation-triangle-fill",
            "danger",
        ),
    ]
    groups: Iterable[tuple[str, str, QuerySet[Any], Callable[[Any], Task]]] = (
        (
            _("Returned to you"),
            address(written, expected="returned"),
            expected.returned.order_by("changed_at"),
            _contribution_task,
        ),
        (
            _("To answer"),
            address(listed, expected="to_answer"),
            expected.to_answer.order_by("deadline", "pk"),
            _assignment_task,
        ),
        (_("To write"), address(listed, expected="to_write"), expected.to_write, _assignment_task),
    )
    for title, url, rows, task in groups:
        _group(home, title, url, rows, task)


def _for_delegation(home: Home, reader: Reader, expected: Expected) -> None:
    listed = "followup:assignments"
    waiting = contributions_for(reader).filter(state=ContributionState.WITH_DELEGATION)
    decides = bool(may(reader, Act.VALIDATE_FOR_DELEGATION))
    to_validate = expected.to_validate if decides else waiting
    query = {"expected": "to_validate"} if decides else {"state": ContributionState.WITH_DELEGATION.value}
    url = address("followup:contributions", **query)
    home.duties.append(
        _tile(to_validate.count(), _("Contributions to validate"), url, "clipboard-check", "info")
    )
    _group(home, _("To validate"), url, to_validate.order_by("changed_at"), _contribution_task)
    seen = assignments_for(reader)
    refused = to_reassign(reader)
    refused_url = address(listed, expected="to_reassign")
    imports = awaiting_decision(reader)
    home.duties += [
        _tile(refused.count(), _("Assignments refused"), refused_url, "x-circle", "warning"),
        _tile(
            seen.filter(state=AssignmentState.PROPOSED).count(),
            _("Assignments without an answer"),
            address(listed, state="proposed"),
            "hourglass-split",
            "progress",
        ),
        _tile(
            late_assignments(reader).count(),
            _("Overdue"),
            address(listed, late="True"),
            "exclamation-triangle-fill",
            "danger",
        ),
        _tile(
            matching(reader, QueryDict(f"institution={NONE}")).count(),
            _("Recommendations without a lead"),
            address("recommendations:list", institution=NONE),
            "dash-circle",
            "progress",
        ),
        _tile(
            imports.count(),
            _("Imports awaiting a decision"),
            address("intake:runs", state="previewed"),
            "upload",
            "info",
        ),
    ]
    _group(home, _("Assignments refused"), refused_url, refused.order_by("answered_at"), _assignment_task)


def _for_administrator(reader: Reader) -> tuple[list[Tile], list[Tile]]:
    """Return the duties and the facts of whoever manages accounts."""
    failed = _tile(
        failed_count(reader),
        _("E-mails that failed"),
        address("notifications:outbox", state="failed"),
        "envelope",
        "danger",
    )
    invited = _tile(
        queries.open_invitations(reader).count(),
        _("Invitations not accepted yet"),
        address("accounts:invitations"),
        "person-plus",
    )
    return [failed], [invited]


def _facts(home: Home, reader: Reader) -> None:
    everything = matching(reader, QueryDict()).count()
    home.facts.append(_tile(everything, _("Recommendations"), address("recommendations:list"), "list-check"))
    if sight_of(reader).status:
        validated = contributions_for(reader).filter(state=ContributionState.VALIDATED)
        home.facts.append(
            _tile(
                validated.count(),
                _("Validated contributions"),
                address("followup:contributions", state="validated"),
                "check-circle",
            )
        )
        home.shares.append(_share(reader, "status", _("Status of implementation"), Status.values))
    home.shares.append(_share(reader, "position", _("Position of the State"), Position.values))


def _share(reader: Reader, name: str, title: str, scale: list[str]) -> dict[str, Any]:
    """Return how the recommendations spread over a facet of their list, in the order of its scale."""
    place = {code: number for number, code in enumerate(scale)}
    options = facet(name, reader, QueryDict())["options"]
    options.sort(key=lambda option: place.get(option["value"], len(place)))
    segments = [
        {
            "code": "no_status" if option["value"] == NONE else option["value"],
            "label": option["label"],
            "count": option["count"],
            "url": address("recommendations:list", **{name: option["value"]}),
        }
        for option in options
    ]
    return {"title": title, "segments": segments, "parts_differ": name == "status"}


def _group(home: Home, title: str, url: str, rows: QuerySet[Any], task: Callable[[Any], Task]) -> None:
    """Add the first rows of a list of duties to the page, where there are any."""
    shown = rows.select_related("institution", "recommendation__document").prefetch_related(
        "recommendation__texts"
    )[:TASKS]
    tasks = [task(row) for row in shown]
    if tasks:
        home.groups.append({"title": title, "url": url, "tasks": tasks})


def isolated(reference: str) -> str:
    """Keep a symbol or a paragraph whole inside right-to-left text, where no markup can stand."""
    return f"\u2066{reference}\u2069"


def _where(item: Recommendation, institution: Any) -> str:
    return _("%(symbol)s, para. %(paragraph)s · %(institution)s") % {
        "symbol": isolated(item.document.symbol),
        "paragraph": isolated(item.label),
        "institution": text_of(institution.names),
    }


def _title(item: Recommendation) -> str:
    row = reading_text(item)
    return row.text if row else str(item)


def _assignment_task(row: Assignment) -> Task:
    return {
        "title": _title(row.recommendation),
        "url": address("followup:item", row.recommendation_id),
        "meta": _where(row.recommendation, row.institution),
        "deadline": row.deadline if row.state in OPEN else None,
        "status": row.state,
        "reason": row.reason,
    }


def _contribution_task(row: Contribution) -> Task:
    return {
        "title": _title(row.recommendation),
        "url": address("followup:contribution", row.pk),
        "meta": _where(row.recommendation, row.institution),
        "status": row.state,
        "reason": row.return_reason,
    }
