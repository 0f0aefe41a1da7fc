"""A recommendation with everything around it that must never leave unasked."""

from dataclasses import dataclass

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Institution
from tawsiya.accounts.reader import Reader
from tawsiya.followup.choices import ContributionState, EvidenceMark
from tawsiya.followup.commands.contributions import Content, act_on_contribution, edit_contribution
from tawsiya.followup.models import Contribution, Evidence
from tawsiya.portal.choices import Part, Selection
from tawsiya.recommendations.choices import Status
from tawsiya.recommendations.models import Recommendation
from tests.factories import (
    coordinator,
    make_assessment,
    make_contribution,
    make_evidence,
    make_institution,
    make_recommendation,
    reader_in,
)

# Words that stand in one place only, so that finding one tells what leaked.
MEASURES = "Measures-published-kingfisher"
OBSTACLES = "Obstacles-unchosen-heron"
DRAFT = "Draft-secret-cormorant"
RETURNED = "Returned-secret-pelican"
JUSTIFICATION = "Justification-egret"
PUBLIC_FILE = "Gazette-public-stork"
INTERNAL_FILE = "Minutes-internal-ibis"
RESTRICTED_FILE = "Note-restricted-flamingo"
SECRETS = (OBSTACLES, DRAFT, RETURNED, INTERNAL_FILE, RESTRICTED_FILE)


@dataclass(frozen=True)
class Story:
    """An item with a validated contribution (three files), a draft and a returned one."""

    item: Recommendation
    lead: Institution
    validated: Contribution
    draft: Contribution
    returned: Contribution
    public: Evidence
    internal: Evidence
    restricted: Evidence

    @property
    def everything(self) -> Selection:
        """All that may be published, the obstacles left out."""
        return Selection(
            status=True,
            justification=True,
            lead=True,
            deadline=True,
            contributions={self.validated.pk: frozenset({Part.MEASURES_TAKEN})},
            evidence=frozenset({self.public.pk}),
        )


def contribution_with_files(item: Recommendation, institution: Institution) -> Contribution:
    """Return a draft with three files, one for each mark."""
    draft = make_contribution(recommendation=item, institution=institution, measures_taken=MEASURES)
    for mark, title in (
        (EvidenceMark.PUBLIC, PUBLIC_FILE),
        (EvidenceMark.INTERNAL, INTERNAL_FILE),
        (EvidenceMark.RESTRICTED, RESTRICTED_FILE),
    ):
        make_evidence(draft, mark=mark, title=title, data=f"{title} in the file".encode())
    return draft


def validate(contribution: Contribution) -> Contribution:
    """Take a draft through its institution and the delegation."""
    for action, by in (
        ("submit", reader_in(contribution.institution, Role.FOCAL_POINT)),
        ("approve", reader_in(contribution.institution, Role.VALIDATOR)),
        ("validate", coordinator()),
    ):
        contribution = act_on_contribution(contribution=contribution, action=action, by=by)
    return contribution


def make_story(*, text: str = "Ratify the Optional Protocol") -> Story:
    """Play the story through the real commands."""
    item = make_recommendation(
        texts={"en": text, "fr": "Ratifier le Protocole facultatif", "ar": "التصديق على البروتوكول الاختياري"}
    )
    lead = make_institution()
    draft = contribution_with_files(item, lead)
    edit_contribution(
        contribution=draft,
        content=Content(
            language="en",
            measures_taken=MEASURES,
            obstacles=OBSTACLES,
            measures_taken_mark="public",
            obstacles_mark="public",
        ),
        by=reader_in(lead, Role.FOCAL_POINT),
        seen_version=draft.version,
    )
    validated = validate(draft)
    make_assessment(item, Status.IN_PROGRESS, justification=JUSTIFICATION)
    item.refresh_from_db()
    marks = {file.mark: file for file in validated.evidence.all()}
    return Story(
        item=item,
        lead=lead,
        validated=validated,
        draft=make_contribution(recommendation=item, measures_taken=DRAFT),
        returned=make_contribution(
            ContributionState.RETURNED_BY_DELEGATION, recommendation=item, measures_taken=RETURNED
        ),
        public=marks[EvidenceMark.PUBLIC],
        internal=marks[EvidenceMark.INTERNAL],
        restricted=marks[EvidenceMark.RESTRICTED],
    )


def publisher() -> Reader:
    """Return the coordinator who publishes."""
    return coordinator()
