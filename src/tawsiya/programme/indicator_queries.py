"""Read indicators: always through `indicator_visibility`."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Left
from django.http import Http404

from tawsiya.accounts.reader import Reader
from tawsiya.programme.indicator_choices import Better, GoalKind, IndicatorState, RequestState
from tawsiya.programme.indicator_periods import year_of
from tawsiya.programme.indicator_visibility import indicators_visible_to, requests_visible_to
from tawsiya.programme.models import (
    Indicator,
    IndicatorBreak,
    IndicatorGoal,
    IndicatorMeasure,
    IndicatorRecommendation,
    IndicatorValue,
    Measure,
    MeasureAnswer,
    ValueRequest,
)
from tawsiya.programme.queries import measures_for
from tawsiya.recommendations.models import Recommendation
from tawsiya.recommendations.queries import recommendations_for


def indicators_for(reader: Reader) -> QuerySet[Indicator]:
    """Return the indicators a reader sees."""
    return Indicator.objects.filter(indicators_visible_to(reader)).select_related("institution")


def indicator_or_404(reader: Reader, pk: int) -> Indicator:
    """Return an indicator that the reader sees.

    Raises:
        Http404: there is none, or it is not the reader's to see.
    """
    row = indicators_for(reader).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def values_that_count(indicators: Iterable[int]) -> QuerySet[IndicatorValue]:
    """Return the values of indicators (by id) that nothing corrects, period by period."""
    return IndicatorValue.objects.filter(
        indicator_id__in=list(indicators), corrected_by__isnull=True
    ).order_by("indicator", "period", "cell")


def values_for(reader: Reader) -> QuerySet[IndicatorValue]:
    """Return every value that a reader sees, the corrected ones too."""
    return (
        IndicatorValue.objects.filter(indicator__in=indicators_for(reader))
        .select_related("indicator", "institution", "recorded_by", "corrects", "corrected_by")
        .order_by("indicator__code", "period", "cell", "pk")
    )


def breaks_of(indicators: Iterable[int]) -> QuerySet[IndicatorBreak]:
    """Return the breaks of method of indicators that stand."""
    return IndicatorBreak.objects.filter(indicator_id__in=list(indicators), withdrawn_at__isnull=True)


def with_standing(rows: QuerySet[Indicator]) -> QuerySet[Indicator]:
    """Add where each indicator stands: `last_period`, `last_value`, `last_state`, `target`, `standing`.

    The standing: `met`, `missed`, `no_target` due by then, `unknown` (the last value is missing or does not
    apply), `no_value` at all. The same rule as `standings`, told by the database so that lists can filter.
    """
    last = IndicatorValue.objects.filter(
        indicator=OuterRef("pk"), cell="", corrected_by__isnull=True
    ).order_by("-period")
    rows = rows.annotate(
        last_period=Subquery(last.values("period")[:1]),
        last_value=Subquery(last.values("value")[:1]),
        last_state=Subquery(last.values("state")[:1]),
    ).annotate(last_year=Cast(Left("last_period", 4), IntegerField()))
    due = IndicatorGoal.objects.filter(
        indicator=OuterRef("pk"), kind=GoalKind.TARGET, year__lte=OuterRef("last_year")
    ).order_by("-year")
    rows = rows.annotate(target=Subquery(due.values("value")[:1]))
    lower = Q(better=Better.LOWER)
    met = (lower & Q(last_value__lte=F("target"))) | (~lower & Q(last_value__gte=F("target")))
    return rows.annotate(
        standing=Case(
            When(last_period__isnull=True, then=Value("no_value")),
            When(last_value__isnull=True, then=Value("unknown")),
            When(target__isnull=True, then=Value("no_target")),
            When(met, then=Value("met")),
            default=Value("missed"),
            output_field=CharField(),
        )
    )


@dataclass(frozen=True)
class Standing:
    """The last total of an indicator beside its target; None is what is not known."""

    indicator: Indicator
    period: str = ""
    value: Decimal | None = None
    target: Decimal | None = None
    target_year: int | None = None
    met: bool | None = None


def target_for(goals: Iterable[IndicatorGoal], year: int) -> IndicatorGoal | None:
    """Return the target of a year, else the last one due before it; None where none was due by then."""
    due = [goal for goal in goals if goal.kind == GoalKind.TARGET and goal.year <= year]
    return max(due, key=lambda goal: goal.year, default=None)


def is_met(indicator: Indicator, value: Decimal | None, target: Decimal | None) -> bool | None:
    """Tell whether a value meets a target in the indicator's direction; None where either is unknown."""
    if value is None or target is None:
        return None
    return value <= target if indicator.better == Better.LOWER else value >= target


def standings(indicators: Collection[Indicator]) -> dict[int, Standing]:
    """Return where each indicator stands, by its id, in two queries."""
    ids = [row.pk for row in indicators]
    totals = values_that_count(ids).filter(cell="")
    last = {value.indicator_id: value for value in totals}  # the latest period comes last
    goals: dict[int, list[IndicatorGoal]] = defaultdict(list)
    for goal in IndicatorGoal.objects.filter(indicator_id__in=ids):
        goals[goal.indicator_id].append(goal)
    found = {}
    for row in indicators:
        value = last.get(row.pk)
        if value is None:
            found[row.pk] = Standing(row)
            continue
        target = target_for(goals[row.pk], year_of(value.period))
        aimed = target.value if target else None
        found[row.pk] = Standing(
            row,
            value.period,
            value.value,
            aimed,
            target.year if target else None,
            is_met(row, value.value, aimed),
        )
    return found


@dataclass(frozen=True)
class Links:
    """What an indicator follows, as far as the reader sees it."""

    measures: list[Measure] = field(default_factory=list)
    items: list[Recommendation] = field(default_factory=list)


def links_of(reader: Reader, indicator: Indicator) -> Links:
    """Return the measures (their newest version seen) and recommendations that an indicator follows."""
    keys = indicator.measure_links.values("measure_key")
    newest: dict[object, Measure] = {}
    for measure in measures_for(reader).filter(key__in=keys).order_by("version__number"):
        newest[measure.key] = measure
    items = recommendations_for(reader).filter(indicator_links__indicator=indicator)
    rows = items.select_related("document").prefetch_related("texts")
    return Links(
        sorted(newest.values(), key=lambda row: row.sort_key),
        list(rows.order_by("document__symbol", "sort_key", "pk")),
    )


def followed_by_measure(reader: Reader, measure: Measure) -> list[Standing]:
    """Return the indicators that follow a measure, with where each stands."""
    links = IndicatorMeasure.objects.filter(measure_key=measure.key)
    rows = list(indicators_for(reader).filter(pk__in=links.values("indicator_id")))
    return list(standings(rows).values())


@dataclass(frozen=True)
class Followed:
    """An indicator beside a measure: where it stands, and its baseline and targets year by year."""

    standing: Standing
    goals: list[IndicatorGoal]


def followed_by_measures(reader: Reader, keys: Collection[UUID]) -> dict[UUID, list[Followed]]:
    """Return the indicators in use that follow measures (by key), in the order of their codes."""
    links = IndicatorMeasure.objects.filter(measure_key__in=keys)
    seen = indicators_for(reader).filter(state=IndicatorState.IN_USE)
    rows = list(seen.filter(pk__in=links.values("indicator_id")).order_by("code"))
    goals: dict[int, list[IndicatorGoal]] = defaultdict(list)
    for goal in IndicatorGoal.objects.filter(indicator__in=rows).order_by("year"):
        goals[goal.indicator_id].append(goal)
    by_pk = {pk: Followed(standing, goals[pk]) for pk, standing in standings(rows).items()}
    found: dict[UUID, list[Followed]] = defaultdict(list)
    for key, indicator in links.order_by("indicator__code").values_list("measure_key", "indicator_id"):
        if indicator in by_pk:
            found[key].append(by_pk[indicator])
    return dict(found)


def linked_to_items(ids: Collection[int]) -> dict[int, set[int]]:
    """Return the indicators of recommendations by id: their own, and those of the adopted measures
    that answer them."""
    found: dict[int, set[int]] = {pk: set() for pk in ids}
    own = IndicatorRecommendation.objects.filter(recommendation_id__in=list(ids))
    for item, indicator in own.values_list("recommendation_id", "indicator_id"):
        found[item].add(indicator)
    answers = dict[object, set[int]]()
    rows = MeasureAnswer.objects.filter(recommendation_id__in=list(ids), measure__version__state="adopted")
    for item, key in rows.values_list("recommendation_id", "measure__key"):
        answers.setdefault(key, set()).add(item)
    links = IndicatorMeasure.objects.filter(measure_key__in=list(answers))
    for key, indicator in links.values_list("measure_key", "indicator_id"):
        for item in answers[key]:
            found[item].add(indicator)
    return found


def following(reader: Reader, recommendation: Recommendation) -> list[Standing]:
    """Return the indicators that follow a recommendation, its parts or the whole, with where each stands."""
    ids = [recommendation.pk, recommendation.parent_id, *(part.pk for part in recommendation.parts.all())]
    linked = set[int]().union(*linked_to_items([pk for pk in ids if pk]).values())
    rows = indicators_for(reader).filter(pk__in=linked, state=IndicatorState.IN_USE)
    return list(standings(list(rows)).values())


def requests_for(reader: Reader) -> QuerySet[ValueRequest]:
    """Return the requests for values a reader sees."""
    return ValueRequest.objects.filter(requests_visible_to(reader)).select_related(
        "indicator__institution", "institution", "recipient", "asked_by"
    )


def open_requests(indicator: Indicator) -> QuerySet[ValueRequest]:
    """Return the requests for values of an indicator that await them."""
    return ValueRequest.objects.filter(indicator=indicator, state=RequestState.OPEN)


def asked_now(indicators: Iterable[int]) -> Mapping[int, set[int]]:
    """Return for each indicator (by id) the institutions of which its values are asked now."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = ValueRequest.objects.filter(indicator_id__in=list(indicators), state=RequestState.OPEN)
    for indicator, institution in rows.values_list("indicator_id", "institution_id"):
        found[indicator].add(institution)
    return found


def asked_of(reader: Reader) -> QuerySet[ValueRequest]:
    """Return the open requests that await the reader's own institutions."""
    return requests_for(reader).filter(state=RequestState.OPEN, institution_id__in=reader.own_institutions)


def by_name(reader: Reader, names: Collection[str]) -> dict[str, Indicator]:
    """Return the indicators by what a file calls them: their code in any case, or the code of an SDG
    indicator that exactly one of them carries."""
    wanted = {name.casefold() for name in names}
    found: dict[str, Indicator] = {}
    carriers: dict[str, list[Indicator]] = defaultdict(list)
    for row in indicators_for(reader):
        if row.code.casefold() in wanted:
            found[row.code.casefold()] = row
        for code in row.sdg:
            carriers[code.casefold()].append(row)
    for code, rows in carriers.items():
        if code in wanted and len(rows) == 1:
            found.setdefault(code, rows[0])
    return found


def unanswered(request: ValueRequest) -> list[str]:
    """Return the periods of a request that lack the total, or any value by a dimension asked for.

    A value that is said to be missing, with its reason, is an answer.
    """
    said: dict[str, set[str]] = {period: set() for period in request.periods}
    rows = IndicatorValue.objects.filter(indicator=request.indicator_id, period__in=request.periods)
    for period, breakdown in rows.values_list("period", "breakdown"):
        said[period] |= set(breakdown) or {""}
    wanted = {"", *request.dimensions}
    return [period for period in request.periods if wanted - said[period]]
