"""Put together what the public will see of a recommendation: the snapshot, and its preview.

Reads the internal tables through the visibility of the person who publishes; the result is plain
data in which nothing refers back to them (ids are frozen numbers, to recognise a text again).
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tawsiya.accounts.reader import Reader
from tawsiya.core.errors import RuleViolated
from tawsiya.followup.choices import AssignmentState, ContributionState, EvidenceMark
from tawsiya.followup.figures import as_text
from tawsiya.followup.models import Assessment, Assignment, Contribution, Evidence, Reference
from tawsiya.followup.queries import (
    assessments_for,
    assignments_for,
    contributions_for,
    evidence_for,
    references_for,
)
from tawsiya.mechanisms import states
from tawsiya.portal.choices import Part, Selection
from tawsiya.portal.indicators import compose_linked
from tawsiya.portal.searching import fold
from tawsiya.recommendations.choices import AccessLevel, Kind, Taxonomy
from tawsiya.recommendations.models import Recommendation, RecommendationText

Plain = dict[str, Any]


@dataclass(frozen=True)
class Offer:
    """What could be published of a recommendation besides its text: only what may leave."""

    recommendation: Recommendation
    assessment: Assessment | None
    lead: Assignment | None
    contributions: tuple[Contribution, ...]
    evidence: tuple[Evidence, ...]
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class Composed:
    """A snapshot that is not written yet: content, columns beside it, files to copy."""

    content: Plain
    columns: Plain
    evidence: tuple[Evidence, ...]

    @cached_property
    def fingerprint(self) -> str:
        """Hash of all that would be published: what a person saw in the preview."""
        return fingerprint(self.content)


def fingerprint(content: Plain) -> str:
    """Return the SHA-256 of a snapshot's content in a canonical writing."""
    written = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def offer(recommendation: Recommendation, by: Reader) -> Offer:
    """Return what `by` could publish now: confirmed, accepted, validated, marked public."""
    return Offer(
        recommendation=recommendation,
        assessment=_confirmed(recommendation, by),
        lead=_accepted_lead(recommendation, by),
        contributions=tuple(
            contributions_for(by)
            .filter(recommendation=recommendation, state=ContributionState.VALIDATED)
            .order_by("changed_at", "pk")
        ),
        evidence=tuple(
            evidence_for(by)
            .filter(
                contribution__recommendation=recommendation,
                contribution__state=ContributionState.VALIDATED,
                mark=EvidenceMark.PUBLIC,
            )
            .order_by("pk")
        ),
        references=tuple(
            references_for(by)
            .filter(
                contribution__recommendation=recommendation,
                contribution__state=ContributionState.VALIDATED,
                mark=EvidenceMark.PUBLIC,
            )
            .order_by("pk")
        ),
    )


def part_text(contribution: Contribution, part: Part) -> str:
    """Return a part as the public would read it; figures one a line."""
    value = getattr(contribution, part.value)
    return as_text(value) if isinstance(value, list) else str(value)


def is_public(contribution: Contribution, part: Part) -> bool:
    """Tell whether the institution marked a part as one that can be published."""
    return bool(getattr(contribution, f"{part.value}_mark") == EvidenceMark.PUBLIC)


def public_parts(contribution: Contribution) -> list[Part]:
    """Return the parts of a validated contribution that can be published: written, and marked public."""
    return [part for part in Part if part_text(contribution, part) and is_public(contribution, part)]


def withheld_parts(contribution: Contribution) -> list[Part]:
    """Return the parts that were written and are not for the public."""
    return [part for part in Part if part_text(contribution, part) and not is_public(contribution, part)]


def _confirmed(recommendation: Recommendation, by: Reader) -> Assessment | None:
    latest = assessments_for(by).filter(recommendation=recommendation).first()
    return latest if latest and latest.status == recommendation.status else None


def _accepted_lead(recommendation: Recommendation, by: Reader) -> Assignment | None:
    """Return the accepted lead's assignment; a part without its own has its paragraph's."""
    for pk in filter(None, (recommendation.pk, recommendation.parent_id)):
        found = (
            assignments_for(by)
            .filter(recommendation_id=pk, level=AccessLevel.LEAD, state=AssignmentState.ACCEPTED)
            .first()
        )
        if found is not None:
            return found
    return None


def compose(recommendation: Recommendation, selection: Selection, by: Reader) -> Composed:
    """Return what the public would see.

    Raises:
        RuleViolated: the recommendation, or something chosen, cannot be published; says what.
    """
    _check_publishable(recommendation)
    offered = offer(recommendation, by)
    evidence = _chosen_evidence(offered, selection)
    follow_up = {
        "status": _status(offered, selection),
        "lead": _lead(offered, selection),
        "deadline": _deadline(offered, selection),
        "contributions": _contributions(offered, selection),
        "evidence": [{"id": file.pk, "title": file.title, "sha256": file.sha256} for file in evidence],
    }
    content = _issued(recommendation) | follow_up
    references = _references(offered, selection)
    if references:
        # Without any, a content is the same as those published before references could be cited.
        content["references"] = references
    if followed := compose_linked(recommendation.pk, by):
        content["indicators"] = followed
    return Composed(content, _columns(recommendation, content), evidence)


def _check_publishable(recommendation: Recommendation) -> None:
    if recommendation.withdrawn_at is not None:
        raise RuleViolated(_("This recommendation was withdrawn from its document; it is not published."))
    if recommendation.kind != Kind.RECOMMENDATION:
        raise RuleViolated(_("Only recommendations are published."))


def _issued(recommendation: Recommendation) -> Plain:
    document = recommendation.document
    review, body = document.review, document.body
    parent = recommendation.parent
    # Tags of taxonomies that an administrator added are not part of what is published.
    tags: dict[str, list[Plain]] = {taxonomy.value: [] for taxonomy in Taxonomy}
    links = recommendation.tag_links.select_related("tag").order_by("tag__sort_key", "tag__code")
    for link in links:
        tags.setdefault(link.tag.taxonomy, []).append({"code": link.tag.code, "names": link.tag.names})
    return {
        "item": {
            "paragraph": recommendation.paragraph,
            "subparagraph": recommendation.subparagraph,
            "label": recommendation.label,
        },
        "document": {
            "symbol": document.symbol,
            "titles": document.titles,
            "published_on": document.published_on.isoformat() if document.published_on else None,
        },
        "body": {"code": body.code, "mechanism": body.mechanism, "names": body.names},
        "review": {"cycle": review.cycle, "session": review.session, "year": review.year} if review else None,
        "headings": recommendation.headings,
        "lead_in": _texts(parent.texts.order_by("language")) if parent else [],
        "texts": _texts(recommendation.texts.order_by("language")),
        "position": recommendation.position,
        "recommending_states": [
            {"code": row.state, "names": dict(states.get(row.state).names)}
            if row.state
            else {"code": "", "names": {"en": row.as_written}}
            for row in recommendation.recommending_states.order_by("order")
        ],
        "themes": tags[Taxonomy.THEME],
        "persons": tags[Taxonomy.PERSONS],
        "sdgs": [*tags[Taxonomy.SDG_GOAL], *tags[Taxonomy.SDG_TARGET]],
    }


def _texts(rows: Iterable[RecommendationText]) -> list[Plain]:
    return [{"language": row.language, "text": row.text, "status": row.status} for row in rows]


def _status(offered: Offer, selection: Selection) -> Plain | None:
    if not selection.status:
        if selection.justification:
            raise RuleViolated(_("A justification is published with its status only."))
        return None
    confirmed = offered.assessment
    if confirmed is None:
        raise RuleViolated(_("There is no confirmed status to publish."))
    justification = {"text": confirmed.justification, "language": confirmed.language}
    return {
        "code": confirmed.status,
        "decided_on": timezone.localdate(confirmed.decided_at).isoformat(),
        "justification": justification if selection.justification else None,
    }


def _lead(offered: Offer, selection: Selection) -> Plain | None:
    if not selection.lead:
        return None
    if offered.lead is None:
        raise RuleViolated(_("No lead institution has accepted; its name cannot be published."))
    institution = offered.lead.institution
    return {"key": institution.key, "names": institution.names}


def _deadline(offered: Offer, selection: Selection) -> str | None:
    if not selection.deadline:
        return None
    if offered.lead is None or offered.lead.deadline is None:
        raise RuleViolated(_("There is no deadline to publish."))
    return offered.lead.deadline.isoformat()


def _contributions(offered: Offer, selection: Selection) -> list[Plain]:
    possible = {contribution.pk: contribution for contribution in offered.contributions}
    if set(selection.contributions) - set(possible):
        raise RuleViolated(_("Only validated contributions to this recommendation are published."))
    for pk, parts in selection.contributions.items():
        if parts & set(withheld_parts(possible[pk])):
            raise RuleViolated(_("Only parts that the institution marked public are published."))
    return [
        {
            "id": pk,
            "institution": contribution.institution.names,
            "language": contribution.language,
            "date": timezone.localdate(contribution.changed_at).isoformat(),
            "parts": [
                {"part": part.value, "text": part_text(contribution, part)}
                for part in public_parts(contribution)
                if part in selection.contributions[pk]
            ],
        }
        for pk, contribution in possible.items()
        if selection.contributions.get(pk)
    ]


def _chosen_evidence(offered: Offer, selection: Selection) -> tuple[Evidence, ...]:
    if selection.evidence - {file.pk for file in offered.evidence}:
        raise RuleViolated(_("Only evidence marked public, of validated contributions, is published."))
    return tuple(file for file in offered.evidence if file.pk in selection.evidence)


def _references(offered: Offer, selection: Selection) -> list[Plain]:
    if selection.references - {row.pk for row in offered.references}:
        raise RuleViolated(_("Only evidence marked public, of validated contributions, is published."))
    return [
        {
            "id": row.pk,
            "kind": row.kind,
            "title": row.title,
            "number": row.number,
            "dated": row.dated.isoformat() if row.dated else None,
            "url": row.url,
        }
        for row in offered.references
        if row.pk in selection.references
    ]


def _columns(recommendation: Recommendation, content: Plain) -> Plain:
    review = content["review"] or {}
    status, lead = content["status"], content["lead"]
    published_on = recommendation.document.published_on
    return {
        "sort_key": f"{content['document']['symbol']} {recommendation.sort_key}",
        "body": content["body"]["code"],
        "mechanism": content["body"]["mechanism"],
        "symbol": content["document"]["symbol"],
        "cycle": review.get("cycle"),
        "year": review.get("year") or (published_on.year if published_on else None),
        "is_part": recommendation.parent_id is not None,
        "position": content["position"],
        "status": status["code"] if status else "",
        "lead": lead["key"] if lead else "",
        "themes": [tag["code"] for tag in content["themes"]],
        "persons": [tag["code"] for tag in content["persons"]],
        "sdgs": [tag["code"] for tag in content["sdgs"]],
        "states": [row["code"] or row["names"]["en"] for row in content["recommending_states"]],
        "text": fold("\n".join(_searchable(content))),
    }


def _searchable(content: Plain) -> Iterable[str]:
    """Yield all that a visitor can read on the page, to be searched."""
    yield content["document"]["symbol"]
    yield content["item"]["label"]
    for version in (*content["texts"], *content["lead_in"]):
        yield version["text"]
    labelled = (*content["themes"], *content["persons"], *content["recommending_states"])
    for names in (content["headings"], content["body"]["names"], *(row["names"] for row in labelled)):
        yield from names.values()
    if content["lead"]:
        yield from content["lead"]["names"].values()
    for contribution in content["contributions"]:
        for part in contribution["parts"]:
            yield part["text"]
    for row in content.get("references", ()):
        yield f"{row['title']} {row['number']}"
    for row in content.get("indicators", ()):
        yield from (row["code"], *row["names"].values())
