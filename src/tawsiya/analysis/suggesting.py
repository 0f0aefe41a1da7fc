"""What a model says of recommendations: probabilities over all their languages, words, nearest examples."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from django.utils.translation import gettext as _

from tawsiya.analysis.examples import Examples, examples_of
from tawsiya.analysis.models import ModelArrays, ModelVersion
from tawsiya.core import learn
from tawsiya.core.errors import RuleViolated
from tawsiya.core.learn.model import applicable, chosen
from tawsiya.recommendations.models import RecommendationText

# A label that the model would not give is shown from this probability on, and no more labels than this.
_WORTH_SHOWING = 0.15
_MOST = 6


@dataclass(frozen=True)
class Said:
    """A label that a model suggests for a recommendation, with its probability."""

    item: int
    label: str
    score: float
    given: bool
    sure: bool


@lru_cache(maxsize=6)
def _loaded(pk: int, checksum: str) -> learn.Model:
    version = ModelVersion.objects.get(pk=pk)
    data = bytes(ModelArrays.objects.get(version_id=pk).data)
    return learn.load(version.about, data)


def model_of(version: ModelVersion) -> learn.Model:
    """Return the model of a version, kept in memory between pages.

    Raises:
        RuleViolated: what is stored is damaged.
    """
    try:
        return _loaded(version.pk, version.about.get("arrays_sha256", ""))
    except (learn.LearnError, ModelArrays.DoesNotExist) as error:
        raise RuleViolated(_("The stored model is damaged; train it again.")) from error


@lru_cache(maxsize=6)
def _examples(pk: int, checksum: str) -> tuple[Examples, learn.Neighbours]:
    version = ModelVersion.objects.select_related("vocabulary").get(pk=pk)
    found = examples_of(version.vocabulary)
    return found, learn.Neighbours(model_of(version).vectoriser, found.texts)


def nearest(
    version: ModelVersion, text: str, label: str, not_item: int, most: int = 3
) -> list[tuple[int, float]]:
    """Return the recommendations with a label that are nearest to a text, with their likeness.

    They are those of when this version was first asked in this process.
    """
    found, neighbours = _examples(version.pk, version.about.get("arrays_sha256", ""))
    among = [k for k, given in enumerate(found.labels) if label in given and found.items[k] != not_item]
    best: dict[int, float] = {}
    for place, likeness in neighbours.nearest(text, among, most=most * 3):
        best.setdefault(found.items[place], likeness)
    return list(best.items())[:most]


def said_of(model: learn.Model, items: Sequence[int]) -> Iterable[Said]:
    """Yield what a model suggests for recommendations: probabilities are the mean over their languages."""
    texts: dict[int, list[str]] = defaultdict(list)
    for pk, text in RecommendationText.objects.filter(recommendation__in=items).values_list(
        "recommendation_id", "text"
    ):
        texts[pk].append(text)
    rows = [(pk, text) for pk, several in texts.items() for text in several]
    if not rows:
        return
    every = model.probabilities([text for _pk, text in rows])
    starts = np.cumsum([0, *(len(several) for several in texts.values())])[:-1]
    counts = np.array([len(several) for several in texts.values()], np.float32)
    scores = (np.add.reduceat(every, starts, axis=0) / counts[:, None]).astype(np.float32)
    given = chosen(scores, model.single, model.threshold)
    sure = applicable(scores, given, model.cuts)
    for row, pk in enumerate(texts):
        for place in np.argsort(-scores[row], kind="stable")[:_MOST]:
            if given[row, place] or scores[row, place] >= _WORTH_SHOWING:
                yield Said(
                    pk,
                    model.labels[place],
                    float(scores[row, place]),
                    bool(given[row, place]),
                    bool(sure[row, place]),
                )
