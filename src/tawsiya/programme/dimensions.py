"""What programmes add to the facets of recommendations: whether a measure answers one, its axis, its lead.

The rows are those of the measures that the reader sees: nothing is counted, and nothing said to be missing,
by what stands in a draft that he does not see. Axis, institution and progress are of programmes in force.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, CharField, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tawsiya.accounts.reader import Reader
from tawsiya.core.errors import Message
from tawsiya.core.labels import text_of
from tawsiya.programme.choices import VersionState
from tawsiya.programme.measure_filters import STANDINGS, lead, standing, top_axis, top_axis_words
from tawsiya.programme.models import MeasureAnswer
from tawsiya.programme.queries import measures_for
from tawsiya.programme.visibility import inviting
from tawsiya.recommendations import facets
from tawsiya.recommendations.facets import Words
from tawsiya.recommendations.filters import Source

IN_FORCE, PREPARED = "in_force", "prepared"
PLANNED: Mapping[str, Message] = {
    IN_FORCE: gettext_lazy("In a programme in force"),
    PREPARED: gettext_lazy("In a programme being prepared"),
}
_STANDINGS: Mapping[str, Message] = dict(STANDINGS)
_ORDER = list(_STANDINGS)


def _answers(reader: Reader) -> QuerySet[MeasureAnswer]:
    """Return what the measures that a reader sees answer; replaced versions plan nothing any more."""
    seen = measures_for(reader).order_by().values("pk")
    return MeasureAnswer.objects.filter(measure__in=seen).exclude(
        measure__version__state=VersionState.REVISED
    )


def _planned(reader: Reader) -> QuerySet[Any, Any]:
    state = Case(
        When(measure__version__state=VersionState.ADOPTED, then=Value(IN_FORCE)),
        default=Value(PREPARED),
        output_field=CharField(),
    )
    return _answers(reader).annotate(planned=state)


def _in_force(reader: Reader) -> QuerySet[Any, Any]:
    return _answers(reader).filter(measure__version__state=VersionState.ADOPTED)


def _axes(reader: Reader) -> QuerySet[Any, Any]:
    node = "measure__node_id"
    return _in_force(reader).annotate(plan_axis=top_axis(node), plan_axis_words=top_axis_words(node))


def _leads(reader: Reader) -> QuerySet[Any, Any]:
    rows = _in_force(reader).annotate(
        plan_lead=lead("measure_id", "institution__key"),
        plan_lead_names=lead("measure_id", "institution__names"),
    )
    return rows.filter(plan_lead__isnull=False)


def _progress(reader: Reader) -> QuerySet[Any, Any]:
    return _in_force(reader).annotate(plan_progress=standing("measure__"))


def _axis_label(row: Mapping[str, Any]) -> str:
    words = row["plan_axis_words"]
    return f"{words['code']} {text_of(words['names'])}"


def register() -> None:
    """Add the dimensions of programmes to those of recommendations."""
    facets.register_clocked(inviting)
    facets.register(
        "planned",
        label=gettext_lazy("Measure"),
        source=Source(_planned, "planned", "recommendation"),
        words=Words((), lambda row: PLANNED.get(row["planned"], row["planned"]), lambda row: row["planned"]),
        none=lambda: _("No measure"),
    )
    facets.register(
        "plan_axis",
        label=gettext_lazy("Axis of the programme in force"),
        source=Source(_axes, "plan_axis", "recommendation"),
        words=Words(
            ("measure__version__programme__key", "plan_axis_words"),
            _axis_label,
            lambda row: (row["measure__version__programme__key"], row["plan_axis_words"]["sort_key"]),
        ),
        none=lambda: _("No measure in force"),
    )
    facets.register(
        "plan_lead",
        label=gettext_lazy("Lead institution of the measure"),
        source=Source(_leads, "plan_lead", "recommendation"),
        words=Words(("plan_lead_names",), lambda row: text_of(row["plan_lead_names"])),
    )
    facets.register(
        "plan_progress",
        label=gettext_lazy("Progress of the measure"),
        source=Source(_progress, "plan_progress", "recommendation"),
        words=Words(
            (),
            lambda row: _STANDINGS.get(row["plan_progress"]) or str(row["plan_progress"]),
            lambda row: _ORDER.index(row["plan_progress"]) if row["plan_progress"] in _ORDER else len(_ORDER),
        ),
    )
