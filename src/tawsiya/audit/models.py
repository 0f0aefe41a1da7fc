"""The history of who did what, when and why: append-only and hash-chained.

The chain is computed in the database (trigger `chain`, see migration 0002) so that no
application code can choose a hash; `tawsiya.audit.verify` recomputes it independently.
"""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language


class Event(models.Model):
    """One act. Names are frozen: they stay true when a person or institution is renamed.

    `subject` is what was acted upon; `item` the recommendation whose history shows it;
    `state` the subject's state after the act and `institution_id` whose it is, by which the
    reader's filter decides (DOMAIN §9, last row).
    """

    id = models.BigAutoField(primary_key=True)
    position = models.BigIntegerField(unique=True, editable=False)
    code = models.CharField(max_length=80)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    actor_name = models.CharField(max_length=200)
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    on_behalf_of_name = models.CharField(max_length=200, blank=True)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField(null=True, blank=True)
    subject_name = models.CharField(max_length=300, blank=True)
    item_id = models.BigIntegerField(null=True, blank=True)
    institution_id = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=40, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    request_id = models.CharField(max_length=40, blank=True)
    previous_hash = models.CharField(max_length=64, editable=False)
    hash = models.CharField(max_length=64, editable=False)

    class Meta:
        ordering = ["-position"]
        indexes = [
            models.Index(fields=["item_id", "-position"], name="audit_event_item"),
            models.Index(fields=["subject_type", "subject_id"], name="audit_event_subject"),
            models.Index(fields=["-at", "-position"], name="audit_event_latest"),
            models.Index(fields=["item_id", "institution_id", "at"], name="audit_event_of_institution"),
        ]
        constraints = [
            models.CheckConstraint(
                name="audit_event_behalf_named",
                condition=Q(on_behalf_of__isnull=True) | ~Q(on_behalf_of_name=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="chain",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("last", "audit_event%ROWTYPE")],
                func="""
                    PERFORM pg_advisory_xact_lock(7203651);
                    SELECT * INTO last FROM audit_event ORDER BY position DESC LIMIT 1;
                    NEW.position := COALESCE(last.position, 0) + 1;
                    NEW.previous_hash := COALESCE(last.hash, repeat('0', 64));
                    NEW.hash := encode(sha256(convert_to(
                        NEW.previous_hash || audit_event_payload(NEW), 'UTF8')), 'hex');
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.code}"

    @property
    def who(self) -> str:
        """Who acted, as recorded; in Arabic script for its readers where the person was read along."""
        return self._in_script("actor", self.actor_name)

    @property
    def in_the_name_of(self) -> str:
        """The person replaced, in the same way; "" for none."""
        return self._in_script("on_behalf_of", self.on_behalf_of_name)

    def _in_script(self, field: str, recorded: str) -> str:
        person = self._state.fields_cache.get(field)
        language = get_language() or ""
        # The record stands: only the Arabic name, which it does not hold, is taken from the account of today.
        return str(person.name_in(language)) if person and language.startswith("ar") else recorded


class TableState(models.Model):
    """The hash of the last event of an act that wrote to a table: while it stands, so do the table's rows.

    Written by triggers: `audit_note_table` of each table, and `audit_settle_tables` when the event comes
    (see `table_states`). The history of acts itself is here as `audit_event`.
    """

    name = models.CharField(primary_key=True, max_length=63)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.name


class AccessLog(models.Model):
    """Who read a protected file. Reading is not an act on the record, so it is no audit event."""

    at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    request_id = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id}"
