"""Change what is said about recommendations: tags set by a person, translations, national grades."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.audit import commands as audit
from tawsiya.core.errors import RuleViolated, StaleData
from tawsiya.mechanisms.choices import TextStatus
from tawsiya.recommendations.choices import TagOrigin, grades_for
from tawsiya.recommendations.models import (
    Recommendation,
    RecommendationTag,
    RecommendationText,
    Tag,
    TagRefusal,
)
from tawsiya.recommendations.permissions import may_grade, may_tag, may_translate


def set_tags(
    *, recommendation: Recommendation, tags: Iterable[Tag], by: Reader, seen_version: int | None = None
) -> Recommendation:
    """Make `tags` the tags that people set, beside those of imports, which stay; a target brings its goal.

    An automatic tag among `tags` becomes the person's; one left out is taken away and not applied again.
    Nothing is written when nothing changes. Returns the recommendation as it is now.

    Raises:
        PermissionRefused: `by` is not of the delegation.
        RuleViolated: the recommendation is withdrawn.
        StaleData: it changed since `seen_version`.
    """
    actor = acting(by, may_tag(by))
    with transaction.atomic():
        item = _locked(recommendation, seen_version)
        links = list(RecommendationTag.objects.filter(recommendation=item).select_related("tag"))
        ours = {link.tag_id: link for link in links if link.origin != TagOrigin.IMPORT}
        imported = {link.tag_id for link in links} - ours.keys()
        wanted = {tag.pk: tag for tag in _with_goals(tags) if tag.pk not in imported}
        confirmed = [pk for pk in wanted if pk in ours and ours[pk].origin == TagOrigin.AUTOMATIC]
        if wanted.keys() == ours.keys() and not confirmed:
            return item
        with audit.change("recommendation.tagged", by=actor, subject=item, item_id=item.pk) as event:
            event.before = {"tags": sorted(link.tag.code for link in ours.values())}
            event.after = {"tags": sorted(tag.code for tag in wanted.values())}
            gone = [pk for pk in ours if pk not in wanted]
            RecommendationTag.objects.filter(recommendation=item, tag__in=[*gone, *confirmed]).delete()
            RecommendationTag.objects.bulk_create(
                RecommendationTag(
                    recommendation=item,
                    tag=tag,
                    origin=TagOrigin.PERSON,
                    set_by_id=actor.user_id,
                    model_version=ours[pk].model_version if pk in ours else None,
                )
                for pk, tag in wanted.items()
                if pk not in ours or pk in confirmed
            )
            remember_refusals(item, refused=gone, welcome=wanted, user_id=actor.user_id)
            _bump(item)
    return item


def remember_refusals(
    item: Recommendation, *, refused: Iterable[int], welcome: Iterable[int], user_id: int
) -> None:
    """Note tags that a person took away, forget those a person gave. Inside the caller's audited act."""
    TagRefusal.objects.filter(recommendation=item, tag__in=list(welcome)).delete()
    TagRefusal.objects.bulk_create(
        [TagRefusal(recommendation=item, tag_id=pk, refused_by_id=user_id) for pk in refused],
        ignore_conflicts=True,
    )


def add_translation(
    *,
    recommendation: Recommendation,
    language: str,
    text: str,
    by: Reader,
    seen_version: int | None = None,
) -> RecommendationText:
    """Add an unofficial translation, or replace an earlier one. An official text is never touched.

    Raises:
        PermissionRefused: `by` is not of the delegation.
        RuleViolated: no text, a language that the system does not know, an official text in that
            language, or a withdrawn recommendation.
        StaleData: the recommendation changed since `seen_version`.
    """
    actor = acting(by, may_translate(by))
    text = text.strip()
    if not text:
        raise RuleViolated(_("Write the text."))
    if language not in dict(settings.LANGUAGES):
        raise RuleViolated(_("This language is not one of the system's."))
    with transaction.atomic():
        item = _locked(recommendation, seen_version)
        row = RecommendationText.objects.filter(recommendation=item, language=language).first()
        if row is not None and row.status == TextStatus.OFFICIAL:
            raise RuleViolated(_("There is an official text in this language."))
        if row is not None and row.text == text:
            return row
        with audit.change("recommendation.translated", by=actor, subject=item, item_id=item.pk) as event:
            event.before = {"language": language, "text": row.text} if row else {}
            event.after = {"language": language, "text": text}
            if row is None:
                row = RecommendationText(recommendation=item, language=language, status=TextStatus.UNOFFICIAL)
            row.text = text
            row.save()
            _bump(item)
    return row


def set_national_grade(
    *, recommendation: Recommendation, grade: str, by: Reader, seen_version: int | None = None
) -> Recommendation:
    """Record the finer grade of the national answer, or take it away (""). Returns the row as it is now.

    Raises:
        PermissionRefused: `by` is not of the delegation.
        RuleViolated: no such grade, one that contradicts the position recorded at the UN (DOMAIN §2),
            or a withdrawn recommendation.
        StaleData: the recommendation changed since `seen_version`.
    """
    actor = acting(by, may_grade(by))
    with transaction.atomic():
        item = _locked(recommendation, seen_version)
        if grade and grade not in grades_for(item.position):
            raise RuleViolated(_("This grade does not fit the position recorded at the UN."))
        if grade == item.national_grade:
            return item
        with audit.change("recommendation.graded", by=actor, subject=item, item_id=item.pk) as event:
            event.before, event.after = {"grade": item.national_grade}, {"grade": grade}
            item.national_grade = grade
            item.version += 1
            item.save(update_fields=["national_grade", "version"])
    return item


def _locked(recommendation: Recommendation, seen_version: int | None) -> Recommendation:
    item = (
        Recommendation.objects.select_for_update(of=("self",))
        .select_related("document")
        .get(pk=recommendation.pk)
    )
    if item.withdrawn_at is not None:
        raise RuleViolated(_("This recommendation was withdrawn from its document."))
    if seen_version is not None and item.version != seen_version:
        raise StaleData(_("This recommendation changed meanwhile; look at it again before you decide."))
    return item


def _bump(item: Recommendation) -> None:
    item.version += 1
    item.save(update_fields=["version"])


def _with_goals(tags: Iterable[Tag]) -> list[Tag]:
    chosen = list(tags)
    goals = Tag.objects.filter(narrower__in=[tag.pk for tag in chosen], taxonomy="sdg_goal")
    return [*chosen, *goals]
