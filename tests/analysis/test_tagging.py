"""Taxonomies and suggestions: training, review, automatic application and its undoing, carrying over."""

import pytest
from django.test import Client
from django.urls import reverse

from tawsiya.accounts.choices import Role
from tawsiya.accounts.reader import Reader
from tawsiya.analysis.commands.tagging import apply_automatically, decide, train, undo_automatic
from tawsiya.analysis.commands.taxonomies import Facts, carry_over, import_taxonomy, set_taxonomy
from tawsiya.analysis.models import Decision, ModelVersion, Suggestion
from tawsiya.analysis.queries.tagging import proposals, waiting
from tawsiya.analysis.tasks import suggest_tags
from tawsiya.analysis.taxonomy_file import Line
from tawsiya.audit import commands as audit
from tawsiya.audit.models import Event
from tawsiya.core.errors import PermissionRefused, RuleViolated
from tawsiya.recommendations.choices import TagOrigin
from tawsiya.recommendations.commands import set_tags
from tawsiya.recommendations.models import Recommendation, RecommendationTag, Tag, TagRefusal, Vocabulary
from tawsiya.recommendations.vocabularies import register_vocabulary
from tests import factories

pytestmark = pytest.mark.django_db

SUBJECTS = {
    "health": ["hospitals", "vaccination of patients", "doctors and nurses", "medicines for the sick"],
    "schools": ["classrooms", "teachers and pupils", "literacy of girls", "school books"],
    "prisons": ["inmates in cells", "detention on remand", "prison guards", "the treatment of detainees"],
}
VERBS = [
    "Improve",
    "Continue to support",
    "Adopt a law on",
    "Increase the budget for",
    "Allocate resources to",
]


@pytest.fixture
def analyst() -> Reader:
    factories.make_instance()
    return factories.make_reader(Role.ANALYST)


@pytest.fixture
def vocabulary() -> Vocabulary:
    with audit.change("taxonomy.imported", by=audit.SYSTEM):
        row = register_vocabulary("subjects", {"en": "Subjects"}, exclusive=False)
        for code in SUBJECTS:
            Tag.objects.create(taxonomy="subjects", code=code, names={"en": code.title()}, sort_key=code)
    return row


def tag(code: str, taxonomy: str = "subjects") -> Tag:
    return Tag.objects.get(taxonomy=taxonomy, code=code)


@pytest.fixture
def tagged(vocabulary: Vocabulary) -> list[Recommendation]:
    """Sixty recommendations in six documents, each tagged with the subject that its words are of."""
    documents = [factories.make_document() for _ in range(6)]
    rows = []
    for number, verb in enumerate(VERBS):
        for place, (code, words) in enumerate(SUBJECTS.items()):
            for order, word in enumerate(words):
                document = documents[(number + place + order) % 6]
                text = f"{verb} {word} in every region"
                rows.append(factories.make_recommendation(document, texts={"en": text}, tags=(tag(code),)))
    return rows


@pytest.fixture
def untagged(vocabulary: Vocabulary) -> Recommendation:
    return factories.make_recommendation(texts={"en": "Build hospitals and train doctors and nurses"})


def test_a_model_learns_from_what_is_tagged_and_suggests_for_what_is_not(
    analyst: Reader, vocabulary: Vocabulary, tagged: list[Recommendation], untagged: Recommendation
) -> None:
    version = train(vocabulary=vocabulary, by=analyst)
    assert (version.number, version.examples, len(version.fingerprint)) == (1, 60, 64)
    assert version.about["figures"]["total"]["micro_f1"] > 0.9
    assert [said.tag.code for said in proposals(version, untagged) if said.given] == ["health"]
    assert not Suggestion.objects.exclude(recommendation=untagged).exists()
    assert Event.objects.filter(code="model.trained", actor_id=analyst.user_id).count() == 1
    assert train(vocabulary=vocabulary, by=analyst).number == 2


def test_too_little_teaches_nothing(analyst: Reader, vocabulary: Vocabulary) -> None:
    factories.make_recommendation(tags=(tag("health"),))
    with pytest.raises(RuleViolated, match="too little"):
        train(vocabulary=vocabulary, by=analyst)
    assert not ModelVersion.objects.exists()


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.FOCAL_POINT, Role.OBSERVER])
def test_only_the_delegation_trains(role: Role, vocabulary: Vocabulary) -> None:
    factories.make_instance()
    with pytest.raises(PermissionRefused):
        train(vocabulary=vocabulary, by=factories.make_reader(role))


def test_a_decision_keeps_who_when_and_the_version(
    analyst: Reader, vocabulary: Vocabulary, tagged: list[Recommendation], untagged: Recommendation
) -> None:
    version = train(vocabulary=vocabulary, by=analyst)
    suggested = {said.tag.code for said in proposals(version, untagged)}
    decide(version=version, recommendation=untagged, chosen=[tag("schools")], by=analyst)
    link = RecommendationTag.objects.get(recommendation=untagged)
    assert (link.tag.code, link.origin, link.set_by_id) == ("schools", TagOrigin.PERSON, analyst.user_id)
    verdicts = dict(Decision.objects.filter(version=version).values_list("tag__code", "verdict"))
    assert verdicts["health"] == "rejected"
    assert verdicts["schools"] == ("accepted" if "schools" in suggested else "added")
    assert TagRefusal.objects.filter(recommendation=untagged, tag__code="health").exists()
    assert not waiting(analyst, version).exists()
    with pytest.raises(RuleViolated, match="already"):
        decide(version=version, recommendation=untagged, chosen=[], by=analyst)


def test_newcomers_get_suggestions_without_a_training_and_nothing_is_applied(
    analyst: Reader, vocabulary: Vocabulary, tagged: list[Recommendation]
) -> None:
    version = train(vocabulary=vocabulary, by=analyst)
    newcomer = factories.make_recommendation(texts={"en": "Recruit doctors and nurses in every region"})
    assert proposals(version, newcomer) == []
    suggest_tags()
    assert [said.tag.code for said in proposals(version, newcomer)][:1] == ["health"]
    assert not RecommendationTag.objects.filter(recommendation=newcomer).exists()


def test_what_is_applied_is_marked_and_undone_without_what_people_confirmed(
    analyst: Reader, vocabulary: Vocabulary, tagged: list[Recommendation], untagged: Recommendation
) -> None:
    other = factories.make_recommendation(
        texts={"en": "Recruit doctors and nurses for hospitals in every region"}
    )
    version = train(vocabulary=vocabulary, by=analyst)
    assert apply_automatically(version=version, by=analyst) == 2
    links = RecommendationTag.objects.filter(origin=TagOrigin.AUTOMATIC)
    assert {(link.recommendation_id, link.tag.code, link.model_version) for link in links} == {
        (untagged.pk, "health", version.pk),
        (other.pk, "health", version.pk),
    }
    assert Event.objects.filter(code="tags.applied").count() == 1
    # A person confirms one in the ordinary form.
    set_tags(recommendation=other, tags=[tag("health")], by=analyst)
    assert RecommendationTag.objects.get(recommendation=other).origin == TagOrigin.PERSON
    assert undo_automatic(version=version, by=analyst, reason="Too many") == 1
    assert list(RecommendationTag.objects.filter(recommendation=untagged)) == []
    assert RecommendationTag.objects.filter(recommendation=other).count() == 1
    event = Event.objects.get(code="tags.undone")
    assert (event.reason, event.after["count"]) == ("Too many", 1)
    with pytest.raises(RuleViolated, match="undone"):
        apply_automatically(version=version, by=analyst)


def test_an_automatic_tag_that_a_person_takes_away_does_not_come_back(
    analyst: Reader, vocabulary: Vocabulary, tagged: list[Recommendation], untagged: Recommendation
) -> None:
    with audit.change("taxonomy.changed", by=audit.SYSTEM):
        Vocabulary.objects.filter(pk=vocabulary.pk).update(applies_automatically=True)
    vocabulary.refresh_from_db()
    train(vocabulary=vocabulary, by=analyst)
    assert RecommendationTag.objects.get(recommendation=untagged).origin == TagOrigin.AUTOMATIC
    set_tags(recommendation=untagged, tags=[], by=analyst)
    train(vocabulary=vocabulary, by=analyst)
    assert not RecommendationTag.objects.filter(recommendation=untagged).exists()


def test_a_model_does_not_learn_from_itself(
    analyst: Reader, vocabulary: Vocabulary, tagged: list[Recommendation], untagged: Recommendation
) -> None:
    apply_automatically(version=train(vocabulary=vocabulary, by=analyst), by=analyst)
    assert train(vocabulary=vocabulary, by=analyst).examples == 60


def test_a_new_version_maps_old_labels_and_carries_tags_over(vocabulary: Vocabulary) -> None:
    factories.make_instance()
    administrator = factories.make_reader(Role.ADMINISTRATOR)
    item = factories.make_recommendation(tags=(tag("schools"),))
    lines = [
        Line("edu", {"en": "Education", "fr": "Éducation"}, replaces=("schools",)),
        Line("edu-girls", {"en": "Education of girls"}, parent="edu"),
    ]
    facts = Facts("subjects-2", {"en": "Subjects"}, version="2026", replaces=vocabulary)
    row = import_taxonomy(facts=facts, lines=lines, by=administrator)
    assert tag("edu-girls", "subjects-2").parent == tag("edu", "subjects-2")
    assert carry_over(vocabulary=row, by=administrator) == 1
    assert set(item.tag_links.values_list("tag__code", "origin")) == {
        ("schools", "import"),
        ("edu", "import"),
    }
    assert carry_over(vocabulary=row, by=administrator) == 0
    # The file without a label retires it; the row stays.
    import_taxonomy(facts=facts, lines=lines[:1], by=administrator)
    assert tag("edu-girls", "subjects-2").is_retired
    with pytest.raises(PermissionRefused):
        import_taxonomy(facts=facts, lines=lines, by=factories.make_reader(Role.COORDINATOR))


def test_settings_keep_within_bounds(vocabulary: Vocabulary) -> None:
    factories.make_instance()
    administrator = factories.make_reader(Role.ADMINISTRATOR)
    with pytest.raises(RuleViolated, match="precision"):
        set_taxonomy(
            vocabulary=vocabulary,
            names={"en": "X"},
            precision=0.4,
            applies_automatically=True,
            by=administrator,
        )
    set_taxonomy(
        vocabulary=vocabulary, names={"en": "X"}, precision=0.95, applies_automatically=True, by=administrator
    )
    vocabulary.refresh_from_db()
    assert (vocabulary.precision, vocabulary.applies_automatically) == (0.95, True)


def test_the_institution_is_learnt_from_leads_and_shown_to_who_assigns() -> None:
    factories.make_instance()
    ministries = {code: factories.make_institution(names={"en": f"Ministry of {code}"}) for code in SUBJECTS}
    for verb in VERBS:
        for code, words in SUBJECTS.items():
            for word in words[:3]:
                item = factories.make_recommendation(texts={"en": f"{verb} {word} in every region"})
                factories.make_assignment(recommendation=item, institution=ministries[code])
    coordinator = factories.coordinator()
    version = train(vocabulary=None, by=coordinator)
    assert (version.vocabulary, version.examples) == (None, 45)
    item = factories.make_recommendation(texts={"en": "Protect detainees on remand in cells"})
    client = Client()
    client.force_login(
        factories.User.objects.get(pk=coordinator.user_id),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    page = client.get(reverse("tagging:suggested-institutions"), {"ids": str(item.pk)}).content.decode()
    assert page.index("Ministry of prisons") < page.index("%")
    assert "<mark>" in page
    with pytest.raises(PermissionRefused):
        train(vocabulary=None, by=factories.make_reader(Role.ANALYST))


def test_the_review_page_takes_a_decision_and_shows_the_next(
    analyst: Reader, vocabulary: Vocabulary, tagged: list[Recommendation], untagged: Recommendation
) -> None:
    other = factories.make_recommendation(texts={"en": "Train <b>teachers</b> and pupils"})
    version = train(vocabulary=vocabulary, by=analyst)
    client = Client()
    client.force_login(
        factories.User.objects.get(pk=analyst.user_id),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    address = reverse("tagging:review", args=["subjects"])
    shown = set()
    for _round in range(2):
        page = client.get(address)
        item = page.context["item"]
        shown.add(item.pk)
        assert "<mark>" in page.content.decode()
        assert "<b>teachers</b>" not in page.content.decode()
        answer = client.post(
            address,
            {
                "item": item.pk,
                "model": version.pk,
                "verdict": "accept",
                "seen_version": item.version,
                "mode": "sure",
            },
        )
        assert answer.status_code == 302
    assert shown == {untagged.pk, other.pk}
    assert set(untagged.tag_links.values_list("tag__code", "origin")) == {("health", "person")}
    assert set(other.tag_links.values_list("tag__code", flat=True)) == {"schools"}
    assert "Nothing waits here" in client.get(address).content.decode()
