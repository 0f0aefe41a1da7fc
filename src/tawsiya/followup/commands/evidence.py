"""Attach files to contributions, and take them away again."""

import hashlib
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated
from tawsiya.core.proofs import check
from tawsiya.followup.choices import EvidenceMark
from tawsiya.followup.models import Contribution, ContributionAuthor, Evidence
from tawsiya.followup.permissions import may_act_on_contribution


def attach_evidence(
    *,
    contribution: Contribution,
    title: str,
    file_name: str,
    data: bytes,
    mark: EvidenceMark,
    by: Reader,
) -> Evidence:
    """Store a file in private storage and tie it to a contribution that can be edited.

    Raises:
        PermissionRefused: `by` may not edit the contribution now.
        RuleViolated: empty, too large, or of a kind that is not accepted.
    """
    media_type = check(data)
    with transaction.atomic():
        contribution = Contribution.objects.select_for_update(of=("self",)).get(pk=contribution.pk)
        actor = acting(by, may_act_on_contribution(by, contribution, "edit", ()))
        stored_as = default_storage.save(f"evidence/{uuid4().hex}", ContentFile(data))
        with audit.change(
            "evidence.attached",
            by=actor,
            subject=contribution,
            item_id=contribution.recommendation_id,
            institution_id=contribution.institution_id,
            state=contribution.state,
        ) as event:
            evidence = Evidence.objects.create(
                contribution=contribution,
                title=title.strip() or file_name,
                file_name=file_name[-200:],
                stored_as=stored_as,
                media_type=media_type,
                size=len(data),
                sha256=hashlib.sha256(data).hexdigest(),
                mark=mark,
                uploaded_by_id=actor.user_id,
                uploaded_at=clock.now(),
            )
            ContributionAuthor.objects.get_or_create(contribution=contribution, user_id=actor.user_id)
            # A restricted file's title is no more visible than the file: the event names none.
            event.after = {"sha256": evidence.sha256, "mark": mark.value}
    return evidence


def remove_evidence(*, evidence: Evidence, by: Reader) -> Evidence:
    """Take a file off a contribution that can be edited. The row and the bytes stay for the record.

    Raises:
        PermissionRefused: `by` may not edit the contribution now.
        RuleViolated: already removed.
    """
    with transaction.atomic():
        contribution = Contribution.objects.select_for_update(of=("self",)).get(pk=evidence.contribution_id)
        actor = acting(by, may_act_on_contribution(by, contribution, "edit", ()))
        evidence = Evidence.objects.select_for_update().get(pk=evidence.pk)
        if evidence.removed_at is not None:
            raise RuleViolated(_("This file was already removed."))
        with audit.change(
            "evidence.removed",
            by=actor,
            subject=contribution,
            item_id=contribution.recommendation_id,
            institution_id=contribution.institution_id,
            state=contribution.state,
        ) as event:
            evidence.removed_at = clock.now()
            evidence.save()
            event.after = {"sha256": evidence.sha256}
    return evidence
