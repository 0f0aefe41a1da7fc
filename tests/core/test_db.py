"""Taking a lesser role: what it allows, and that it is always given back."""

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from tawsiya.core.db import PORTAL, RoleUnavailable, as_role

pytestmark = pytest.mark.django_db


def current_role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


def test_the_role_holds_inside_and_is_given_back() -> None:
    before = current_role()
    with as_role(PORTAL):
        assert current_role() == "tawsiya_portal"
    assert current_role() == before == "tawsiya_app"


def test_an_error_inside_gives_the_role_back() -> None:
    with pytest.raises(ValueError, match="mine"), as_role(PORTAL):
        raise ValueError("mine")
    assert current_role() == "tawsiya_app"


def test_a_refused_query_gives_the_role_back_and_spares_the_outer_transaction() -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        as_role(PORTAL),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT * FROM audit_event")
    assert current_role() == "tawsiya_app"


def test_it_nests() -> None:
    with as_role(PORTAL), as_role(PORTAL):
        assert current_role() == "tawsiya_portal"
    assert current_role() == "tawsiya_app"


def test_an_unknown_role_is_told_apart_and_harms_nothing() -> None:
    with pytest.raises(RoleUnavailable), as_role("nobody_of_that_name"):
        raise AssertionError("the body must not run")
    assert current_role() == "tawsiya_app"


def test_a_role_that_is_not_granted_is_unavailable() -> None:
    with pytest.raises(RoleUnavailable), as_role("tawsiya_owner"):
        raise AssertionError("the body must not run")
    assert current_role() == "tawsiya_app"
