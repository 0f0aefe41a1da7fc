"""Which tables an act wrote to, noted by the database itself: nothing can write past it.

A trigger of each table notes its name in the transaction; when the act's event comes, the names get its hash
in `audit_tablestate`. So whoever knows which tables a figure was counted from can tell whether it still
stands, whatever was written elsewhere.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from django.apps import apps
from django.db import connection

from tawsiya.audit.models import Event, TableState

_NAME = re.compile(r"[a-z][a-z0-9]*_[a-z0-9_]+")
_OWN = "tawsiya."


def read() -> Mapping[str, str]:
    """Return the hash of the last act by the name of the table; a table that no act wrote to is left out."""
    return dict(TableState.objects.values_list("name", "hash"))


@lru_cache(maxsize=2048)
def named_in(sql: str) -> frozenset[str]:
    """Return the tables that a statement may read: every table whose name stands in it.

    A table of row versions counts as the table whose rows they were: both are written at once.
    """
    known = _known()
    return frozenset(known[name] for name in set(_NAME.findall(sql)) if name in known)


@cache
def _known() -> Mapping[str, str]:
    """Return for each table by which name its state goes."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        tracked: Any = getattr(model, "pgh_tracked_model", None)
        found[model._meta.db_table] = (tracked or model)._meta.db_table
    return found


def noted_tables() -> list[str]:
    """Return the tables whose writes are noted: the project's own, of record or beside it."""
    without = {Event._meta.db_table, TableState._meta.db_table}
    return sorted(
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith(_OWN)
        and model._meta.managed
        and not hasattr(model, "pgh_tracked_model")
        and model._meta.db_table not in without
    )


_LACKING = """
    SELECT relname FROM pg_class
    WHERE relname = ANY(%s) AND relnamespace = 'public'::regnamespace
        AND to_regproc('audit_note_table') IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgrelid = pg_class.oid AND tgname = 'note_table')
"""
_ATTACH = """
    CREATE TRIGGER note_table AFTER INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_note_table()
"""


def attach(**_signal: Any) -> None:
    """Give each table that lacks it the trigger that notes it. Run as the tables' owner, after migrating."""
    with connection.cursor() as cursor:
        cursor.execute(_LACKING, [noted_tables()])
        for (table,) in cursor.fetchall():
            cursor.execute(_ATTACH.format(table=connection.ops.quote_name(table)))
