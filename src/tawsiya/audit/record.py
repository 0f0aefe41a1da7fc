"""Make a model a table of record: every write needs an audit event and leaves a row version."""

from collections.abc import Callable
from typing import Any, TypeVar

import pghistory
import pgtrigger
from django.db import models
from django.db.models import BigIntegerField, Func, Value
from django.db.models.functions import Cast, NullIf

M = TypeVar("M", bound=type[models.Model])

AUDIT_SETTING = "tawsiya.audit_id"


class RequireAudit(pgtrigger.Trigger):
    """Refuse a write whose transaction carries no audit id (set by `tawsiya.audit.change`)."""

    when = pgtrigger.Before
    level = pgtrigger.Statement
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
    func = f"""
        IF COALESCE(current_setting('{AUDIT_SETTING}', TRUE), '') = '' THEN
            RAISE EXCEPTION 'write to % without an audit event', TG_TABLE_NAME
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NULL;
    """


def _current_audit_id() -> Any:
    setting = Func(Value(AUDIT_SETTING), Value(True), function="current_setting")
    return Cast(NullIf(setting, Value("")), BigIntegerField())


def of_record(model: M) -> M:
    """Class decorator: row history (append-only) with the audit id, and `RequireAudit`."""
    tracked: Callable[[M], M] = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        append_only=True,
        context_field=None,  # type: ignore[arg-type] # documented as "no context"; the types forget it
        attrs={"audit_id": models.BigIntegerField(db_default=_current_audit_id())},
    )
    require: Callable[[M], M] = pgtrigger.register(RequireAudit(name="require_audit"))
    return require(tracked(model))
