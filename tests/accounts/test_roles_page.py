"""The page of roles and its copy in the documentation."""

import importlib.util
from pathlib import Path

import pytest
from django.test import Client

from tawsiya.accounts.choices import Role
from tawsiya.accounts.roles import ACT_NAMES, HOME, MAY, REFUSALS, ROLE_NOTES, Act
from tests import factories

ROOT = Path(__file__).resolve().parent.parent.parent


def test_the_documentation_is_what_the_code_says() -> None:
    spec = importlib.util.spec_from_file_location("roles_tool", ROOT / "tools" / "roles.py")
    assert spec is not None and spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert (ROOT / "docs" / "roles.md").read_text("utf-8") == tool.page()


def test_every_act_has_a_name_and_a_refusal_and_every_role_a_note_and_a_home() -> None:
    assert set(ACT_NAMES) == set(REFUSALS) == set(Act)
    assert set(ROLE_NOTES) == set(HOME) == set(MAY) == set(Role)


# Written by hand: who may do what, as DOMAIN and the project's brief have it.
TABLE = {
    Role.ADMINISTRATOR: {
        *(
            "manage_accounts",
            "manage_institutions",
            "manage_taxonomies",
            "read_outbox",
            "export",
            "manage_templates",
        ),
    },
    Role.COORDINATOR: {
        *("import_documents", "tag", "assign", "ask", "validate_for_delegation", "set_status"),
        *("plan", "adopt", "publish", "converse", "moderate", "write_rule", "export"),
    },
    Role.ANALYST: {"import_documents", "tag", "plan", "converse", "export"},
    Role.VALIDATOR: {
        *("answer_assignment", "contribute", "validate_for_institution"),
        *("converse", "comment", "export"),
    },
    Role.FOCAL_POINT: {"answer_assignment", "contribute", "converse", "comment", "export"},
    Role.HEAD: {"export"},
    Role.OBSERVER: {"export"},
    Role.NHRI: {"comment", "submit", "export"},
    Role.CIVIL_SOCIETY: {"comment", "submit", "export"},
}


@pytest.mark.parametrize("role", list(Role))
def test_the_acts_of_each_role(role: Role) -> None:
    assert MAY[role] == TABLE[role]


@pytest.mark.django_db
@pytest.mark.parametrize("role", [*Role, None])
def test_everybody_with_a_role_reads_the_page(client: Client, role: Role | None) -> None:
    client.force_login(factories.make_person(role))
    answer = client.get("/en/roles/")
    assert answer.status_code == (404 if role is None else 200)
