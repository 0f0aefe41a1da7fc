"""Publish, and withdraw from the public pages."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tawsiya.accounts.models import Institution
from tawsiya.accounts.permissions import require
from tawsiya.accounts.reader import Acting, Reader
from tawsiya.accounts.roles import Act
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated, StaleData
from tawsiya.followup.commands.announce import tell_institution
from tawsiya.followup.models import Evidence
from tawsiya.portal import programmes
from tawsiya.portal.choices import TEXT_ONLY, Selection
from tawsiya.portal.composing import Composed, compose, offer
from tawsiya.portal.messages import why_not
from tawsiya.portal.models import ProgrammeSnapshot, PublicationAct, Snapshot, SnapshotFile
from tawsiya.portal.queries import latest_of, latest_of_programme, selection_of
from tawsiya.portal.stripping import CannotStrip, sandbox
from tawsiya.programme.models import Programme, Version
from tawsiya.recommendations.models import Access, Recommendation

EXTENSIONS = {
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "text/plain": "txt",
}


@dataclass(frozen=True)
class Cleaned:
    """An evidence file ready to be published: its copy without metadata."""

    evidence: Evidence
    data: bytes


def publish(*, recommendation: Recommendation, selection: Selection, by: Reader, seen: str = "") -> Snapshot:
    """Write the next version of what the public sees of a recommendation.

    Args:
        selection: what is published besides the text as issued.
        seen: fingerprint of the preview that the person saw; not checked where omitted.

    Raises:
        PermissionRefused: `by` is no coordinator.
        RuleViolated: something chosen cannot be published, or nothing differs from what is public.
        StaleData: what would be published is no longer what was seen.
    """
    actor = require(by, Act.PUBLISH)
    with transaction.atomic():
        item = _locked(recommendation)
        composed = compose(item, selection, by)
        if seen and seen != composed.fingerprint:
            raise StaleData(
                _("Something changed since you saw the preview; look at it again before you publish.")
            )
        current = latest_of(item.pk)
        if current and current.act == PublicationAct.PUBLISH and current.content == composed.content:
            raise RuleViolated(_("Nothing has changed since the last publication."))
        return _write(item, composed, current, actor)


def _write(item: Recommendation, composed: Composed, current: Snapshot | None, actor: Acting) -> Snapshot:
    # Before the act is numbered: cleaning takes seconds, and the history is locked while an act writes.
    files = [_clean(evidence) for evidence in composed.evidence]
    with audit.change("publication.published", by=actor, item_id=item.pk, state="published") as event:
        snapshot = Snapshot.objects.create(
            recommendation_id=item.pk,
            version=_next_version(current),
            act=PublicationAct.PUBLISH,
            published_at=clock.now(),
            content=composed.content,
            **composed.columns,
        )
        for file in files:
            _copy(file, snapshot)
        event.subject, event.after = snapshot, {"version": snapshot.version}
        _tell("publication.published", item, actor)
    return snapshot


def _next_version(current: Snapshot | None) -> int:
    return current.version + 1 if current else 1


def _clean(evidence: Evidence) -> Cleaned:
    with default_storage.open(evidence.stored_as) as stored:
        data = stored.read()
    try:
        return Cleaned(evidence, sandbox.strip(data, evidence.media_type))
    except CannotStrip as refusal:
        raise RuleViolated(
            _("“%(title)s” cannot be published. %(reason)s")
            % {"title": evidence.title, "reason": why_not(refusal)}
        ) from refusal


def _copy(file: Cleaned, snapshot: Snapshot) -> None:
    """Store the clean copy by its content: a file published twice is stored once."""
    digest = hashlib.sha256(file.data).hexdigest()
    stored_as = f"published/{digest}"
    if not default_storage.exists(stored_as):
        default_storage.save(stored_as, ContentFile(file.data))
    SnapshotFile.objects.create(
        snapshot_row=snapshot,
        title=file.evidence.title,
        # The file's own name may name its author; the title was chosen to be read.
        file_name=_public_name(file.evidence),
        stored_as=stored_as,
        media_type=file.evidence.media_type,
        size=len(file.data),
        sha256=digest,
    )


def _public_name(evidence: Evidence) -> str:
    stem = slugify(evidence.title, allow_unicode=True)[:120] or "evidence"
    return f"{stem}.{EXTENSIONS[evidence.media_type]}"


def withdraw_publication(*, recommendation: Recommendation, by: Reader, reason: str) -> Snapshot:
    """Take a recommendation off the public pages; its history inside keeps the reason.

    Raises:
        PermissionRefused: `by` is no coordinator.
        RuleViolated: no reason, or it is not published.
    """
    actor = require(by, Act.PUBLISH)
    if not reason.strip():
        raise RuleViolated(_("Give the reason."))
    with transaction.atomic():
        item = _locked(recommendation)
        current = latest_of(item.pk)
        if current is None or current.act == PublicationAct.WITHDRAW:
            raise RuleViolated(_("This recommendation is not published."))
        with audit.change(
            "publication.withdrawn", by=actor, item_id=item.pk, state="withdrawn", reason=reason.strip()
        ) as event:
            snapshot = Snapshot.objects.create(
                recommendation_id=item.pk,
                version=_next_version(current),
                act=PublicationAct.WITHDRAW,
                published_at=clock.now(),
            )
            event.subject, event.after = snapshot, {"version": snapshot.version}
            _tell("publication.withdrawn", item, actor)
    return snapshot


@dataclass(frozen=True)
class Published:
    """What a publication of many did: written versions, and how many stayed as they were."""

    snapshots: list[Snapshot]
    unchanged: int


def publish_many(*, recommendations: Sequence[Recommendation], with_status: bool, by: Reader) -> Published:
    """Publish many at once, all or none: texts and positions, and confirmed statuses where asked.

    What was chosen for an item that is public already stays chosen. An item without a confirmed
    status is published without.

    Raises:
        PermissionRefused: `by` is no coordinator.
        RuleViolated: nothing chosen, or one of them cannot be published.
    """
    actor = require(by, Act.PUBLISH)
    if not recommendations:
        raise RuleViolated(_("Choose at least one recommendation."))
    written: list[Snapshot] = []
    with transaction.atomic():
        for recommendation in sorted(recommendations, key=lambda row: row.pk):
            item = _locked(recommendation)
            current = latest_of(item.pk)
            selection = _keep_and_add(item, current, with_status=with_status, by=by)
            composed = compose(item, selection, by)
            if current and current.content == composed.content:
                continue
            written.append(_write(item, composed, current, actor))
    return Published(written, len(recommendations) - len(written))


def _keep_and_add(
    item: Recommendation, current: Snapshot | None, *, with_status: bool, by: Reader
) -> Selection:
    offered = offer(item, by)
    selection = selection_of(current, offered) if current else TEXT_ONLY
    if with_status and offered.assessment is not None:
        selection = replace(selection, status=True)
    return selection


def _locked(recommendation: Recommendation) -> Recommendation:
    return (
        Recommendation.objects.select_for_update(of=("self",))
        .select_related("document__body", "document__review", "parent")
        .get(pk=recommendation.pk)
    )


def _involved(item: Recommendation) -> Iterable[Institution]:
    rows = Access.objects.filter(recommendation_id__in=[item.pk, item.parent_id])
    return Institution.objects.filter(pk__in=rows.values("institution_id")).order_by("key")


def _tell(code: str, item: Recommendation, actor: Acting) -> None:
    for institution in _involved(item):
        tell_institution(code, institution, item, but_not=actor.user_id)


def publish_programme(*, version: Version, by: Reader) -> ProgrammeSnapshot:
    """Publish the adopted version of a programme with its measures and where each stands today.

    Raises:
        PermissionRefused: `by` is no coordinator.
        RuleViolated: the version is not the adopted one, or nothing differs from what is public.
    """
    actor = require(by, Act.PUBLISH)
    with transaction.atomic():
        programme = Programme.objects.select_for_update().get(pk=version.programme_id)
        content = programmes.compose(version, by)
        current = latest_of_programme(programme.key)
        if current and current.content == content:
            raise RuleViolated(_("Nothing has changed since the last publication."))
        with audit.change("programme.published", by=actor, state="adopted", subject=version) as event:
            snapshot = ProgrammeSnapshot.objects.create(
                key=programme.key,
                publication=current.publication + 1 if current else 1,
                act=PublicationAct.PUBLISH,
                published_at=clock.now(),
                items=programmes.items_of(content),
                content=content,
            )
            event.after = {"version": snapshot.publication}
    return snapshot


def withdraw_programme(*, version: Version, by: Reader, reason: str) -> ProgrammeSnapshot:
    """Take a programme off the public pages; its history inside keeps the reason.

    Raises:
        PermissionRefused: `by` is no coordinator.
        RuleViolated: no reason, or it is not published.
    """
    actor = require(by, Act.PUBLISH)
    if not reason.strip():
        raise RuleViolated(_("Give the reason."))
    with transaction.atomic():
        programme = Programme.objects.select_for_update().get(pk=version.programme_id)
        current = latest_of_programme(programme.key)
        if current is None or current.act == PublicationAct.WITHDRAW:
            raise RuleViolated(_("This programme is not published."))
        with audit.change(
            "programme.unpublished", by=actor, state=version.state, subject=version, reason=reason.strip()
        ) as event:
            snapshot = ProgrammeSnapshot.objects.create(
                key=programme.key,
                publication=current.publication + 1,
                act=PublicationAct.WITHDRAW,
                published_at=clock.now(),
            )
            event.after = {"version": snapshot.publication}
    return snapshot
