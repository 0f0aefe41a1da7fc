"""Only what an institution marked public leaves: parts, figures, laws and links."""

import json
from datetime import date

import pytest
from django.test import Client

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import User
from tawsiya.accounts.reader import Reader
from tawsiya.core.errors import RuleViolated
from tawsiya.followup.choices import EvidenceMark, ReferenceKind
from tawsiya.followup.commands.contributions import Content, edit_contribution
from tawsiya.followup.commands.references import Cited, add_reference
from tawsiya.followup.models import Contribution, Reference
from tawsiya.portal.choices import Part, Selection
from tawsiya.portal.commands import publish
from tawsiya.portal.composing import public_parts
from tests.factories import coordinator, make_contribution, make_instance, reader_in
from tests.portal.stories import validate

pytestmark = pytest.mark.django_db
GIRLS = {"label": "Girls", "value": "212", "unit": "pupils", "period": "2025", "source": ""}
SEALED = "Obstacles of our own"


@pytest.fixture
def validated() -> Contribution:
    """A contribution whose obstacles are internal and whose next steps are restricted."""
    make_instance()
    draft = make_contribution()
    by = reader_in(draft.institution, Role.FOCAL_POINT)
    edit_contribution(
        contribution=draft,
        content=Content(
            "en",
            "Ten schools opened",
            obstacles=SEALED,
            next_steps="Steps of our own",
            figures=[GIRLS],
            measures_taken_mark="public",
            next_steps_mark="restricted",
            figures_mark="public",
        ),
        seen_version=draft.version,
        by=by,
    )
    for number, mark in (("7-26", EvidenceMark.PUBLIC), ("8-26", EvidenceMark.INTERNAL)):
        cited = Cited(ReferenceKind.LAW, f"Law {number}", number=number, dated=date(2026, 1, 5), mark=mark)
        add_reference(contribution=draft, cited=cited, by=by)
    return validate(draft)


def publisher() -> Reader:
    return coordinator()


def test_public_parts_are_published_with_figures_and_laws(validated: Contribution) -> None:
    law = Reference.objects.get(number="7-26")
    assert public_parts(validated) == [Part.MEASURES_TAKEN, Part.FIGURES]

    publish(
        recommendation=validated.recommendation,
        selection=Selection(
            contributions={validated.pk: frozenset(public_parts(validated))}, references=frozenset({law.pk})
        ),
        by=publisher(),
    )

    pk = validated.recommendation_id
    page = Client().get(f"/en/public/recommendations/{pk}/").content.decode()
    assert "Ten schools opened" in page and "Girls: 212 pupils (2025)" in page and "Law 7-26" in page
    assert SEALED not in page and "Steps of our own" not in page and "8-26" not in page
    data = json.loads(Client().get(f"/api/v1/public/recommendations/{pk}/").content)
    assert data["references"] == [
        {"kind": "law", "title": "Law 7-26", "number": "7-26", "dated": "2026-01-05", "url": ""}
    ]


@pytest.mark.parametrize("part", [Part.OBSTACLES, Part.NEXT_STEPS])
def test_a_part_that_is_not_public_is_refused(validated: Contribution, part: Part) -> None:
    with pytest.raises(RuleViolated, match="marked public"):
        publish(
            recommendation=validated.recommendation,
            selection=Selection(contributions={validated.pk: frozenset({Part.MEASURES_TAKEN, part})}),
            by=publisher(),
        )


def test_a_law_that_is_not_public_is_refused(validated: Contribution) -> None:
    with pytest.raises(RuleViolated, match="marked public"):
        publish(
            recommendation=validated.recommendation,
            selection=Selection(references=frozenset({Reference.objects.get(number="8-26").pk})),
            by=publisher(),
        )


def test_the_form_says_what_is_withheld(validated: Contribution) -> None:
    client = Client()
    client.force_login(
        User.objects.get(pk=publisher().user_id),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )

    page = client.get(f"/en/publish/{validated.recommendation_id}/").content.decode()

    assert "Not marked public by the institution: Obstacles, Next steps" in page
    assert SEALED not in page
