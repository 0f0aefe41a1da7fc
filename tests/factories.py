"""What tests start from, made through the real commands: rights, rules, history and all.

Everything has a sensible default; a test names only what it is about. Names of people, institutions and
documents are numbered, so that two of them never collide.
"""

from collections.abc import Mapping
from datetime import date
from itertools import count
from typing import Any

from django.test import Client

from tawsiya.accounts.choices import InstitutionKind, Role
from tawsiya.accounts.commands import Person, create_institution, create_person, start_membership
from tawsiya.accounts.models import Institution, Membership, User
from tawsiya.accounts.queries import reader_for
from tawsiya.accounts.reader import Reader
from tawsiya.analysis.commands.groups import confirm_members
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.models import Instance
from tawsiya.followup.choices import AssignmentState, ContributionState, EvidenceMark
from tawsiya.followup.commands.assessments import set_status
from tawsiya.followup.commands.assignments import act_on_assignment, assign_recommendations
from tawsiya.followup.commands.contributions import Content, act_on_contribution, start_contribution
from tawsiya.followup.commands.evidence import attach_evidence
from tawsiya.followup.models import Assessment, Assignment, Contribution, Evidence
from tawsiya.mechanisms.choices import DocumentType, MechanismKind, ReviewKind
from tawsiya.mechanisms.commands import (
    DocumentFacts,
    ReviewFacts,
    register_body,
    register_document,
    register_language_version,
    register_review,
)
from tawsiya.mechanisms.models import Document
from tawsiya.recommendations.choices import AccessLevel, GroupState, Kind, MemberState, Status
from tawsiya.recommendations.issued import Issued, create_issued
from tawsiya.recommendations.models import Group, GroupMember, Recommendation, Tag
from tawsiya.recommendations.setup import create_instance

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PASSWORD = "a-password-for-tests-only"
SINCE = date(2020, 1, 1)
_numbers = count(1)

# The kind of institution in which a role is at home, where a test names no institution.
_KIND_OF_ROLE = {
    Role.ADMINISTRATOR: InstitutionKind.DELEGATION,
    Role.COORDINATOR: InstitutionKind.DELEGATION,
    Role.ANALYST: InstitutionKind.DELEGATION,
    Role.VALIDATOR: InstitutionKind.GOVERNMENT,
    Role.FOCAL_POINT: InstitutionKind.GOVERNMENT,
    Role.HEAD: InstitutionKind.GOVERNMENT,
    Role.OBSERVER: InstitutionKind.OTHER,
    Role.NHRI: InstitutionKind.NHRI,
    Role.CIVIL_SOCIETY: InstitutionKind.CIVIL_SOCIETY,
}
# How a contribution gets from a draft to a state: action and who acts.
_PATHS: dict[ContributionState, list[tuple[str, Role]]] = {
    ContributionState.DRAFT: [],
    ContributionState.WITH_VALIDATOR: [("submit", Role.FOCAL_POINT)],
    ContributionState.RETURNED_BY_VALIDATOR: [
        ("submit", Role.FOCAL_POINT),
        ("return", Role.VALIDATOR),
    ],
    ContributionState.WITH_DELEGATION: [
        ("submit", Role.FOCAL_POINT),
        ("approve", Role.VALIDATOR),
    ],
    ContributionState.RETURNED_BY_DELEGATION: [
        ("submit", Role.FOCAL_POINT),
        ("approve", Role.VALIDATOR),
        ("send_back", Role.COORDINATOR),
    ],
    ContributionState.VALIDATED: [
        ("submit", Role.FOCAL_POINT),
        ("approve", Role.VALIDATOR),
        ("validate", Role.COORDINATOR),
    ],
}


def make_instance(*, state: str = "XTM", is_demo: bool = False) -> Instance:
    """Return the instance's row, created where there is none."""
    row = Instance.objects.first()
    if row is not None:
        return row
    with audit.change("instance.created", by=audit.SYSTEM):
        return create_instance(
            state=state,
            names={"en": "Tamourt", "fr": "Tamourt", "ar": "تامورت"},
            languages=("ar", "fr", "en"),
            locales={"ar": "ar_MA", "fr": "fr_MA", "en": "en"},
            is_demo=is_demo,
        )


def make_institution(
    kind: InstitutionKind = InstitutionKind.GOVERNMENT,
    *,
    key: str = "",
    names: dict[str, str] | None = None,
    parent: Institution | None = None,
) -> Institution:
    """Create an institution, a ministry unless `kind` says otherwise; a directorate with `parent`."""
    number = next(_numbers)
    return create_institution(
        key=key or f"institution-{number}",
        kind=kind,
        names=names
        or {"en": f"Institution {number}", "fr": f"Établissement {number}", "ar": f"المؤسسة {number}"},
        parent=parent,
    )


def the_delegation() -> Institution:
    """Return the national mechanism, created where there is none."""
    found = Institution.objects.filter(kind=InstitutionKind.DELEGATION).order_by("pk").first()
    return found or make_institution(InstitutionKind.DELEGATION, key="delegation")


def make_person(
    role: Role | None = None,
    institution: Institution | None = None,
    *,
    email: str = "",
    name: str = "",
    language: str = "en",
    password: str | None = None,
    starts_on: date = SINCE,
) -> User:
    """Create a person; with a role, in `institution` or in a new one of the kind where the role is at home.

    The delegation's roles share one delegation. Without `role` the account has no rights at all.
    `password` (for example `PASSWORD`) only where a test signs in with it: hashing is slow.
    """
    number = next(_numbers)
    user = create_person(
        person=Person(email or f"person{number}@example.org", name or f"Person {number}", "", language),
        password=password,
    )
    if role is not None:
        start_membership(user=user, institution=institution or _home(role), role=role, starts_on=starts_on)
    return user


def signed_in(role: Role | None = None, institution: Institution | None = None) -> Client:
    """Return the browser of a new person, signed in."""
    client = Client()
    client.force_login(make_person(role, institution), backend=BACKEND)
    return client


def _home(role: Role) -> Institution:
    kind = _KIND_OF_ROLE[role]
    return the_delegation() if kind == InstitutionKind.DELEGATION else make_institution(kind)


def make_reader(role: Role | None = None, institution: Institution | None = None, **person: Any) -> Reader:
    """Create a person as `make_person` does and return the reader that person is today."""
    return reader_for(make_person(role, institution, **person))


def reader_in(institution: Institution, role: Role) -> Reader:
    """Return the first person who holds the role in the institution, created where there is none."""
    held = Membership.objects.filter(institution=institution, role=role).order_by("pk").first()
    return reader_for(held.user if held else make_person(role, institution))


def coordinator() -> Reader:
    """Return the delegation's first coordinator, created where there is none."""
    return reader_in(the_delegation(), Role.COORDINATOR)


def make_document(
    symbol: str = "",
    *,
    type: DocumentType = DocumentType.UPR_REPORT,  # the model's own name for it
    body: str = "UPR",
    cycle: int = 3,
    published_on: date = date(2017, 7, 13),
) -> Document:
    """Create a UN document with its body and review; a UPR report of 2017 unless told otherwise."""
    upr = body == "UPR"
    with audit.change("document.registered", by=audit.SYSTEM) as event:
        row = register_body(
            code=body,
            mechanism=MechanismKind.UPR if upr else MechanismKind.TREATY_BODY,
            names={"en": body, "fr": body, "ar": body},
        )
        facts = (
            ReviewFacts(kind=ReviewKind.UPR_REVIEW, cycle=cycle, year=published_on.year)
            if upr
            else ReviewFacts(kind=ReviewKind.TREATY_REVIEW, year=published_on.year)
        )
        document = register_document(
            facts=DocumentFacts(
                symbol=symbol or f"A/HRC/36/{next(_numbers) + 100}",
                type=type,
                titles={"en": "Report of the Working Group"},
                published_on=published_on,
                authentic_language="en",
            ),
            body=row,
            review=register_review(body=row, facts=facts),
        )
        register_language_version(document=document, language="en")
        event.subject = document
    return document


def make_recommendation(
    document: Document | None = None,
    *,
    paragraph: str = "",
    subparagraph: str = "",
    kind: Kind = Kind.RECOMMENDATION,
    texts: Mapping[str, str] | None = None,
    position: str | None = None,
    recommending_states: tuple[str, ...] | None = None,
    tags: tuple[Tag, ...] = (),
) -> Recommendation:
    """Create a recommendation as issued; supported by default in a UPR report, without position elsewhere."""
    document = document or make_document()
    upr = document.body.mechanism == MechanismKind.UPR
    number = next(_numbers)
    with audit.change("recommendation.imported", by=audit.SYSTEM) as event:
        item = create_issued(
            document,
            Issued(
                paragraph=paragraph or (f"140.{number}" if upr else str(number)),
                subparagraph=subparagraph,
                kind=kind,
                texts=dict(
                    texts
                    or {
                        "en": f"Adopt law number {number} on the protection of witnesses",
                        "fr": f"Adopter la loi numéro {number} sur la protection des témoins",
                        "ar": f"اعتماد القانون رقم {number} المتعلق بحماية الشهود",
                    }
                ),
                recommending_states=recommending_states or (("FRA",) if upr else ()),
                position=("supported" if upr else "") if position is None else position,
                tags=list(tags),
            ),
        )
        event.subject, event.item_id = item, item.pk
    return item


def make_group(
    *items: Recommendation,
    state: GroupState = GroupState.CONFIRMED,
    near: tuple[Recommendation, ...] = (),
    names: dict[str, str] | None = None,
) -> Group:
    """Propose a group of some recommendations, as the job would, and confirm it unless `state` says otherwise."""
    names = names or {"en": f"Group {next(_numbers)}"}
    with audit.change("groups.proposed", by=audit.SYSTEM):
        group = Group.objects.create(names=names, created_at=clock.now())
        for item in items:
            GroupMember.objects.create(
                group=group, recommendation=item, state=MemberState.PROPOSED, score=0.8
            )
        for item in near:
            GroupMember.objects.create(group=group, recommendation=item, state=MemberState.NEAR, score=0.3)
    if state == GroupState.CONFIRMED:
        group = confirm_members(group=group, items=[item.pk for item in items], by=coordinator())
    return group


def make_assignment(
    state: AssignmentState = AssignmentState.ACCEPTED,
    *,
    recommendation: Recommendation | None = None,
    institution: Institution | None = None,
    level: AccessLevel = AccessLevel.LEAD,
    deadline: date | None = date(2030, 1, 1),
    note: str = "",
) -> Assignment:
    """Assign a recommendation and take the assignment to `state`; refusals and ends have a reason."""
    institution = institution or make_institution()
    lead = level == AccessLevel.LEAD
    (assignment,) = assign_recommendations(
        recommendations=[recommendation or make_recommendation()],
        lead=institution if lead else None,
        supporting=[] if lead else [institution],
        deadline=deadline,
        note=note,
        by=coordinator(),
    )
    if state in (AssignmentState.ACCEPTED, AssignmentState.REFUSED):
        action = "accept" if state == AssignmentState.ACCEPTED else "refuse"
        assignment = act_on_assignment(
            assignment=assignment,
            action=action,
            by=reader_in(institution, Role.FOCAL_POINT),
            reason="Not within our remit" if action == "refuse" else "",
        )
    elif state == AssignmentState.REASSIGN:
        assignment = act_on_assignment(
            assignment=assignment,
            action="ask_reassign",
            by=reader_in(institution, Role.FOCAL_POINT),
            reason="Another ministry does this",
        )
    elif state == AssignmentState.ENDED:
        assignment = act_on_assignment(
            assignment=assignment, action="end", by=coordinator(), reason="Given by mistake"
        )
    return assignment


def make_contribution(
    state: ContributionState = ContributionState.DRAFT,
    *,
    recommendation: Recommendation | None = None,
    institution: Institution | None = None,
    measures_taken: str = "The bill was adopted by the Council of Ministers.",
    proposed_status: str = "",
    language: str = "en",
    mark: EvidenceMark = EvidenceMark.PUBLIC,
) -> Contribution:
    """Write a contribution and take it to `state`, through its focal point, validator and coordinator.

    `mark` is the confidentiality of what was done; the other parts are empty.

    The institution is given an accepted assignment where it has none (as lead, or as support where
    another one leads).
    """
    recommendation = recommendation or make_recommendation()
    institution = institution or make_institution()
    _see_that_accepted(recommendation, institution)
    contribution = start_contribution(
        recommendation=recommendation,
        institution=institution,
        content=Content(
            language=language,
            measures_taken=measures_taken,
            proposed_status=proposed_status,
            measures_taken_mark=mark.value,
        ),
        by=reader_in(institution, Role.FOCAL_POINT),
    )
    for action, role in _PATHS[state]:
        by = coordinator() if role == Role.COORDINATOR else reader_in(institution, role)
        reason = "Give the date of adoption" if action in ("return", "send_back") else ""
        contribution = act_on_contribution(contribution=contribution, action=action, by=by, reason=reason)
    return contribution


def _see_that_accepted(recommendation: Recommendation, institution: Institution) -> None:
    mine = Assignment.objects.filter(
        recommendation=recommendation, institution=institution, state=AssignmentState.ACCEPTED
    )
    if mine.exists():
        return
    led = Assignment.objects.filter(
        recommendation=recommendation,
        level=AccessLevel.LEAD,
        state__in=[AssignmentState.PROPOSED, AssignmentState.ACCEPTED],
    ).exists()
    make_assignment(
        recommendation=recommendation,
        institution=institution,
        level=AccessLevel.SUPPORT if led else AccessLevel.LEAD,
    )


def make_evidence(
    contribution: Contribution,
    *,
    mark: EvidenceMark = EvidenceMark.INTERNAL,
    title: str = "Official gazette",
    data: bytes = b"Dahir no. 1-23-45, promulgating the law.",
) -> Evidence:
    """Attach a text file to a contribution that can still be edited."""
    return attach_evidence(
        contribution=contribution,
        title=title,
        file_name="gazette.txt",
        data=data,
        mark=mark,
        by=reader_in(contribution.institution, Role.FOCAL_POINT),
    )


def make_assessment(
    recommendation: Recommendation,
    status: Status = Status.IN_PROGRESS,
    *,
    justification: str = "The bill is before parliament.",
) -> Assessment:
    """Set the status of implementation of a recommendation, as its coordinator."""
    return set_status(
        recommendation=recommendation,
        status=status,
        justification=justification,
        language="en",
        by=coordinator(),
    )
