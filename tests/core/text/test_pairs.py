"""The evaluation pairs, each half by itself: what must be found is found, what must not be is not."""

import pytest

from tawsiya.core import text
from tests.core.text.pairs import Pair, read

FOUND_AT_LEAST = 0.95
FALSELY_FOUND_AT_MOST = 0.04
SIZES = {"ar": (300, 150), "fr": (200, 100), "en": (40, 30)}


def _found(pair: Pair, language: text.Language) -> bool:
    return text.matches(pair.text, pair.query, language)


@pytest.mark.parametrize("held_back", [False, True])
@pytest.mark.parametrize("language", text.LANGUAGES)
def test_what_a_reader_expects_is_found(language: text.Language, held_back: bool) -> None:
    pairs = [p for p in read(language) if p.match and p.held_back == held_back]
    missed = [(p.category, p.query, p.text) for p in pairs if not _found(p, language)]
    shown = f"{len(missed)} of {len(pairs)}" if held_back else missed
    assert len(missed) <= (1 - FOUND_AT_LEAST) * len(pairs), shown


@pytest.mark.parametrize("held_back", [False, True])
@pytest.mark.parametrize("language", text.LANGUAGES)
def test_what_only_looks_alike_is_not_found(language: text.Language, held_back: bool) -> None:
    pairs = [p for p in read(language) if not p.match and p.held_back == held_back]
    wrong = [(p.category, p.query, p.text) for p in pairs if _found(p, language)]
    shown = f"{len(wrong)} of {len(pairs)}" if held_back else wrong
    assert len(wrong) <= FALSELY_FOUND_AT_MOST * len(pairs), shown


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_the_set_is_large_and_has_each_pair_once(language: text.Language) -> None:
    pairs = read(language)
    matching = sum(p.match for p in pairs)
    assert matching >= SIZES[language][0]
    assert len(pairs) - matching >= SIZES[language][1]
    assert len({(p.query, p.text) for p in pairs}) == len(pairs)
