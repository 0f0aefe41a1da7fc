"""Record acts. `change` is the only door through which tables of record are written."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import connection, models, transaction

from tawsiya.audit.models import AccessLog, Event
from tawsiya.audit.record import AUDIT_SETTING
from tawsiya.core import clock, request_context


class WriteDuringRead(RuntimeError):
    """A page that only reads (GET) tried to write to a table of record: a programming error."""


class Actor(Protocol):
    """Who acts: the person, and the person replaced where a deputy acts."""

    @property
    def user_id(self) -> int | None:
        """The person; None for the system."""

    @property
    def name(self) -> str:
        """The person's name, as it is frozen into the event."""

    @property
    def on_behalf_of_id(self) -> int | None:
        """The person a deputy stands in for."""

    @property
    def on_behalf_of_name(self) -> str:
        """That person's name, "" where there is none."""


@dataclass(frozen=True)
class System:
    """The system itself: set-up, scheduled jobs."""

    user_id: None = None
    name: str = "Tawsiya"
    on_behalf_of_id: None = None
    on_behalf_of_name: str = ""


SYSTEM = System()


@dataclass
class Draft:
    """The event being written; a command fills in what it learns while it runs."""

    id: int
    code: str
    subject: models.Model | None = None
    item_id: int | None = None
    institution_id: int | None = None
    state: str = ""
    reason: str = ""
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)


def _set_audit_id(value: str) -> None:
    """Number the act, and say that none of its triggers is left out.

    Every trigger asks `pgtrigger.ignore` for each row. Where it was never set, PostgreSQL answers with an
    error that the trigger catches, and each error walks through all the deferred checks of the transaction:
    an import of 80,000 rows took hours.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config(%s, %s, TRUE), set_config('pgtrigger.ignore', '{}', TRUE)",
            [AUDIT_SETTING, value],
        )


def _get_audit_id() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(current_setting(%s, TRUE), '')", [AUDIT_SETTING])
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def _next_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('audit_event_id_seq')")
        row = cursor.fetchone()
    assert row is not None
    return int(row[0])


def subject_type(subject: models.Model | None) -> str:
    """Return `app.model` for a subject, `instance` for the installation as a whole."""
    return subject._meta.label_lower if subject is not None else "instance"


@contextmanager
def change(
    code: str,
    *,
    by: Actor,
    subject: models.Model | None = None,
    item_id: int | None = None,
    institution_id: int | None = None,
    state: str = "",
    reason: str = "",
) -> Iterator[Draft]:
    """Open an atomic block in which tables of record may be written, and record the act at its end.

    Args:
        code: `<what>.<done>`, registered with its sentence in `tawsiya.audit.sentences`.
        by: who acts.
        subject: what is acted upon; may be set on the yielded draft once it exists.
        item_id: the recommendation whose history shows the event.
        institution_id: whose subject it is.
        state: the subject's state after the act.
        reason: why, as the person wrote it.

    Raises:
        WriteDuringRead: the running request is a GET, HEAD or OPTIONS.
    """
    context = request_context.current()
    if context is not None and context.read_only:
        raise WriteDuringRead(code)
    with transaction.atomic():
        outer = _get_audit_id()
        draft = Draft(
            id=_next_id(),
            code=code,
            subject=subject,
            item_id=item_id,
            institution_id=institution_id,
            state=state,
            reason=reason,
        )
        _set_audit_id(str(draft.id))
        yield draft
        _insert(draft, by)
        _set_audit_id(outer)


@dataclass(frozen=True)
class Act:
    """One of many acts of the same kind, each told in the history of its own subject."""

    subject: models.Model
    item_id: int | None = None
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)


def record_many(code: str, acts: Sequence[Act], *, by: Actor) -> None:
    """Append an event for each of many acts, in a few statements: what an import does to each row.

    Runs inside `change`, under whose number the rows themselves are written.

    Raises:
        RuntimeError: called outside `change`.
    """
    if not _get_audit_id():
        raise RuntimeError(f"{code}: many acts are recorded inside the act that they belong to")
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('audit_event_id_seq') FROM generate_series(1, %s)", [len(acts)])
        ids = [int(row[0]) for row in cursor.fetchall()]
    drafts = [
        Draft(id=pk, code=code, subject=act.subject, item_id=act.item_id, before=act.before, after=act.after)
        for pk, act in zip(ids, acts, strict=True)
    ]
    # The trigger `chain` links each row to the one before it, within a statement too.
    Event.objects.bulk_create((_event(draft, by) for draft in drafts), batch_size=500)


def _insert(draft: Draft, by: Actor) -> None:
    _event(draft, by).save(force_insert=True)


def _event(draft: Draft, by: Actor) -> Event:
    context = request_context.current()
    # position, previous_hash and hash are the trigger's; the placeholders are overwritten there.
    return Event(
        id=draft.id,
        position=0,
        code=draft.code,
        at=clock.now(),
        actor_id=by.user_id,
        actor_name=by.name,
        on_behalf_of_id=by.on_behalf_of_id,
        on_behalf_of_name=by.on_behalf_of_name,
        subject_type=subject_type(draft.subject),
        subject_id=draft.subject.pk if draft.subject is not None else None,
        subject_name=str(draft.subject)[:300] if draft.subject is not None else "",
        item_id=draft.item_id,
        institution_id=draft.institution_id,
        state=draft.state,
        before=draft.before,
        after=draft.after,
        reason=draft.reason,
        request_id=context.request_id if context else "",
    )


def log_access(*, user_id: int, subject: models.Model) -> None:
    """Note that a person read a protected file. Allowed during a GET: the log is exempt by design."""
    context = request_context.current()
    AccessLog.objects.create(
        user_id=user_id,
        object_type=subject_type(subject),
        object_id=subject.pk,
        request_id=context.request_id if context else "",
    )
