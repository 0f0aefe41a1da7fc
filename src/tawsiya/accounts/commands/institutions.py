"""Write institutions, their directorates and their successors."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.text import slugify
from django.utils.translation import gettext as _

from tawsiya.accounts import succession
from tawsiya.accounts.choices import InstitutionKind, Role
from tawsiya.accounts.models import Institution
from tawsiya.accounts.permissions import require
from tawsiya.accounts.queries import above, memberships_on
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import HOME, IMPLEMENTING, Act
from tawsiya.audit import commands as audit
from tawsiya.core.errors import RuleViolated
from tawsiya.core.labels import Label, text_of


@dataclass(frozen=True)
class InstitutionFacts:
    """What is known of an institution. A date that is not known stays empty."""

    kind: InstitutionKind
    names: Label
    acronyms: Label = field(default_factory=dict)
    exists_from: date | None = None


def create_institution(
    *,
    key: str,
    kind: InstitutionKind,
    names: Label,
    acronyms: Label | None = None,
    parent: Institution | None = None,
    exists_from: date | None = None,
    by: audit.Actor = audit.SYSTEM,
) -> Institution:
    """Create an institution or directorate."""
    with audit.change("institution.created", by=by) as event:
        institution = Institution.objects.create(
            key=key,
            kind=kind,
            names=names,
            acronyms=acronyms or {},
            parent=parent,
            exists_from=exists_from,
        )
        event.subject = institution
        event.after = {"names": names, "kind": kind.value}
    return institution


def add_institution(*, facts: InstitutionFacts, parent: Institution | None = None, by: Reader) -> Institution:
    """Create an institution, or a directorate of `parent`, as an administrator.

    A directorate is of its institution's kind.

    Raises:
        PermissionRefused: `by` is no administrator.
        RuleViolated: it has no name, or the institution above it ceased to exist.
    """
    actor = require(by, Act.MANAGE_INSTITUTIONS)
    names = _given(facts.names)
    if parent is not None and parent.successor_id is not None:
        raise RuleViolated(_("%(institution)s was replaced.") % {"institution": parent})
    return create_institution(
        key=_free_key(names),
        kind=InstitutionKind(parent.kind) if parent else facts.kind,
        names=names,
        acronyms={code: text for code, text in facts.acronyms.items() if text},
        parent=parent,
        exists_from=facts.exists_from,
        by=actor,
    )


def _given(names: Label) -> Label:
    given = {code: text.strip() for code, text in names.items() if text.strip()}
    if not given:
        raise RuleViolated(_("Give the institution a name."))
    return given


def _free_key(names: Label) -> str:
    stem = slugify(text_of(names, "en"))[:100] or "institution"
    taken = set(Institution.objects.filter(key__startswith=stem).values_list("key", flat=True))
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key


def change_institution(*, institution: Institution, facts: InstitutionFacts, by: Reader) -> Institution:
    """Change an institution's names, acronyms, kind and first day; its directorates follow its kind.

    Raises:
        PermissionRefused: `by` is no administrator.
        RuleViolated: it has no name, its first day comes after its last, or somebody holds a role
            there that does not exist in the new kind.
    """
    actor = require(by, Act.MANAGE_INSTITUTIONS)
    names = _given(facts.names)
    with audit.change("institution.changed", by=actor) as event:
        institution = Institution.objects.select_for_update(of=("self",)).get(pk=institution.pk)
        ended = institution.exists_to
        if facts.exists_from and ended and facts.exists_from > ended:
            raise RuleViolated(_("The last day comes before the first."))
        if facts.kind != institution.kind:
            _check_kind(institution, facts.kind)
        event.before = _frozen(institution)
        institution.names, institution.kind = names, facts.kind
        institution.acronyms = {code: text for code, text in facts.acronyms.items() if text}
        institution.exists_from = facts.exists_from
        institution.save()
        for part in Institution.objects.filter(parent=institution).exclude(kind=facts.kind):
            part.kind = facts.kind
            part.save(update_fields=["kind"])
        event.subject, event.after = institution, _frozen(institution)
    return institution


def _frozen(institution: Institution) -> dict[str, object]:
    return {
        "names": institution.names,
        "acronyms": institution.acronyms,
        "kind": str(institution.kind),
        "exists_from": institution.exists_from and institution.exists_from.isoformat(),
    }


def _check_kind(institution: Institution, kind: InstitutionKind) -> None:
    if institution.parent_id is not None:
        raise RuleViolated(_("A directorate is of the kind of its institution."))
    held = memberships_on().filter(institution__in=[institution.pk, *_parts(institution)])
    for role in {Role(role) for role in held.values_list("role", flat=True)}:
        if kind not in HOME[role]:
            raise RuleViolated(
                _("Somebody holds the role %(role)s there, which does not exist in this kind of institution.")
                % {"role": role.label}
            )


def _parts(institution: Institution) -> list[int]:
    return list(Institution.objects.filter(parent=institution).values_list("pk", flat=True))


def succeed_institution(
    *, institution: Institution, successor: Institution, on: date, by: Reader
) -> Institution:
    """Replace an institution by another from a day on: ministries merge at every reshuffle.

    What the old one finished keeps its name in the record, and the people of the new one read it
    (`queries.reach`). What is still open is handed over at once, each with its trace (`succession`).

    Args:
        on: the first day of the successor's charge; the old one's last day is the day before.

    Raises:
        PermissionRefused: `by` is no administrator.
        RuleViolated: replaced already, replaced by itself or by one that it succeeds, the successor
            does not exist then, or one of the two implements recommendations and the other never does.
    """
    actor = require(by, Act.MANAGE_INSTITUTIONS)
    with audit.change("institution.succeeded", by=actor) as event:
        institution = Institution.objects.select_for_update(of=("self",)).get(pk=institution.pk)
        last = on - timedelta(days=1)
        _check_succession(institution, successor, on, last)
        institution.successor, institution.exists_to = successor, last
        institution.save()
        event.subject = institution
        event.after = {
            "institution": institution.names,
            "successor": successor.names,
            "on": on.isoformat(),
        }
        event.after |= succession.carry_out(institution, successor, actor)
    return institution


def check_succession(*, institution: Institution, successor: Institution, on: date, by: Reader) -> None:
    """Raise what `succeed_institution` would; write nothing: for the preview."""
    require(by, Act.MANAGE_INSTITUTIONS)
    _check_succession(institution, successor, on, on - timedelta(days=1))


def _check_succession(institution: Institution, successor: Institution, on: date, last: date) -> None:
    if institution.successor_id is not None:
        raise RuleViolated(_("%(institution)s was replaced already.") % {"institution": institution})
    if institution.pk in above(successor.pk):
        raise RuleViolated(_("An institution is not replaced by itself, nor by a part or predecessor of it."))
    kinds = {InstitutionKind(institution.kind), InstitutionKind(successor.kind)}
    if len(kinds) > 1 and not kinds <= IMPLEMENTING:
        raise RuleViolated(
            _(
                "%(successor)s cannot take over from %(institution)s: "
                "only one of them carries out recommendations."
            )
            % {"successor": successor, "institution": institution}
        )
    if (successor.exists_from and successor.exists_from > on) or (
        successor.exists_to and successor.exists_to < on
    ):
        raise RuleViolated(_("%(institution)s does not exist on that day.") % {"institution": successor})
    if institution.exists_from and last < institution.exists_from:
        raise RuleViolated(_("The last day comes before the first."))
