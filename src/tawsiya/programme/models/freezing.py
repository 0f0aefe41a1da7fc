"""What belongs to an adopted version no longer changes, whoever writes: triggers of the database."""

from collections.abc import Callable
from typing import TypeVar

import pgtrigger
from django.db import models

M = TypeVar("M", bound=type[models.Model])

# States of a version whose content is frozen, as SQL.
FROZEN = "('adopted', 'revised')"


def frozen_once_adopted(owner: str, *, free: tuple[str, ...] = ()) -> Callable[[M], M]:
    """Class decorator: refuse writes to rows of adopted or revised versions.

    Args:
        owner: `version` or `measure`, the foreign key by which a row belongs to a version.
        free: columns that may change all the same, as what is reported does.
    """
    versions = (
        "SELECT 1 FROM programme_version v WHERE v.id = ANY(owners)"
        if owner == "version"
        else "SELECT 1 FROM programme_version v JOIN programme_measure m ON m.version_id = v.id"
        " WHERE m.id = ANY(owners)"
    )
    columns = ", ".join(f"'{name}'" for name in free)
    trigger = pgtrigger.Trigger(
        name="frozen_once_adopted",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("owners", "bigint[]")],
        func=f"""
            owners := CASE TG_OP
                WHEN 'INSERT' THEN ARRAY[NEW.{owner}_id]
                WHEN 'DELETE' THEN ARRAY[OLD.{owner}_id]
                ELSE ARRAY[NEW.{owner}_id, OLD.{owner}_id] END;
            IF EXISTS ({versions} AND v.state IN {FROZEN}) AND (
                TG_OP <> 'UPDATE'
                OR (to_jsonb(NEW) - ARRAY[{columns}]::text[])
                    IS DISTINCT FROM (to_jsonb(OLD) - ARRAY[{columns}]::text[])
            ) THEN
                RAISE EXCEPTION 'the version of this row of % is adopted', TG_TABLE_NAME
                    USING ERRCODE = 'restrict_violation';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )
    register: Callable[[M], M] = pgtrigger.register(trigger)
    return register
