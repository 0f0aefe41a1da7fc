"""What is indexed of programmes: measures with their axes and milestones, texts of law, indicators."""

from collections.abc import Collection, Iterator

from tawsiya.analysis.search.entries import ASIDE, LEAST, MAIN, NAMED, TITLE, Field, Source, languages_of
from tawsiya.core.labels import Label
from tawsiya.programme.models import Indicator, Legislation, Measure
from tawsiya.programme.queries import axes_above


def _in(labels: Label, language: str) -> str:
    return labels.get(language, "")


def measures(ids: Collection[int]) -> Iterator[Source]:
    """Yield measures with the names of the axes above them, and their milestones.

    Who sees a measure sees all of these. Not its reports, comments and indicators: others read those.
    """
    rows = list(Measure.objects.filter(pk__in=ids).prefetch_related("milestones"))
    axes_of = axes_above(rows)
    for row in rows:
        axes = axes_of[row.pk]
        steps = list(row.milestones.all())
        for language in NAMED:
            fields = [Field(MAIN, row.code), Field(MAIN, _in(row.titles, language))]
            fields.append(Field(TITLE, _in(row.descriptions, language)))
            fields += [Field(TITLE, _in(step.titles, language)) for step in steps]
            fields += [Field(ASIDE, _in(axis.names, language)) for axis in axes]
            if row.risks and language in languages_of(row.risks):
                fields.append(Field(LEAST, row.risks))
            yield Source(row.pk, language, [field for field in fields if field.text])


def laws(ids: Collection[int]) -> Iterator[Source]:
    """Yield texts of law that measures need, by title and number."""
    for row in Legislation.objects.filter(pk__in=ids):
        for language in NAMED:
            fields = [Field(MAIN, _in(row.titles, language)), Field(MAIN, row.number)]
            yield Source(row.pk, language, [field for field in fields if field.text])


def indicators(ids: Collection[int]) -> Iterator[Source]:
    """Yield indicators by their sheet; values, requests and reasons are not searched."""
    for row in Indicator.objects.filter(pk__in=ids):
        for language in NAMED:
            fields = [Field(MAIN, row.code), Field(MAIN, _in(row.names, language))]
            fields.append(Field(MAIN, " ".join(row.sdg)))
            fields += [
                Field(TITLE, _in(row.attributes, language)),
                Field(TITLE, _in(row.definitions, language)),
            ]
            fields += [Field(ASIDE, _in(row.units, language)), Field(ASIDE, _in(row.sources, language))]
            fields.append(Field(LEAST, _in(row.methods, language)))
            yield Source(row.pk, language, [field for field in fields if field.text])
