"""The migration that settles names of the reference lists: what it fills, what it leaves, what the history says."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from tawsiya.accounts.models import Institution
from tawsiya.audit import commands as audit
from tawsiya.audit.models import Event
from tawsiya.mechanisms.choices import MechanismKind
from tawsiya.mechanisms.commands import register_body
from tawsiya.mechanisms.models import Body
from tawsiya.recommendations.issued import register_tag
from tawsiya.recommendations.models import Tag
from tests import factories

MIGRATION = import_module("tawsiya.recommendations.migrations.0006_names_as_the_united_nations_write_them")
CERD = "Comité pour l’élimination de la discrimination raciale"


def settle() -> None:
    MIGRATION.settle(apps, SimpleNamespace(connection=connection))


@pytest.mark.django_db
def test_apostrophes_and_missing_names_come_and_what_a_person_wrote_stays() -> None:
    factories.make_instance(state="MAR")
    with audit.change("taxonomy.imported", by=audit.SYSTEM):
        for code, names in (
            ("CERD", {"en": "Committee on Racial Discrimination", "fr": CERD.replace("’", "'")}),
            ("SR-ENVIRONMENT", {"en": "Environment"}),
            ("CCPR", {"fr": "Comité des droits de l'homme des Nations Unies"}),
            ("REGIONAL", {"fr": "Commission de l'Afrique"}),
        ):
            register_body(code=code, mechanism=MechanismKind.TREATY_BODY, names=names)
        register_tag("theme", "right-to-education", {"fr": "Droit à l'éducation"})
        register_tag("ours", "right-to-education", {"fr": "Droit à l'éducation"})
    factories.make_institution(names={"fr": "Ministère de l'Eau"})
    settle()
    bodies = {row.code: row.names for row in Body.objects.all()}
    assert bodies["CERD"] == {
        "en": "Committee on Racial Discrimination",
        "fr": CERD,
        "ar": "لجنة القضاء على التمييز العنصري",
    }
    assert bodies["SR-ENVIRONMENT"]["en"] == "Environment"
    assert bodies["SR-ENVIRONMENT"]["fr"] == (
        "Rapporteur spécial sur le droit humain à un environnement propre, sain et durable"
    )
    assert bodies["CCPR"]["fr"] == "Comité des droits de l'homme des Nations Unies"
    assert bodies["REGIONAL"] == {"fr": "Commission de l'Afrique"}
    assert {tag.taxonomy: tag.names["fr"] for tag in Tag.objects.all()} == {
        "theme": "Droit à l’éducation",
        "ours": "Droit à l'éducation",
    }
    assert Institution.objects.get().names["fr"] == "Ministère de l'Eau"
    event = Event.objects.get(code="reference.settled")
    assert (event.actor_name, event.after) == ("Tawsiya", {"names": 4})


@pytest.mark.django_db
def test_a_database_in_step_is_left_alone() -> None:
    settle()
    assert not Event.objects.filter(code="reference.settled").exists()
