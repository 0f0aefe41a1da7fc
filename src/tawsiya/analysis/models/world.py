"""Records of all States from exports of the Universal Human Rights Index, for finding and comparing.

They are no tables of record of this State's follow-up: nothing points from there to here, so no
national figure can count them. A load is one audit event and one batch of history: the load with
its counts, and each record that it changed or withdrew with its values before.
"""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import BigIntegerField, Func, Q, Value
from django.db.models.functions import Cast, NullIf
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.models import User
from tawsiya.analysis.choices import WorldAction
from tawsiya.audit.record import RequireAudit, of_record

LOAD_SETTING = "tawsiya.world_load"
"""Set for the transaction of a load to its id; without it the database refuses to write."""


class RequireLoad(pgtrigger.Trigger):
    """Refuse a write outside a load, even one inside another audited act."""

    when = pgtrigger.Before
    level = pgtrigger.Statement
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete | pgtrigger.Truncate
    func = f"""
        IF COALESCE(current_setting('{LOAD_SETTING}', TRUE), '') = '' THEN
            RAISE EXCEPTION 'write to % outside a load', TG_TABLE_NAME
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NULL;
    """


def current_load() -> Cast:
    """Return the id of the load that is running, for the database to fill in."""
    setting = Func(Value(LOAD_SETTING), Value(True), function="current_setting")
    return Cast(NullIf(setting, Value("")), BigIntegerField())


def _texts(length: int) -> "ArrayField[list[str], list[str]]":
    return ArrayField(models.CharField(max_length=length), default=list)


@of_record
class WorldLoad(models.Model):
    """One export that was loaded, whole or in part, and what it brought.

    `records` counts the file's, `present` those stored and not withdrawn after the load; `left_out`
    those about this State alone, `unreadable` those without identifier or text. `complete`: what the
    file did not have was withdrawn.
    """

    file_name = models.CharField(_("File"), max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    complete = models.BooleanField()
    loaded_at = models.DateTimeField(_("Loaded"))
    loaded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    records = models.PositiveIntegerField(_("Records"), default=0)
    present = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(_("New"), default=0)
    changed = models.PositiveIntegerField(_("Changed"), default=0)
    withdrawn = models.PositiveIntegerField(_("Withdrawn"), default=0)
    returned = models.PositiveIntegerField(_("Back again"), default=0)
    left_out = models.PositiveIntegerField(default=0)
    unreadable = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name


class WorldRecord(models.Model):
    """A recommendation, concern or other paragraph addressed to any State, as UHRI gives it.

    `external_id` is UHRI's AnnotationId; `states` and `recommending_states` are ISO 3166 alpha-3;
    `body` a code of `mechanisms.json` or, for a mandate on one country, such as `SR-MMR`; `language`
    "" where unknown. `lexemes` holds the lexemes of heading and text after `analysis_version` of
    `core.text`: English, French or Arabic by `language`, English rules for any other. `digest` is by
    what an unaltered record of a later export is known, `filled` how rich it is. `created_in` and
    `withdrawn_in` are ids of loads.
    """

    external_id = models.UUIDField()
    symbol = models.CharField(max_length=120)
    body = models.CharField(max_length=60)
    states = _texts(3)
    states_as_written = _texts(300)
    kind = models.CharField(max_length=15)
    paragraph = models.CharField(max_length=20)
    heading = models.TextField()
    text = models.TextField()
    language = models.CharField(max_length=8)
    document_type = models.CharField(max_length=30)
    published_on = models.DateField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    themes = _texts(300)
    persons = _texts(300)
    sdgs = _texts(6)
    upr_cycle = models.PositiveSmallIntegerField(null=True)
    upr_session = models.PositiveSmallIntegerField(null=True)
    position = models.CharField(max_length=15)
    recommending_states = _texts(3)
    filled = models.PositiveSmallIntegerField()
    digest = models.BigIntegerField()
    analysis_version = models.PositiveSmallIntegerField()
    lexemes = SearchVectorField()
    created_in = models.BigIntegerField(db_default=current_load())
    withdrawn_in = models.BigIntegerField(null=True)

    class Meta:
        # Both are dropped before and built after the first load (see the migration): name them there too.
        indexes = [GinIndex(name="world_lexemes", fields=["lexemes"])]
        constraints = [models.UniqueConstraint(name="world_external_id", fields=["external_id"])]
        triggers = [RequireAudit(name="require_audit"), RequireLoad(name="require_load")]

    def __str__(self) -> str:
        return f"{self.symbol} § {self.paragraph}"


class WorldChange(models.Model):
    """A record that a load changed, withdrew or brought back; `before` holds the values it had."""

    load = models.ForeignKey(WorldLoad, on_delete=models.PROTECT, related_name="changes")
    record = models.ForeignKey(WorldRecord, on_delete=models.PROTECT, related_name="changes")
    action = models.CharField(max_length=10, choices=WorldAction.choices)
    before = models.JSONField(default=dict)

    class Meta:
        ordering = ["load", "pk"]
        constraints = [
            models.UniqueConstraint(name="world_change_once", fields=["load", "record"]),
            models.CheckConstraint(
                name="world_change_has_values", condition=~Q(action="changed") | ~Q(before={})
            ),
        ]
        triggers = [RequireAudit(name="require_audit"), RequireLoad(name="require_load")]

    def __str__(self) -> str:
        return f"{self.load_id} {self.action} {self.record_id}"
