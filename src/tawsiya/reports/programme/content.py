"""What a document says of a programme: plain words in the reader's language, the same for Word and PDF."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from tawsiya.accounts.reader import Reader
from tawsiya.core import instance
from tawsiya.core.formats import localise_date, localise_number
from tawsiya.core.labels import text_of
from tawsiya.mechanisms.reference.profile import load_profile
from tawsiya.programme.models import Measure, Version
from tawsiya.programme.queries import lead_of, measures_for, supporting, tree, with_everything
from tawsiya.recommendations.models import Recommendation
from tawsiya.recommendations.reading import reading_text

Plain = dict[str, Any]


def programme_content(reader: Reader, version: Version) -> Plain:
    """Return a whole programme with its annex of recommendations. For readers who see the version whole."""
    rows = list(with_everything(measures_for(reader).filter(version=version)).order_by("sort_key", "pk"))
    names = _places()
    axes = [
        {
            "code": branch.node.code,
            "title": text_of(branch.node.names),
            "level": branch.depth + 1,
            "measures": [_measure(row, names) for row in branch.measures],
        }
        for branch in tree(reader, version, rows, narrowed=False)
    ]
    return _frame(version) | {"axes": axes, "annex": _annex(rows), "words": _words(), "count": len(rows)}


def measure_content(measure: Measure) -> Plain:
    """Return one measure (of `queries.measure_or_404`) with the texts of what it answers."""
    answers = [_recommendation(row.recommendation) for row in measure.answers.all()]
    content = _measure(measure, _places()) | {"axis": f"{measure.node.code} {text_of(measure.node.names)}"}
    return _frame(measure.version) | {"measure": content, "answers": answers, "words": _words()}


def _frame(version: Version) -> Plain:
    served = instance.current()
    adopted = version.state in ("adopted", "revised")
    act = ""
    if version.act_date:
        act = _("Adopted by the act %(number)s of %(date)s") % {
            "number": version.act_number,
            "date": localise_date(version.act_date),
        }
    number = _("Version %(number)s") % {"number": localise_number(version.number)}
    return {
        "title": text_of(version.programme.names),
        "state_name": text_of(served.names) if served else "",
        "version": number,
        "state": str(version.get_state_display()),
        "draft": "" if adopted else _("Draft: this version is not adopted."),
        "act": act,
        "language": (get_language() or "en").split("-")[0],
        "rtl": get_language_bidi(),
    }


def _words() -> dict[str, str]:
    """Return the words of the document itself."""
    return {
        "annex": _("Annex: the recommendations and the measures that answer them"),
        "recommendation": _("Recommendation"),
        "text": _("Text"),
        "measures": _("Measures"),
        "milestones": _("Milestones"),
        "milestone": _("Milestone"),
        "due": _("Due"),
        "reached": _("Reached"),
        "answers": _("Recommendations it answers"),
        "contents": _("Contents"),
        "page": _("Page"),
    }


def _places() -> dict[str, str]:
    served = instance.current()
    try:
        regions = load_profile(served.state).regions if served else ()
    except KeyError:
        return {}
    return {row.code: text_of(dict(row.names)) for row in regions}


def _measure(measure: Measure, names: dict[str, str]) -> Plain:
    facts = [(label, value) for label, value in _facts(measure, names) if value]
    return {
        "code": measure.code,
        "title": text_of(measure.titles),
        "description": text_of(measure.descriptions),
        "progress": str(measure.get_progress_display()),
        "facts": [{"label": label, "value": value} for label, value in facts],
        "milestones": [
            {
                "title": text_of(step.titles),
                "due": localise_date(step.due_on),
                "reached": localise_date(step.reached_on) if step.reached_on else "",
            }
            for step in measure.milestones.all()
        ],
        "references": [str(row.recommendation) for row in measure.answers.all()],
    }


def _facts(measure: Measure, names: dict[str, str]) -> Iterable[tuple[str, str]]:
    lead = lead_of(measure)
    yield _("Lead institution"), text_of(lead.names) if lead else ""
    yield _("Supporting institutions"), "\n".join(text_of(row.names) for row in supporting(measure))
    yield _("Start date"), localise_date(measure.starts_on) if measure.starts_on else ""
    yield _("End date"), localise_date(measure.ends_on) if measure.ends_on else ""
    yield _("Progress"), str(measure.get_progress_display())
    places = [names.get(place, place) for place in measure.places]
    yield _("Place"), "\n".join([str(measure.get_reach_display()), *places])
    yield _("SDG targets"), ", ".join(measure.targets)
    yield _("Waits for"), ", ".join(row.waits_for.code for row in measure.waits.all())
    yield (
        _("Budget"),
        "\n".join(
            f"{row.year} · {row.get_kind_display()}: "
            f"{localise_number(row.amount)} {row.currency} ({row.source})"
            for row in measure.budget.all()
        ),
    )
    yield (
        _("Legislation"),
        "\n".join(
            f"{row.get_kind_display()}: {text_of(row.titles)} {row.number} ({row.get_stage_display()})"
            for row in measure.legislation.all()
        ),
    )
    yield _("Risks"), measure.risks


def _recommendation(item: Recommendation) -> Plain:
    text = reading_text(item)
    return {"reference": str(item), "text": text.text if text else ""}


def _annex(measures: Iterable[Measure]) -> list[Plain]:
    items: dict[int, Recommendation] = {}
    answered: dict[int, list[str]] = defaultdict(list)
    for measure in measures:
        for row in measure.answers.all():
            items[row.recommendation_id] = row.recommendation
            answered[row.recommendation_id].append(measure.code)
    ordered = sorted(items.values(), key=lambda item: (item.document.symbol, item.sort_key, item.pk))
    return [_recommendation(item) | {"measures": ", ".join(answered[item.pk])} for item in ordered]
