"""Read as a role of the database that may do less than the application itself."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.utils import DataError, ProgrammingError

PORTAL = "tawsiya_portal"


class RoleUnavailable(RuntimeError):
    """The database has no such role, or does not let the application take it."""


@contextmanager
def as_role(role: str) -> Iterator[None]:
    """Run the body's queries with the rights of `role`, in an atomic block.

    The role is set for the transaction only (`SET LOCAL ROLE`), so that it can never follow the
    connection back to its pool, and is given back at the end of the body, so that a transaction
    around it goes on as before. Evaluate querysets inside the body: a lazy one that leaves it is
    read with the application's own rights.

    Raises:
        RoleUnavailable: the role does not exist or is not granted to the application.
    """
    with transaction.atomic():
        before = _take(role)
        # An error inside needs no reset: the rollback of the block gives the role back.
        yield
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('role', %s, TRUE)", [before])


def _take(role: str) -> str:
    """Take the role for the rest of the transaction; return the one held before."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('role')")
            before = str(cursor.fetchone()[0])
            cursor.execute("SELECT set_config('role', %s, TRUE)", [role])
    except (DataError, ProgrammingError) as error:
        raise RoleUnavailable(role) from error
    return before
