"""Ask for more time to answer a questionnaire; grant it, or refuse it with a reason."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tawsiya.accounts.choices import Role
from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated
from tawsiya.followup.choices import ExtensionState
from tawsiya.followup.commands.announce_requests import tell_coordinators_of, tell_institution_of
from tawsiya.followup.models import Extension, Reply
from tawsiya.followup.permissions_of_requests import may_act_on_extension, may_ask_for_time
from tawsiya.followup.queries_of_requests import today
from tawsiya.followup.workflow import EXTENSION, find


def ask_for_time(*, reply: Reply, wanted: date, reason: str, by: Reader) -> Extension:
    """Ask the delegation for a later deadline.

    Raises:
        PermissionRefused: not the institution's own, or it is not its turn any more.
        RuleViolated: no reason, a day that is no later than the deadline or not ahead, or asked already.
    """
    with transaction.atomic():
        reply = (
            Reply.objects.select_for_update(of=("self",))
            .select_related("institution", "questionnaire")
            .get(pk=reply.pk)
        )
        actor = acting(by, may_ask_for_time(by, reply))
        if not reason.strip():
            raise RuleViolated(_("Give the reason."))
        _check_day(wanted, reply)
        if reply.extensions.filter(state=ExtensionState.ASKED).exists():
            raise RuleViolated(_("More time is asked for already; the delegation has still to decide."))
        with audit.change(
            "extension.asked",
            by=actor,
            institution_id=reply.institution_id,
            state=ExtensionState.ASKED,
            reason=reason.strip(),
        ) as event:
            extension = Extension.objects.create(
                reply=reply,
                wanted=wanted,
                reason=reason.strip(),
                asked_by_id=actor.user_id,
                asked_at=clock.now(),
            )
            event.subject = extension
            event.after = {"institution": reply.institution.names, "deadline": wanted.isoformat()}
        tell_coordinators_of("extension.asked", reply, but_not=actor.user_id, wanted=wanted.isoformat())
    return extension


def act_on_extension(
    *, extension: Extension, action: str, by: Reader, reason: str = "", until: date | None = None
) -> Extension:
    """Grant, refuse or withdraw a request for more time.

    Args:
        until: the day granted, where it is another than the one asked for.

    Raises:
        PermissionRefused: not this reader's to decide, or decided already.
        RuleViolated: a refusal without its reason, or a day that is no later than the deadline.
    """
    with transaction.atomic():
        extension = (
            Extension.objects.select_for_update(of=("self",))
            .select_related("reply__institution", "reply__questionnaire")
            .get(pk=extension.pk)
        )
        actor = acting(by, may_act_on_extension(by, extension, action))
        transition = find(EXTENSION, extension.state, action)
        if transition is None:  # the permission has refused before
            raise LookupError(action)
        reason, reply = reason.strip(), extension.reply
        if transition.needs_reason and not reason:
            raise RuleViolated(_("Give the reason."))
        day = (until or extension.wanted) if action == "grant" else None
        if day is not None:
            _check_day(day, reply)
        with audit.change(
            f"extension.{transition.target}",
            by=actor,
            subject=extension,
            institution_id=reply.institution_id,
            state=transition.target,
            reason=reason,
        ) as event:
            extension.state, extension.decision, extension.granted = transition.target, reason, day
            extension.decided_by_id, extension.decided_at = actor.user_id, clock.now()
            extension.save()
            event.before = {"deadline": reply.deadline.isoformat()}
            if day is not None:
                reply.deadline = day
                reply.save()
            event.after = {"institution": reply.institution.names, "deadline": reply.deadline.isoformat()}
        if action == "withdraw":
            tell_coordinators_of("extension.withdrawn", reply, but_not=actor.user_id)
        else:
            roles = (Role.FOCAL_POINT, Role.VALIDATOR)
            tell_institution_of(f"extension.{transition.target}", reply, roles, but_not=actor.user_id)
    return extension


def _check_day(day: date, reply: Reply) -> None:
    if day <= reply.deadline or day <= today():
        raise RuleViolated(_("The new deadline must be later than the present one, and ahead."))
