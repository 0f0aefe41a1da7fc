"""Set up a real, empty instance from a State's profile: `tawsiya init`.

What the profile does not know stays empty and is shown as missing.
"""

from dataclasses import dataclass
from datetime import date

from tawsiya.accounts.choices import InstitutionKind
from tawsiya.accounts.models import Institution
from tawsiya.audit import commands as audit
from tawsiya.core import instance
from tawsiya.core.errors import RuleViolated
from tawsiya.core.models import Instance
from tawsiya.mechanisms.choices import DocumentType, MechanismKind, ReviewKind
from tawsiya.mechanisms.commands import (
    DocumentFacts,
    ReviewFacts,
    register_body,
    register_document,
    register_review,
    register_treaty,
)
from tawsiya.mechanisms.models import Body
from tawsiya.mechanisms.reference import loaders
from tawsiya.mechanisms.reference import profile as profiles
from tawsiya.recommendations.choices import Taxonomy
from tawsiya.recommendations.issued import register_tag
from tawsiya.recommendations.vocabularies import register_known_vocabularies

LANGUAGES = ("ar", "fr", "en")


@dataclass(frozen=True)
class Summary:
    """What a set-up created, and what the profile does not know."""

    institutions: int
    treaties: int
    documents: int
    axes: int
    missing: tuple[str, ...]


def set_up_instance(*, state: str, languages: tuple[str, ...], by: audit.Actor = audit.SYSTEM) -> Summary:
    """Create the instance of a State with everything its profile knows.

    Args:
        state: ISO 3166 alpha-3 code.
        languages: of the interface, among ar, fr, en; the first is the main one.

    Raises:
        RuleViolated: an instance exists already, or the State or a language is unknown.
    """
    if Instance.objects.exists():
        raise RuleViolated("This database already serves a State; init works on an empty one only.")
    unknown = [code for code in languages if code not in LANGUAGES]
    if unknown or not languages:
        said = ", ".join(unknown) or "none given"
        raise RuleViolated(f"Languages are some of ar, fr, en; not known: {said}.")
    try:
        profile = profiles.load_profile(state)
    except KeyError:
        raise RuleViolated(f"{state} is not the ISO 3166 alpha-3 code of a State.") from None
    with audit.change("instance.created", by=by) as event:
        create_instance(
            state=state,
            names=profile.names,
            languages=languages,
            locales={language.code: language.locale for language in profile.languages},
        )
        bodies = register_reference_bodies()
        register_vocabularies()
        _treaties(profile, bodies)
        documents = _reviews(profile, bodies) + _observations(profile, bodies)
        institutions = _institutions(profile)
        axes = _axes(profile)
        event.after = {"state": state, "languages": list(languages)}
    return Summary(institutions, len(profile.treaties), documents, axes, _missing(profile))


def create_instance(
    *,
    state: str,
    names: dict[str, str],
    languages: tuple[str, ...],
    locales: dict[str, str],
    is_demo: bool = False,
) -> Instance:
    """Write the single row of the instance. Runs inside its caller's audited act."""
    row = Instance.objects.create(
        state=state, names=names, languages=list(languages), locales=locales, is_demo=is_demo
    )
    instance.forget()
    return row


def register_reference_bodies() -> dict[str, Body]:
    """Create every mechanism of the reference list; return the bodies by code."""
    return {
        row.code: register_body(
            code=row.code,
            mechanism=MechanismKind(row.kind),
            names=row.names,
            aliases=[alias for alias in (row.uhri_label, *row.aliases) if alias],
        )
        for row in loaders.mechanisms()
    }


def register_vocabularies() -> None:
    """Create the taxonomies, and the themes, groups of persons and SDG tags of the reference lists."""
    register_known_vocabularies()
    for taxonomy, terms in (
        (Taxonomy.THEME, loaders.themes()),
        (Taxonomy.PERSONS, loaders.affected_persons()),
    ):
        for term in terms:
            register_tag(taxonomy, term.slug, term.names, aliases=term.aliases)
    register_sdgs()


def register_sdgs() -> None:
    """Create the 17 goals and 169 targets, sorted as the framework is (figures, then letters)."""
    goals = {
        goal.code: register_tag(Taxonomy.SDG_GOAL, goal.code, goal.names, sort_key=f"{int(goal.code):02d}")
        for goal in loaders.goals()
    }
    for order, target in enumerate(loaders.targets()):
        register_tag(
            Taxonomy.SDG_TARGET,
            target.code,
            {"en": target.code, "fr": target.code, "ar": target.code},
            parent=goals[target.goal],
            sort_key=f"{order:03d}",
        )


def _treaties(profile: profiles.Profile, bodies: dict[str, Body]) -> None:
    party = {treaty.code: treaty.year for treaty in profile.treaties}
    for treaty in loaders.treaties():
        register_treaty(
            code=treaty.code,
            names=treaty.names,
            body=bodies.get(treaty.body),
            party_since=party.get(treaty.code),
        )


def _reviews(profile: profiles.Profile, bodies: dict[str, Body]) -> int:
    count = 0
    for row in profile.reviews:
        exact = row.date_precision == "day"
        review = register_review(
            body=bodies[row.body],
            facts=ReviewFacts(
                kind=ReviewKind.UPR_REVIEW,
                cycle=row.cycle,
                session=row.session,
                year=int(row.date[:4]),
                held_on=date.fromisoformat(row.date) if exact else None,
            ),
        )
        for document in row.documents:
            # A symbol that was only derived from its series is not a fact yet.
            if document.confirmed and document.kind == "upr_report":
                facts = DocumentFacts(symbol=document.symbol, type=DocumentType.UPR_REPORT)
                register_document(facts=facts, body=bodies[row.body], review=review)
                count += 1
    for visit in profile.visits:
        if visit.date and visit.mechanism in bodies:
            register_review(
                body=bodies[visit.mechanism],
                facts=ReviewFacts(kind=ReviewKind.VISIT, year=int(visit.date[:4])),
            )
    return count


def _observations(profile: profiles.Profile, bodies: dict[str, Body]) -> int:
    count = 0
    for row in profile.concluding_observations:
        review = register_review(
            body=bodies[row.body], facts=ReviewFacts(kind=ReviewKind.TREATY_REVIEW, year=row.year)
        )
        if row.symbol:
            facts = DocumentFacts(symbol=row.symbol, type=DocumentType.CONCLUDING_OBSERVATIONS)
            register_document(facts=facts, body=bodies[row.body], review=review)
            count += 1
    return count


def _institutions(profile: profiles.Profile) -> int:
    mechanism = profile.national_mechanism
    Institution.objects.create(
        key="delegation",
        kind=InstitutionKind.DELEGATION,
        names=mechanism.names if mechanism else dict(DEFAULT_MECHANISM),
        acronyms={"fr": mechanism.acronym} if mechanism and mechanism.acronym else {},
    )
    for row in profile.institutions:
        Institution.objects.create(
            key=row.code,
            kind=InstitutionKind(row.kind) if row.kind else InstitutionKind.UNSTATED,
            names=row.names,
            acronyms={"fr": row.acronym} if row.acronym else {},
        )
    return len(profile.institutions)


DEFAULT_MECHANISM = {
    "en": "National mechanism for implementation, reporting and follow-up",
    "fr": "Mécanisme national de mise en œuvre, d’établissement des rapports et de suivi",
    "ar": "الآلية الوطنية للتنفيذ وإعداد التقارير والمتابعة",
}


def _axes(profile: profiles.Profile) -> int:
    count = 0
    lists = [("", profile.axes), *((f"{row.code}-", row.axes) for row in profile.programmes)]
    for prefix, axes in lists:
        for axis in axes:
            parent = register_tag(
                Taxonomy.AXIS, f"{prefix}{axis.code}", axis.names, sort_key=f"{prefix}{int(axis.code):02d}"
            )
            count += 1
            for sub in axis.sub_axes:
                major, minor = sub.code.split(".")
                key = f"{prefix}{int(major):02d}.{int(minor):02d}"
                register_tag(Taxonomy.AXIS, f"{prefix}{sub.code}", sub.names, parent=parent, sort_key=key)
                count += 1
    return count


def _missing(profile: profiles.Profile) -> tuple[str, ...]:
    missing = []
    if not profile.treaties_known:
        missing.append("treaties")
    if not profile.reviews:
        missing.append("past UPR reviews")
    if not profile.concluding_observations:
        missing.append("concluding observations")
    missing += [
        f"symbol of the {row.body} concluding observations of {row.year}"
        for row in profile.concluding_observations
        if not row.symbol
    ]
    if any(not visit.date for visit in profile.visits):
        missing.append("dates of visits by special procedures")
    if not profile.visits:
        missing.append("visits by special procedures")
    if not profile.institutions:
        missing.append("institutions")
    if not profile.axes:
        missing.append("axes")
    return tuple(missing)
