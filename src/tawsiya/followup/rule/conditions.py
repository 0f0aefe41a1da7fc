"""The conditions of which a rule is made: what each reads, its parameters, and its words.

A condition is true, false or unknown (None). Unknown is neither zero nor no: over rows of which there is
none, "every" and "some" are unknown; only the conditions that count records answer false where there is none.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from tawsiya.core.errors import Message
from tawsiya.core.labels import Label
from tawsiya.followup.choices import EvidenceMark
from tawsiya.followup.rule.facts import Facts
from tawsiya.programme.choices import LawStage, Progress
from tawsiya.recommendations.choices import Status

Truth = bool | None
Params = Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """A record on which a condition rests: its kind and id make its address, `says` is a value of it."""

    kind: str
    pk: int
    label: Label
    says: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the row as plain data, to be kept with an assessment."""
        return {"kind": self.kind, "pk": self.pk, "label": self.label, "says": self.says}


@dataclass(frozen=True)
class Parameter:
    """What a condition is asked with: a number within limits, one of some values, or several of them."""

    name: str
    label: Message
    kind: str  # number, one, several
    choices: Sequence[tuple[str, Any]] = ()
    low: int = 0
    high: int = 0

    def fits(self, value: Any) -> bool:
        """Tell whether a value from outside may be the parameter's."""
        known = {code for code, _label in self.choices}
        if self.kind == "number":
            return isinstance(value, int) and not isinstance(value, bool) and self.low <= value <= self.high
        if self.kind == "one":
            return isinstance(value, str) and value in known
        return isinstance(value, list) and bool(value) and all(one in known for one in value)


Found = tuple[Truth, Sequence[Row]]


@dataclass(frozen=True)
class Condition:
    """A question that a rule can ask.

    `name` is what a list of conditions says; `sentence` what the derivation says, with the parameters' words.
    """

    code: str
    name: Message
    sentence: Message
    parameters: tuple[Parameter, ...]
    ask: Callable[[Facts, Params], Found]


def every(values: Iterable[Truth]) -> Truth:
    """Return whether all are true; unknown where there is none, or one is unknown and none false."""
    seen = list(values)
    if False in seen:
        return False
    return None if not seen or None in seen else True


def some(values: Iterable[Truth]) -> Truth:
    """Return whether one is true; unknown where there is none, or one is unknown and none true."""
    seen = list(values)
    if True in seen:
        return True
    return None if not seen or None in seen else False


_BY: dict[str, Callable[[Iterable[Truth]], Truth]] = {"every": every, "some": some}
_QUANTIFIER = Parameter(
    "by", _("For"), "one", (("every", _("each of them")), ("some", _("one of them at least")))
)


def _plain(text: str) -> Label:
    return {"": text}


def _contributions(facts: Facts) -> list[Row]:
    return [
        Row("contribution", row.contribution_id, row.institution, row.proposed) for row in facts.contributions
    ]


def _ask_contributions(facts: Facts, params: Params) -> Found:
    return len(facts.contributions) >= params["at_least"], _contributions(facts)


def _ask_proposals(facts: Facts, params: Params) -> Found:
    rows = [row for row in facts.contributions if row.is_lead or params["by"] != "lead"]
    values = [row.proposed in params["among"] if row.proposed else None for row in rows]
    found = [Row("contribution", row.contribution_id, row.institution, row.proposed) for row in rows]
    return _BY.get(params["by"], every)(values), found


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, 28))


def _ask_age(facts: Facts, params: Params) -> Found:
    if not facts.contributions:
        return None, ()
    last = max(facts.contributions, key=lambda row: (row.validated_on, row.contribution_id))
    recent = last.validated_on >= _months_before(facts.today, params["months"])
    return recent, [
        Row("contribution", last.contribution_id, last.institution, last.validated_on.isoformat())
    ]


def _ask_evidence(facts: Facts, params: Params) -> Found:
    rows = [row for row in facts.evidence if params["kind"] in ("any", row.kind, row.mark)]
    found = [
        Row(
            "evidence" if row.kind == "file" else "contribution", row.evidence_id, _plain(row.title), row.kind
        )
        for row in rows
    ]
    return len(rows) >= params["at_least"], found


def _ask_measures(facts: Facts, params: Params) -> Found:
    found = [Row("measure", row.measure_id, row.titles, row.progress or "") for row in facts.measures]
    return len(found) >= params["at_least"], found


def _ask_progress(facts: Facts, params: Params) -> Found:
    values = [None if row.progress is None else row.progress in params["among"] for row in facts.measures]
    found = [Row("measure", row.measure_id, row.titles, row.progress or "") for row in facts.measures]
    return _BY[params["by"]](values), found


def _milestones(facts: Facts) -> list[tuple[int, Any]]:
    return [(measure.measure_id, step) for measure in facts.measures for step in measure.milestones]


def _ask_reached(facts: Facts, params: Params) -> Found:
    steps = _milestones(facts)
    reached = sum(step.reached_on is not None for _measure, step in steps)
    enough = reached * 100 >= params["percent"] * len(steps) if steps else None
    return enough, [
        Row("measure", measure, step.titles, "reached" if step.reached_on else "open")
        for measure, step in steps
    ]


def _ask_late(facts: Facts, params: Params) -> Found:
    steps = _milestones(facts)
    late = [(pk, step) for pk, step in steps if step.reached_on is None and step.due_on < facts.today]
    rows = [Row("measure", pk, step.titles, step.due_on.isoformat()) for pk, step in late]
    return (bool(late) if steps else None), rows


_STAGES = [stage.value for stage in LawStage if stage is not LawStage.WITHDRAWN]


def _ask_stage(facts: Facts, params: Params) -> Found:
    laws = [(measure.measure_id, law) for measure in facts.measures for law in measure.laws]
    wanted = _STAGES.index(params["stage"])
    # A text that was withdrawn stands at no stage any more.
    values = [law.stage in _STAGES and _STAGES.index(law.stage) >= wanted for _measure, law in laws]
    return _BY[params["by"]](values), [Row("measure", pk, law.titles, law.stage) for pk, law in laws]


def _says(met: Truth) -> str:
    return "unknown" if met is None else "met" if met else "missed"


def _ask_indicators(facts: Facts, params: Params) -> Found:
    found = [Row("indicator", row.indicator_id, row.names, _says(row.met)) for row in facts.indicators]
    return _BY[params["by"]](row.met for row in facts.indicators), found


def _ask_misses(facts: Facts, params: Params) -> Found:
    # Asks what is known, so that an indicator nobody has measured stands in nobody's way.
    missed = [row for row in facts.indicators if row.met is False]
    return bool(missed), [Row("indicator", row.indicator_id, row.names, "missed") for row in missed]


def _ask_parts(facts: Facts, params: Params) -> Found:
    values = [part.status in params["among"] if part.status else None for part in facts.parts]
    found = [Row("part", part.item_id, _plain(part.label), part.status) for part in facts.parts]
    return _BY[params["by"]](values), found


def _number(label: Message, low: int, high: int, name: str = "at_least") -> Parameter:
    return Parameter(name, label, "number", low=low, high=high)


_EVIDENCE_KINDS: tuple[tuple[str, Any], ...] = (
    ("any", _("of any kind")),
    ("file", _("files")),
    ("link", _("links")),
    ("law", _("laws and regulations")),
    (EvidenceMark.PUBLIC.value, _("marked public")),
)

CONDITIONS: dict[str, Condition] = {
    row.code: row
    for row in (
        Condition(
            "contributions",
            _("Validated contributions"),
            _("Institutions with a validated contribution: at least %(at_least)s"),
            (_number(_("At least"), 1, 50),),
            _ask_contributions,
        ),
        Condition(
            "proposed_status",
            _("Status that institutions propose"),
            _("Status proposed by institutions (%(by)s): %(among)s"),
            (
                Parameter("by", _("For"), "one", (*_QUANTIFIER.choices, ("lead", _("the lead institution")))),
                Parameter("among", _("Statuses"), "several", tuple(Status.choices)),
            ),
            _ask_proposals,
        ),
        Condition(
            "contribution_age",
            _("Age of the last contribution"),
            _("Age of the last validated contribution, in months: at most %(months)s"),
            (_number(_("Months at most"), 1, 120, "months"),),
            _ask_age,
        ),
        Condition(
            "evidence",
            _("Evidence"),
            _("Pieces of evidence (%(kind)s): at least %(at_least)s"),
            (_number(_("At least"), 1, 50), Parameter("kind", _("Kind"), "one", _EVIDENCE_KINDS)),
            _ask_evidence,
        ),
        Condition(
            "measures",
            _("Measures of adopted programmes"),
            _("Measures of adopted programmes that answer it: at least %(at_least)s"),
            (_number(_("At least"), 1, 50),),
            _ask_measures,
        ),
        Condition(
            "measure_progress",
            _("Progress of measures"),
            _("Progress of the measures (%(by)s): %(among)s"),
            (_QUANTIFIER, Parameter("among", _("Progress"), "several", tuple(Progress.choices))),
            _ask_progress,
        ),
        Condition(
            "milestones_reached",
            _("Milestones reached"),
            _("Milestones reached, in per cent: at least %(percent)s"),
            (_number(_("Per cent at least"), 1, 100, "percent"),),
            _ask_reached,
        ),
        Condition("milestone_late", _("A milestone is late"), _("A milestone is late"), (), _ask_late),
        Condition(
            "law_stage",
            _("Stage of laws"),
            _("The texts of law that the measures need (%(by)s) have come to this stage: %(stage)s"),
            (
                _QUANTIFIER,
                Parameter(
                    "stage",
                    _("Stage"),
                    "one",
                    tuple(choice for choice in LawStage.choices if choice[0] in _STAGES),
                ),
            ),
            _ask_stage,
        ),
        Condition(
            "indicators_met",
            _("Indicators that meet their target"),
            _("Indicators (%(by)s) meet their target"),
            (_QUANTIFIER,),
            _ask_indicators,
        ),
        Condition(
            "indicator_missed",
            _("An indicator misses its target"),
            _("An indicator is known to miss its target"),
            (),
            _ask_misses,
        ),
        Condition(
            "parts_status",
            _("Status of the lettered parts"),
            _("Status of the lettered parts (%(by)s): %(among)s"),
            (_QUANTIFIER, Parameter("among", _("Statuses"), "several", tuple(Status.choices))),
            _ask_parts,
        ),
    )
}


def words_of(node: Params) -> str:
    """Return the sentence of a condition with its parameters, in the reader's language."""
    condition = CONDITIONS[node["is"]]
    return str(condition.sentence) % {
        parameter.name: _value(parameter, node[parameter.name]) for parameter in condition.parameters
    }


def _value(parameter: Parameter, value: Any) -> str:
    labels = dict(parameter.choices)
    if parameter.kind == "number":
        return str(value)
    values = value if isinstance(value, list) else [value]
    return " · ".join(str(labels[one]) for one in values)
