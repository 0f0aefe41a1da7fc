"""Write, submit, approve and return contributions."""

from contextlib import AbstractContextManager

from django.db import transaction
from django.utils.translation import gettext as _

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Institution
from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Acting, Reader
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated, StaleData
from tawsiya.followup.choices import ContributionState
from tawsiya.followup.commands.announce import tell_about_contribution
from tawsiya.followup.content import Content
from tawsiya.followup.figures import MOST
from tawsiya.followup.models import Contribution, ContributionAuthor
from tawsiya.followup.permissions import may_act_on_contribution, may_contribute
from tawsiya.followup.queries import accepted_on
from tawsiya.followup.workflow import CONTRIBUTION, find
from tawsiya.recommendations.choices import scale_for
from tawsiya.recommendations.models import Group, Recommendation

__all__ = ["Content", "act_on_contribution", "edit_contribution", "start_contribution"]

INSTITUTION_PEOPLE = (Role.FOCAL_POINT, Role.VALIDATOR)

# Who is told when a contribution arrives in a state.
TOLD: dict[str, tuple[Role, ...]] = {
    ContributionState.WITH_VALIDATOR: (Role.VALIDATOR,),
    ContributionState.WITH_DELEGATION: (Role.COORDINATOR,),
    ContributionState.RETURNED_BY_VALIDATOR: (Role.FOCAL_POINT,),
    ContributionState.RETURNED_BY_DELEGATION: INSTITUTION_PEOPLE,
    ContributionState.VALIDATED: INSTITUTION_PEOPLE,
}


def start_contribution(
    *,
    recommendation: Recommendation,
    institution: Institution,
    content: Content,
    by: Reader,
    written_for: Group | None = None,
) -> Contribution:
    """Begin a contribution as a draft.

    Args:
        written_for: the group on each of whose members the same is written.

    Raises:
        PermissionRefused: `by` does not write for the institution, or it did not accept the item.
        RuleViolated: the proposed status does not fit the recommendation, a figure says not what it
            counts, or the institution has one under way on it: that one is to be edited.
    """
    actor = acting(by, may_contribute(by, institution.pk, accepted_on(recommendation)))
    _check(recommendation, content)
    now = clock.now()
    with audit.change(
        "contribution.started",
        by=actor,
        item_id=recommendation.pk,
        institution_id=institution.pk,
        state=ContributionState.DRAFT,
    ) as event:
        _see_that_none_is_under_way(recommendation, institution)
        contribution = Contribution.objects.create(
            recommendation=recommendation,
            institution=institution,
            created_by_id=actor.user_id,
            created_at=now,
            changed_at=now,
            written_for=written_for,
            **vars(content),
        )
        _add_author(contribution, actor)
        event.subject = contribution
        event.after = {"institution": institution.names}
    return contribution


def edit_contribution(
    *, contribution: Contribution, content: Content, seen_version: int, by: Reader
) -> Contribution:
    """Change a draft or a returned contribution.

    Raises:
        PermissionRefused: not this reader's, or not in a state that can be edited.
        StaleData: somebody saved since `seen_version`; nothing is overwritten.
        RuleViolated: the proposed status does not fit, or a figure says not what it counts.
    """
    with transaction.atomic():
        contribution = _locked(contribution)
        actor = acting(by, may_act_on_contribution(by, contribution, "edit", _authors(contribution)))
        if contribution.version != seen_version:
            raise StaleData(_("Somebody else saved this contribution meanwhile; compare before you save."))
        _check(contribution.recommendation, content)
        changed = {
            name: value for name, value in vars(content).items() if getattr(contribution, name) != value
        }
        if not changed:
            return contribution
        with _event("contribution.edited", contribution, contribution.state, actor) as event:
            event.before = {name: getattr(contribution, name) for name in changed}
            event.after = changed | {"institution": contribution.institution.names}
            for name, value in changed.items():
                setattr(contribution, name, value)
            contribution.version += 1
            contribution.changed_at = clock.now()
            contribution.save()
            _add_author(contribution, actor)
    return contribution


def act_on_contribution(
    *,
    contribution: Contribution,
    action: str,
    by: Reader,
    reason: str = "",
    seen_version: int | None = None,
) -> Contribution:
    """Submit, approve, return, validate or send back, as `followup.workflow` allows.

    Args:
        seen_version: the version the person decides on; not checked where omitted.

    Raises:
        PermissionRefused: not this reader's to decide, an author's own text, or not possible
            in its state.
        RuleViolated: an empty text is submitted, or the reason is missing.
        StaleData: the contribution changed since `seen_version`.
    """
    with transaction.atomic():
        contribution = _locked(contribution)
        actor = acting(by, may_act_on_contribution(by, contribution, action, _authors(contribution)))
        if seen_version is not None and contribution.version != seen_version:
            raise StaleData(_("This contribution changed meanwhile; read it again before you decide."))
        transition = find(CONTRIBUTION, contribution.state, action)
        if transition is None:  # the permission has refused before
            raise LookupError(action)
        reason = reason.strip()
        if transition.needs_reason and not reason:
            raise RuleViolated(_("Give the reason."))
        if not contribution.measures_taken.strip():
            raise RuleViolated(_("Describe the measures taken before you submit."))
        before = contribution.state
        with _event(f"contribution.{transition.target}", contribution, transition.target, actor) as event:
            event.reason = reason
            event.before, event.after = (
                {"state": before},
                {"state": transition.target, "institution": contribution.institution.names},
            )
            contribution.state = transition.target
            contribution.return_reason = reason if transition.needs_reason else ""
            contribution.version += 1
            contribution.changed_at = clock.now()
            contribution.save()
        tell_about_contribution(
            f"contribution.{transition.target}",
            contribution,
            TOLD[transition.target],
            but_not=actor.user_id,
        )
    return contribution


def _see_that_none_is_under_way(recommendation: Recommendation, institution: Institution) -> None:
    # The lock makes two who begin at once take turns: a double click is no second draft.
    Recommendation.objects.select_for_update(of=("self",)).get(pk=recommendation.pk)
    under_way = Contribution.objects.filter(recommendation=recommendation, institution=institution)
    if under_way.exclude(state=ContributionState.VALIDATED).exists():
        raise RuleViolated(_("Your institution has a contribution on this recommendation under way already."))


def _check(recommendation: Recommendation, content: Content) -> None:
    if any(not (figure["label"] and figure["value"]) for figure in content.figures):
        raise RuleViolated(_("Each figure needs what it counts and its value."))
    if len(content.figures) > MOST:
        raise RuleViolated(_("At most %(limit)s figures are kept.") % {"limit": MOST})
    if content.proposed_status and content.proposed_status not in scale_for(recommendation.position):
        raise RuleViolated(_("This status does not fit the State's position on the recommendation."))


def _locked(contribution: Contribution) -> Contribution:
    return (
        Contribution.objects.select_for_update(of=("self",))
        .select_related("institution", "recommendation__document")
        .get(pk=contribution.pk)
    )


def _authors(contribution: Contribution) -> frozenset[int]:
    return frozenset(
        ContributionAuthor.objects.filter(contribution=contribution).values_list("user_id", flat=True)
    )


def _add_author(contribution: Contribution, actor: Acting) -> None:
    for user_id in {actor.user_id, actor.on_behalf_of_id or actor.user_id}:
        ContributionAuthor.objects.get_or_create(contribution=contribution, user_id=user_id)


def _event(
    code: str, contribution: Contribution, state: str, actor: Acting
) -> AbstractContextManager[audit.Draft]:
    return audit.change(
        code,
        by=actor,
        subject=contribution,
        item_id=contribution.recommendation_id,
        institution_id=contribution.institution_id,
        state=state,
    )
