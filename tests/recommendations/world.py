"""A small world: eleven rows of four documents, with institutions, statuses and tags."""

from dataclasses import dataclass, field
from datetime import date

from django.test import Client
from django.urls import reverse
from django.utils import translation

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Institution, User
from tawsiya.accounts.queries import reader_for
from tawsiya.accounts.reader import Reader
from tawsiya.audit import commands as audit
from tawsiya.mechanisms.choices import DocumentType
from tawsiya.recommendations.choices import AccessLevel, Kind, Status, Taxonomy
from tawsiya.recommendations.issued import register_tag
from tawsiya.recommendations.models import Recommendation, Tag
from tests import factories

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass
class World:
    """The rows by name, the two ministries, and a person of each role."""

    rows: dict[str, Recommendation] = field(default_factory=dict)
    tags: dict[str, Tag] = field(default_factory=dict)
    justice: Institution = None  # type: ignore[assignment]  # set by the fixture
    health: Institution = None  # type: ignore[assignment]  # set by the fixture
    users: dict[str, User] = field(default_factory=dict)

    def reader(self, name: str) -> Reader:
        return reader_for(self.users[name])

    def client(self, name: str) -> Client:
        client = Client()
        if name != "nobody":
            client.force_login(self.users[name], backend=BACKEND)
        return client

    def names(self, ids: list[int]) -> list[str]:
        by_id = {row.pk: name for name, row in self.rows.items()}
        return [by_id[pk] for pk in ids]


def address(name: str, *args: object, query: str = "") -> str:
    """Return a page's address in English."""
    with translation.override("en"):
        return reverse(f"recommendations:{name}", args=args) + (f"?{query}" if query else "")


def _tags(world: World) -> None:
    with audit.change("recommendation.imported", by=audit.SYSTEM) as event:
        for taxonomy, code, name in (
            (Taxonomy.THEME, "education", "Right to education"),
            (Taxonomy.THEME, "prisons", "Conditions of detention"),
            (Taxonomy.PERSONS, "girls", "Girls"),
            (Taxonomy.SDG_GOAL, "4", "Quality education"),
        ):
            world.tags[code] = register_tag(taxonomy, code, {"en": name})
        world.tags["4.5"] = register_tag(Taxonomy.SDG_TARGET, "4.5", {"en": "4.5"}, parent=world.tags["4"])
        event.after = {}


def _rows(world: World) -> None:
    old = factories.make_document("A/HRC/21/3", cycle=2, published_on=_day(2012))
    upr = factories.make_document("A/HRC/36/6", cycle=3, published_on=_day(2017))
    cerd = factories.make_document(
        "CERD/C/MAR/CO/19-21",
        type=DocumentType.CONCLUDING_OBSERVATIONS,
        body="CERD",
        published_on=_day(2023),
    )
    make = factories.make_recommendation
    tags = world.tags
    world.rows = {
        "old": make(old, paragraph="129.1", position="noted", recommending_states=("TUN",)),
        "school": make(
            upr,
            paragraph="144.5",
            texts={"en": "Keep girls in school", "fr": "Maintenir les filles à l'école"},
            tags=(tags["education"], tags["girls"], tags["4"]),
            recommending_states=("FRA", "TUN"),
        ),
        "prison": make(
            upr, paragraph="144.10", position="noted", texts={"ar": "تحسين السجون"}, tags=(tags["prisons"],)
        ),
        "concern": make(cerd, paragraph="11", kind=Kind.CONCERN),
        "figures": make(cerd, paragraph="12", tags=(tags["education"],)),
    }
    world.rows["figures-a"] = make(cerd, paragraph="12", subparagraph="a", tags=(tags["prisons"],))
    world.rows["figures-b"] = make(cerd, paragraph="12", subparagraph="b")
    world.rows["migrants"] = make(cerd, paragraph="13")


def _day(year: int) -> date:
    return date(year, 7, 1)


def _follow_up(world: World) -> None:
    world.justice = factories.make_institution(key="justice", names={"en": "Justice"})
    world.health = factories.make_institution(key="health", names={"en": "Health"})
    give = factories.make_assignment
    give(recommendation=world.rows["prison"], institution=world.justice)
    give(recommendation=world.rows["prison"], institution=world.health, level=AccessLevel.SUPPORT)
    give(recommendation=world.rows["figures-a"], institution=world.health)
    give(recommendation=world.rows["school"], institution=world.justice)
    factories.make_assessment(world.rows["school"], Status.IN_PROGRESS)
    factories.make_assessment(world.rows["figures-a"], Status.IMPLEMENTED)


def make_world() -> World:
    """Return the world, made anew."""
    factories.make_instance()
    made = World()
    _tags(made)
    _rows(made)
    _follow_up(made)
    for row in made.rows.values():
        row.refresh_from_db()
    homes = {"justice": made.justice, "health": made.health}
    made.users = {
        "coordinator": factories.make_person(Role.COORDINATOR),
        "analyst": factories.make_person(Role.ANALYST),
        "administrator": factories.make_person(Role.ADMINISTRATOR),
        "observer": factories.make_person(Role.OBSERVER),
        "nhri": factories.make_person(Role.NHRI),
        "organisation": factories.make_person(Role.CIVIL_SOCIETY),
        "without_role": factories.make_person(),
        **{name: factories.make_person(Role.FOCAL_POINT, home) for name, home in homes.items()},
        "other": factories.make_person(Role.FOCAL_POINT),
    }
    return made
