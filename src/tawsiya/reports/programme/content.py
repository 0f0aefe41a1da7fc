"""What a document says of a programme: plain words in the reader's language, the same for Word and PDF."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from tawsiya.accounts.reader import Reader
from tawsiya.core import instance
from tawsiya.core.formats import localise_date, localise_number
from tawsiya.core.labels import text_of
from tawsiya.programme.models import Measure, Version
from tawsiya.programme.queries import measures_for, tree, with_everything
from tawsiya.recommendations.models import Recommendation
from tawsiya.recommendations.reading import reading_text
from tawsiya.reports.programme.measures import Measures, Plain


def programme_content(reader: Reader, version: Version) -> Plain:
    """Return a whole programme with its annex of recommendations. For readers who see the version whole."""
    rows = list(with_everything(measures_for(reader).filter(version=version)).order_by("sort_key", "pk"))
    measures = Measures(reader, rows)
    axes = [
        {
            "code": branch.node.code,
            "title": text_of(branch.node.names),
            "level": branch.depth + 1,
            "measures": [measures.told(row) for row in branch.measures],
        }
        for branch in tree(reader, version, rows, narrowed=False)
    ]
    return _frame(version) | {"axes": axes, "annex": _annex(rows), "words": _words(), "count": len(rows)}


def measure_content(reader: Reader, measure: Measure) -> Plain:
    """Return one measure (of `queries.measure_or_404`) with the texts of what it answers."""
    answers = [_recommendation(row.recommendation) for row in measure.answers.all()]
    axis = f"{measure.node.code} {text_of(measure.node.names)}"
    told = Measures(reader, [measure]).told(measure) | {"axis": axis}
    return _frame(measure.version) | {"measure": told, "answers": answers, "words": _words()}


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
        "proof": _("Proof"),
        "waits": _("Waits for"),
        "budget": _("Budget"),
        "year": _("Year"),
        "planned": _("Planned"),
        "committed": _("Committed"),
        "spent": _("Spent"),
        "legislation": _("Legislation"),
        "stage": _("Stage"),
        "indicators": _("Indicators"),
        "indicator": _("Indicator"),
        "baseline": _("Baseline"),
        "targets": _("Targets"),
        "last": _("Last value"),
        "report": _("Last report of the institution"),
    }


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
