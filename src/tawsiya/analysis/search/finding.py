"""Find and rank entries of the index. What is found is not yet what a reader may see: callers filter.

`ts_rank` knows no rarity: each word is ranked by itself, weighed by how rare it is in the texts that the UN
issued (which everybody with a role reads, so that no order tells of anything else), and summed.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from tawsiya.analysis.choices import EntryKind
from tawsiya.analysis.search.asking import Asked, Wanted, by_language, unwanted
from tawsiya.analysis.search.entries import phrase_in_surface, quoted
from tawsiya.core.text import ANALYSIS_VERSION, LANGUAGES, Language

Hits = Mapping[int, float]
"""Ids of things, each with how well it answers."""

_OF_LANGUAGE: Mapping[Language, str] = {
    "ar": "language NOT IN ('fr', 'en')",
    "fr": "language = 'fr'",
    "en": "language = 'en'",
}
# Least, aside, title, main text; long texts count less (1: divided by the logarithm of the length).
_RANK = "ts_rank('{0.1, 0.4, 0.6, 1.0}', lexemes, %s::tsquery, 1)"
_ISSUED = (EntryKind.RECOMMENDATION.value, EntryKind.DOCUMENT.value)
_COUNT = "SELECT count(*) FROM analysis_searchentry WHERE kind = ANY(%s)"
_TOGETHER = 1.5
"""Words that stand together as they were typed count for so much more."""


@dataclass
class _Sql:
    """A piece of SQL with its parameters."""

    text: str
    params: list[Any] = field(default_factory=list)


def _any_of(lexemes: Collection[str]) -> str:
    return " | ".join(quoted(lexeme) for lexeme in lexemes)


def _matches(wanted: Wanted, language: Language) -> _Sql:
    """Return the condition that an entry of a language holds what is wanted."""
    found = _Sql(_OF_LANGUAGE[language])
    if wanted.words:
        found.text += " AND lexemes @@ %s::tsquery"
        found.params.append(" & ".join(f"({_any_of(one)})" for one in wanted.words))
    for phrase in wanted.phrases:
        found.text += " AND strpos(surface, %s) > 0"
        found.params.append(phrase_in_surface(phrase, language))
    return found


def _rarity(words: Mapping[Language, Wanted]) -> dict[Language, list[float]]:
    """Return how much each word weighs, by the number of issued texts that hold it. One query."""
    counts, params = [], list[Any]()
    for language, wanted in words.items():
        entries = f"{_COUNT} AND {_OF_LANGUAGE[language]}"
        counts.append(f"({entries})")
        params.append(list(_ISSUED))
        for one in wanted.words:
            counts.append(f"({entries} AND lexemes @@ %s::tsquery)")
            params += [list(_ISSUED), _any_of(one)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counts)}", params)
        numbers = iter(cursor.fetchone() or ())
    weights: dict[Language, list[float]] = {}
    for language, wanted in words.items():
        total = next(numbers)
        weights[language] = [
            math.log(1 + (total - held + 0.5) / (held + 0.5))
            for held in (next(numbers) for _ in wanted.words)
        ]
    return weights


def _score(wanted: Wanted, weights: list[float], language: Language, words: str) -> _Sql:
    terms, params = [], list[Any]()
    for one, weight in zip(wanted.words, weights, strict=True):
        terms.append(f"%s * {_RANK}")
        params += [weight, _any_of(one)]
    score = " + ".join(terms) or "1.0"
    together = phrase_in_surface(words, language)
    if together.count(" ") > 2:  # two words at least
        score = f"({score}) * CASE WHEN strpos(surface, %s) > 0 THEN {_TOGETHER} ELSE 1 END"
        params.append(together)
    return _Sql(score, params)


def find(asked: Asked, kind: EntryKind, *, without: Collection[int] = (), only_ids: bool = False) -> Hits:
    """Return the things of one kind that answer a query: `find_each` of it alone."""
    return find_each(asked, [kind], without={kind: without}, only_ids=only_ids)[kind]


def find_each(
    asked: Asked,
    kinds: Collection[EntryKind],
    *,
    without: Mapping[EntryKind, Collection[int]] | None = None,
    only_ids: bool = False,
) -> dict[EntryKind, Hits]:
    """Return the things of some kinds whose text answers the words, phrases and exclusions of a query.

    All words must stand in one language of one thing; of several languages the best counts. Two queries at
    most, however many kinds are looked for.

    Args:
        asked: has words, phrases or exclusions; its symbol and paragraph are not looked at.
        kinds: what to look for.
        without: ids whose entries are out of date, by kind.
        only_ids: rank nothing; every score is 0.
    """
    words = by_language(asked)
    several = any(len(wanted.words) > 1 for wanted in words.values())
    weights = _rarity(words) if several and not only_ids else {}
    conditions, cases, params, case_params = [], [], list[Any](), list[Any]()
    for language, wanted in words.items():
        if (
            asked.has_words
            and not wanted.words
            and not any(phrase_in_surface(phrase, language) for phrase in wanted.phrases)
        ):
            continue
        condition = _matches(wanted, language)
        conditions.append(f"({condition.text})")
        params += condition.params
        score = _score(wanted, weights.get(language, [1.0] * len(wanted.words)), language, asked.words)
        cases.append(f"WHEN {_OF_LANGUAGE[language]} THEN {score.text}")
        case_params += score.params
    found: dict[EntryKind, dict[int, float]] = {kind: {} for kind in kinds}
    if not conditions:
        return dict(found)
    value, value_params = ("0.0", []) if only_ids else (f"CASE {' '.join(cases)} END", case_params)
    where = f"kind = ANY(%s) AND analysis_version = {ANALYSIS_VERSION:d} AND ({' OR '.join(conditions)})"
    where_params = [[kind.value for kind in kinds], *params]
    for kind, ids in (without or {}).items():
        if ids:
            where += " AND NOT (kind = %s AND object_id = ANY(%s))"
            where_params += [kind.value, list(ids)]
    excluded = _excluded(asked)
    where, where_params = where + excluded.text, where_params + excluded.params
    with connection.cursor() as cursor:
        cursor.execute(
            # Every piece is written in this module; what people type goes in as parameters.
            f"SELECT kind, object_id, max({value}) FROM analysis_searchentry"  # noqa: S608
            f" WHERE {where} GROUP BY kind, object_id",
            [*value_params, *where_params],
        )
        for kind, pk, score in cursor.fetchall():
            found[EntryKind(kind)][int(pk)] = float(score)
    return dict(found)


def _excluded(asked: Asked) -> _Sql:
    """Return the condition that no language of a thing holds what is excluded."""
    if not asked.excluded:
        return _Sql("")
    conditions, params = [], list[Any]()
    for language in LANGUAGES:
        for one in unwanted(asked, language):
            if one.words:
                condition = _matches(one, language)
                conditions.append(f"({condition.text})")
                params += condition.params
    if not conditions:
        return _Sql("")
    held = "SELECT kind, object_id FROM analysis_searchentry WHERE"
    return _Sql(f" AND (kind, object_id) NOT IN ({held} {' OR '.join(conditions)})", params)
