"""Links and laws as evidence of a contribution: add them, and take them away again."""

from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Acting, Reader
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated
from tawsiya.followup.choices import EvidenceMark, ReferenceKind
from tawsiya.followup.models import Contribution, ContributionAuthor, Reference
from tawsiya.followup.permissions import may_act_on_contribution


@dataclass(frozen=True)
class Cited:
    """What is pointed to: a link by its address, a law by its number; the rest where it is known."""

    kind: ReferenceKind
    title: str
    url: str = ""
    number: str = ""
    dated: date | None = None
    mark: EvidenceMark = EvidenceMark.INTERNAL


def add_reference(*, contribution: Contribution, cited: Cited, by: Reader) -> Reference:
    """Tie a link or a law to a contribution that can be edited.

    Raises:
        PermissionRefused: `by` may not edit the contribution now.
        RuleViolated: no title, a link without address or with one that is none of the web, a law
            without number.
    """
    _check(cited)
    with transaction.atomic():
        contribution, actor = _editable(contribution.pk, by)
        with _event("reference.added", contribution, actor) as event:
            reference = Reference.objects.create(
                contribution=contribution,
                added_by_id=actor.user_id,
                added_at=clock.now(),
                **asdict(cited),
            )
            ContributionAuthor.objects.get_or_create(contribution=contribution, user_id=actor.user_id)
            # A restricted reference is no more visible than a restricted file: the event names none.
            event.after = {"kind": cited.kind.value, "mark": cited.mark.value}
    return reference


def remove_reference(*, reference: Reference, by: Reader) -> Reference:
    """Take a link or a law off a contribution that can be edited. The row stays for the record.

    Raises:
        PermissionRefused: `by` may not edit the contribution now.
        RuleViolated: already removed.
    """
    with transaction.atomic():
        contribution, actor = _editable(reference.contribution_id, by)
        reference = Reference.objects.select_for_update(of=("self",)).get(pk=reference.pk)
        if reference.removed_at is not None:
            raise RuleViolated(_("This reference was already removed."))
        with _event("reference.removed", contribution, actor) as event:
            reference.removed_at = clock.now()
            reference.save()
            event.after = {"kind": reference.kind}
    return reference


def _check(cited: Cited) -> None:
    if not cited.title.strip():
        raise RuleViolated(_("Give a title."))
    if cited.kind == ReferenceKind.LINK and not cited.url:
        raise RuleViolated(_("Give the address of the page."))
    if cited.url and not cited.url.startswith(("https://", "http://")):
        raise RuleViolated(_("An address begins with https:// or http://."))
    if cited.kind == ReferenceKind.LAW and not cited.number.strip():
        raise RuleViolated(_("Give the number of the law."))


def _editable(contribution_id: int, by: Reader) -> tuple[Contribution, Acting]:
    contribution = Contribution.objects.select_for_update(of=("self",)).get(pk=contribution_id)
    return contribution, acting(by, may_act_on_contribution(by, contribution, "edit", ()))


def _event(code: str, contribution: Contribution, actor: Acting) -> AbstractContextManager[audit.Draft]:
    return audit.change(
        code,
        by=actor,
        subject=contribution,
        item_id=contribution.recommendation_id,
        institution_id=contribution.institution_id,
        state=contribution.state,
    )
