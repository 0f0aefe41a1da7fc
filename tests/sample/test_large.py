"""The sample State at the size of a real one, made small for the test."""

from itertools import islice

import pytest

from tawsiya.programme.models import Indicator, IndicatorValue, Measure, MeasureReport, MeasureWait
from tawsiya.recommendations.models import Recommendation
from tawsiya.sample import large, loader


def test_there_are_as_many_different_texts_as_recommendations() -> None:
    texts = [text["fr"] for text in islice(large.texts(), large.RECOMMENDATIONS)]
    assert len(set(texts)) == 1_600


@pytest.mark.slow
@pytest.mark.django_db
def test_a_large_programme_answers_all_of_the_recommendations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large, "RECOMMENDATIONS", 80)
    monkeypatch.setattr(large, "MEASURES", 20)
    monkeypatch.setattr(large, "INDICATORS", 17)
    steps: list[str] = []
    loader.load(steps.append, is_large=True)
    made = Recommendation.objects.filter(document__symbol__contains="/CO/10")
    assert made.count() == 80
    assert made.filter(measures__isnull=True).count() == 0
    measures = Measure.objects.filter(version__act_number="2.25.200")
    assert measures.count() == 20
    assert MeasureWait.objects.filter(measure__in=measures).count() == 2
    assert MeasureReport.objects.filter(measure__in=measures, state="approved").count() == 7
    assert Indicator.objects.count() == 17  # fourteen of the story
    assert IndicatorValue.objects.filter(indicator__code__endswith="-17").exists()
