"""Train models, keep what they suggest, decide on it, apply it automatically and undo that."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Acting, Reader
from tawsiya.analysis.examples import FEWEST, examples_of
from tawsiya.analysis.models import Decision, ModelArrays, ModelVersion, Suggestion
from tawsiya.analysis.models.tagging import Verdict
from tawsiya.analysis.permissions import may_review, may_see_institutions
from tawsiya.analysis.queries.tagging import newest_version, untagged
from tawsiya.analysis.suggesting import model_of, said_of
from tawsiya.audit import commands as audit
from tawsiya.core import clock, learn
from tawsiya.core.errors import RuleViolated
from tawsiya.recommendations.choices import TagOrigin
from tawsiya.recommendations.commands import remember_refusals
from tawsiya.recommendations.models import Recommendation, RecommendationTag, Tag, TagRefusal, Vocabulary


def train(*, vocabulary: Vocabulary | None, by: Reader) -> ModelVersion:
    """Learn anew from what is tagged, suggest for what is not, and apply that where the taxonomy says so.

    Without `vocabulary`, learn which institution leads. Takes seconds to minutes: called by a job.

    Raises:
        PermissionRefused: `by` may not.
        RuleViolated: there is too little to learn from.
    """
    actor = acting(by, may_review(by) if vocabulary else may_see_institutions(by))
    found = examples_of(vocabulary)
    if not found.enough:
        raise RuleViolated(
            _("There is too little to learn from: at least %(count)s labelled recommendations are needed.")
            % {"count": FEWEST}
        )
    precision = vocabulary.precision if vocabulary else 0.98
    settings = learn.Settings(precision=precision)
    model = learn.fit(found.texts, found.labels, groups=found.groups, settings=settings)
    about, data = learn.dump(model)
    with audit.change("model.trained", by=actor) as event:
        last = ModelVersion.objects.filter(vocabulary=vocabulary).aggregate(last=Max("number"))["last"]
        version = ModelVersion.objects.create(
            vocabulary=vocabulary,
            number=(last or 0) + 1,
            about=about,
            fingerprint=model.fingerprint,
            examples=found.count,
            trained_at=clock.now(),
            trained_by_id=actor.user_id,
        )
        ModelArrays.objects.create(version=version, data=data)
        event.subject = version
        event.after = {"model": str(version), "examples": found.count, "fingerprint": model.fingerprint}
    if vocabulary is not None:
        suggest(version=version)
        if vocabulary.applies_automatically:
            apply_automatically(version=version, by=by)
    return version


@transaction.atomic
def suggest(*, version: ModelVersion) -> int:
    """Make the suggestions of a taxonomy's model anew; those of its earlier versions go. Return how many."""
    vocabulary = version.vocabulary
    assert vocabulary is not None
    tags = {tag.code: tag.pk for tag in Tag.objects.filter(taxonomy=vocabulary.code, is_retired=False)}
    refused = set(
        TagRefusal.objects.filter(tag__taxonomy=vocabulary.code).values_list("recommendation_id", "tag_id")
    )
    items = list(untagged(vocabulary).values_list("pk", flat=True))
    rows = [
        Suggestion(
            version=version, recommendation_id=said.item, tag_id=tags[said.label], score=said.score,
            given=said.given, sure=said.sure,
        )
        for said in said_of(model_of(version), items)
        if said.label in tags and (said.item, tags[said.label]) not in refused
    ]  # fmt: skip
    Suggestion.objects.filter(version__vocabulary=vocabulary).delete()
    Suggestion.objects.bulk_create(rows, batch_size=1000)
    return len(rows)


def suggest_by_newest() -> int:
    """Make the suggestions of every taxonomy's newest model anew; return how many there are.

    After an import: what a model says of newcomers is shown at once. Applying stays with the training.
    """
    newest = (newest_version(vocabulary) for vocabulary in Vocabulary.objects.order_by("code"))
    return sum(suggest(version=version) for version in newest if version and version.undone_at is None)


def apply_automatically(*, version: ModelVersion, by: Reader) -> int:
    """Apply the suggestions that are sure, each marked with the version; one event. Return how many.

    Only where neither the document nor a person said anything in the taxonomy, and never a tag that a person
    refused for the recommendation.

    Raises:
        PermissionRefused: `by` may not.
        RuleViolated: there is a newer version, or this one was undone.
    """
    actor = acting(by, may_review(by))
    with transaction.atomic():
        version = ModelVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
        vocabulary = version.vocabulary
        if vocabulary is None or newest_version(vocabulary) != version:
            raise RuleViolated(_("There is a newer model; apply that one."))
        if version.undone_at is not None:
            raise RuleViolated(_("What this model applied was undone; train it again first."))
        open_items = untagged(vocabulary).values("pk")
        sure = Suggestion.objects.filter(version=version, sure=True, recommendation__in=open_items)
        refused = set(
            TagRefusal.objects.filter(tag__taxonomy=vocabulary.code).values_list(
                "recommendation_id", "tag_id"
            )
        )
        links = [
            RecommendationTag(
                recommendation_id=row.recommendation_id, tag_id=row.tag_id, origin=TagOrigin.AUTOMATIC,
                model_version=version.pk,
            )
            for row in sure
            if (row.recommendation_id, row.tag_id) not in refused
        ]  # fmt: skip
        present = set(
            RecommendationTag.objects.filter(
                recommendation__in=[link.recommendation_id for link in links], tag__taxonomy=vocabulary.code
            ).values_list("recommendation_id", "tag_id")
        )
        links = [link for link in links if (link.recommendation_id, link.tag_id) not in present]
        if not links:
            return 0
        with audit.change("tags.applied", by=actor, subject=version) as event:
            RecommendationTag.objects.bulk_create(links, batch_size=1000)
            _bump([link.recommendation_id for link in links])
            version.applied_at = clock.now()
            version.save(update_fields=["applied_at"])
            event.after = {"count": len(links), "model": str(version)}
    return len(links)


def undo_automatic(*, version: ModelVersion, by: Reader, reason: str) -> int:
    """Take away every tag that a version applied and no person confirmed; one event. Return how many.

    Raises:
        PermissionRefused: `by` may not.
        RuleViolated: no reason is given, or nothing of it is left.
    """
    actor = acting(by, may_review(by))
    if not reason.strip():
        raise RuleViolated(_("Say why."))
    with transaction.atomic():
        version = ModelVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
        links = RecommendationTag.objects.filter(origin=TagOrigin.AUTOMATIC, model_version=version.pk)
        items = list(links.values_list("recommendation_id", flat=True))
        if not items:
            raise RuleViolated(_("Nothing that this model applied is left."))
        with audit.change("tags.undone", by=actor, subject=version, reason=reason.strip()) as event:
            links.delete()
            _bump(items)
            version.undone_at = clock.now()
            version.save(update_fields=["undone_at"])
            event.after = {"count": len(items), "model": str(version)}
    return len(items)


def decide(
    *,
    version: ModelVersion,
    recommendation: Recommendation,
    chosen: Sequence[Tag],
    by: Reader,
    seen_version: int | None = None,
) -> None:
    """Give a recommendation the tags chosen; what the model suggested beside them is refused.

    Each suggestion and each tag added leaves a decision with the version and the score.

    Raises:
        PermissionRefused: `by` may not.
        RuleViolated: nothing is suggested for it any more, a tag is of another taxonomy, or several are
            chosen where one only can be.
    """
    actor = acting(by, may_review(by))
    vocabulary = version.vocabulary
    if vocabulary is None or any(tag.taxonomy != vocabulary.code for tag in chosen):
        raise RuleViolated(_("These tags are of another taxonomy."))
    if vocabulary.exclusive and len(chosen) > 1:
        raise RuleViolated(_("A recommendation has one label of this taxonomy only."))
    with transaction.atomic():
        item = (
            Recommendation.objects.select_for_update(of=("self",))
            .select_related("document")
            .get(pk=recommendation.pk)
        )
        if item.withdrawn_at is not None:
            raise RuleViolated(_("This recommendation was withdrawn from its document."))
        if seen_version is not None and item.version != seen_version:
            raise RuleViolated(
                _("This recommendation changed meanwhile; look at it again before you decide.")
            )
        shown = {row.tag_id: row for row in Suggestion.objects.filter(version=version, recommendation=item)}
        if not shown:
            raise RuleViolated(_("Somebody decided on this recommendation already."))
        with audit.change("recommendation.tags_reviewed", by=actor, subject=item, item_id=item.pk) as event:
            event.after = {
                "accepted": sorted(tag.code for tag in chosen),
                "rejected": sorted(
                    Tag.objects.filter(pk__in=shown.keys() - {t.pk for t in chosen}).values_list(
                        "code", flat=True
                    )
                ),
                "model": str(version),
            }
            _write(item, vocabulary, version, chosen, shown, actor)
            Suggestion.objects.filter(version__vocabulary=vocabulary, recommendation=item).delete()


def _write(
    item: Recommendation, vocabulary: Vocabulary, version: ModelVersion, chosen: Sequence[Tag],
    shown: dict[int, Suggestion], actor: Acting,
) -> None:  # fmt: skip
    wanted = {tag.pk for tag in chosen}
    links = RecommendationTag.objects.filter(recommendation=item, tag__taxonomy=vocabulary.code)
    # An automatic tag becomes the person's or goes; those of the document and of people stay.
    links.filter(origin=TagOrigin.AUTOMATIC).delete()
    kept = set(links.values_list("tag_id", flat=True))
    RecommendationTag.objects.bulk_create(
        RecommendationTag(
            recommendation=item, tag_id=pk, origin=TagOrigin.PERSON, set_by_id=actor.user_id,
            model_version=version.pk if pk in shown else None,
        )
        for pk in sorted(wanted - kept)
    )  # fmt: skip
    remember_refusals(item, refused=shown.keys() - wanted, welcome=wanted, user_id=actor.user_id)
    verdicts = [
        (pk, Verdict.ACCEPTED if pk in wanted else Verdict.REJECTED, row.score) for pk, row in shown.items()
    ] + [(pk, Verdict.ADDED, 0.0) for pk in sorted(wanted - shown.keys())]
    Decision.objects.bulk_create(
        Decision(
            recommendation=item, tag_id=pk, version=version, verdict=verdict, score=score,
            decided_by_id=actor.user_id, decided_at=clock.now(),
        )
        for pk, verdict, score in verdicts
    )  # fmt: skip
    _bump([item.pk])


def _bump(items: Sequence[int]) -> None:
    Recommendation.objects.filter(pk__in=set(items)).update(version=F("version") + 1)
