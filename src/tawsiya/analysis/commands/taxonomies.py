"""Add, import and set taxonomies, and carry tags over to a new version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.analysis.permissions import may_manage_taxonomies
from tawsiya.analysis.taxonomy_file import Line
from tawsiya.audit import commands as audit
from tawsiya.core.errors import RuleViolated
from tawsiya.recommendations.choices import TagOrigin, Taxonomy
from tawsiya.recommendations.models import RecommendationTag, Tag, TagMapping, TagRefusal, Vocabulary


@dataclass(frozen=True)
class Facts:
    """What a taxonomy is called and how it is used."""

    code: str
    names: Mapping[str, str]
    version: str = ""
    exclusive: bool = False
    replaces: Vocabulary | None = None


def import_taxonomy(*, facts: Facts, lines: Sequence[Line], by: Reader) -> Vocabulary:
    """Create a taxonomy, or bring the one of that code in step with the file (parents before children).

    Labels that the file no longer has are retired, never deleted; those it has again are in force again.

    Raises:
        PermissionRefused: `by` is no administrator.
        RuleViolated: no name, no label, or a version that replaces itself or one that is replaced already.
    """
    actor = acting(by, may_manage_taxonomies(by))
    if not any(facts.names.values()):
        raise RuleViolated(_("Give the taxonomy a name."))
    if not lines:
        raise RuleViolated(_("The file has no labels."))
    old = facts.replaces
    if old is not None and old.code == facts.code:
        raise RuleViolated(_("A new version needs a code of its own."))
    if old is not None and Vocabulary.objects.filter(replaces=old).exclude(code=facts.code).exists():
        raise RuleViolated(_("This taxonomy has a newer version already."))
    with audit.change("taxonomy.imported", by=actor) as event:
        row, _created = Vocabulary.objects.get_or_create(
            code=facts.code, defaults={"names": dict(facts.names)}
        )
        row.names, row.version, row.exclusive = dict(facts.names), facts.version, facts.exclusive
        row.replaces = old or row.replaces
        row.save()
        tags = _write_tags(row, lines)
        if row.replaces is not None:
            _write_mapping(row.replaces, tags, lines)
        event.subject = row
        event.after = {"taxonomy": str(row), "labels": len(lines)}
    return row


def _write_tags(row: Vocabulary, lines: Sequence[Line]) -> dict[str, Tag]:
    present = {tag.code: tag for tag in Tag.objects.filter(taxonomy=row.code)}
    tags: dict[str, Tag] = {}
    for order, line in enumerate(lines, start=1):
        tag = present.get(line.code) or Tag(taxonomy=row.code, code=line.code)
        tag.names = {**tag.names, **line.names}
        tag.parent = tags.get(line.parent)
        tag.aliases = list(line.aliases) or tag.aliases
        tag.sort_key = f"{order:05d}"
        tag.is_retired = False
        tag.save()
        tags[line.code] = tag
    gone = [tag.pk for code, tag in present.items() if code not in tags]
    Tag.objects.filter(pk__in=gone).update(is_retired=True)
    return tags


def _write_mapping(old: Vocabulary, tags: Mapping[str, Tag], lines: Sequence[Line]) -> None:
    former = {tag.code: tag for tag in Tag.objects.filter(taxonomy=old.code)}
    wanted = [(former[code], tags[line.code]) for line in lines for code in line.replaces if code in former]
    TagMapping.objects.filter(new__in=tags.values(), old__taxonomy=old.code).delete()
    TagMapping.objects.bulk_create(
        [TagMapping(old=before, new=after) for before, after in wanted], ignore_conflicts=True
    )


def carry_over(*, vocabulary: Vocabulary, by: Reader) -> int:
    """Give each recommendation the new tags that stand for its old ones; where they came from is kept.

    Old tags stay. A tag that a person refused is not carried. Return how many were given; one event.

    Raises:
        PermissionRefused: `by` is no administrator.
        RuleViolated: the taxonomy replaces none.
    """
    actor = acting(by, may_manage_taxonomies(by))
    if vocabulary.replaces is None:
        raise RuleViolated(_("This taxonomy replaces no other."))
    pairs = list(TagMapping.objects.filter(new__taxonomy=vocabulary.code).values_list("old_id", "new_id"))
    there = RecommendationTag.objects.filter(tag__taxonomy=vocabulary.code)
    present = set(there.values_list("recommendation_id", "tag_id"))
    present |= set(
        TagRefusal.objects.filter(tag__taxonomy=vocabulary.code).values_list("recommendation_id", "tag_id")
    )
    links: list[RecommendationTag] = []
    for old_id, new_id in pairs:
        # What a model applied is left for the new taxonomy's own model.
        for link in RecommendationTag.objects.filter(tag=old_id).exclude(origin=TagOrigin.AUTOMATIC):
            if (link.recommendation_id, new_id) not in present:
                present.add((link.recommendation_id, new_id))
                links.append(
                    RecommendationTag(
                        recommendation_id=link.recommendation_id, tag_id=new_id, origin=link.origin,
                        set_by_id=link.set_by_id,
                    )
                )  # fmt: skip
    if not links:
        return 0
    with audit.change("taxonomy.carried_over", by=actor, subject=vocabulary) as event:
        RecommendationTag.objects.bulk_create(links, batch_size=1000)
        event.after = {"count": len(links), "taxonomy": str(vocabulary)}
    return len(links)


def set_taxonomy(
    *,
    vocabulary: Vocabulary,
    names: Mapping[str, str],
    precision: float,
    applies_automatically: bool,
    by: Reader,
) -> Vocabulary:
    """Change the name of a taxonomy and what is applied without a person. Nothing changed writes nothing.

    Raises:
        PermissionRefused: `by` is no administrator.
        RuleViolated: no name, or a precision outside 50 % to 99.9 %.
    """
    actor = acting(by, may_manage_taxonomies(by))
    if not any(names.values()):
        raise RuleViolated(_("Give the taxonomy a name."))
    if not 0.5 <= precision <= 0.999:
        raise RuleViolated(_("The precision lies between 50 and 99.9 per cent."))
    before = {
        "precision": vocabulary.precision,
        "automatic": vocabulary.applies_automatically,
        "names": vocabulary.names,
    }
    after = {"precision": precision, "automatic": applies_automatically, "names": dict(names)}
    if before == after:
        return vocabulary
    with audit.change("taxonomy.changed", by=actor, subject=vocabulary) as event:
        vocabulary.names, vocabulary.precision = dict(names), precision
        vocabulary.applies_automatically = applies_automatically
        vocabulary.save()
        event.before, event.after = before, after
    return vocabulary


def is_known(code: str) -> bool:
    """Say whether imports know a taxonomy by name: its labels come with the system."""
    return code in Taxonomy.values
