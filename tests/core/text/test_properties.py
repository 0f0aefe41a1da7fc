"""What holds for every text, whatever its characters."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tawsiya.core import text
from tawsiya.core.text.chars import fold
from tests.core.text.pairs import read

LANGUAGES = st.sampled_from(text.LANGUAGES)
LETTERS = st.sampled_from(
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئـًٌَُِّْ٠١٩abcdeéèêçœæAEÉŒ'’-/.,0123 \u200d\ufefb\ufdf2½ß"
)
WORDS = st.sampled_from([word for pair in read("ar") + read("fr") + read("en") for word in pair.text.split()])
TEXTS = st.one_of(
    st.text(max_size=80),
    st.text(LETTERS, max_size=40),
    st.lists(WORDS, max_size=8).map(" ".join),
    st.from_regex(re.compile(r"(CERD|A|e)/[A-Za-z0-9./()\-]{1,20}"), fullmatch=True),
)


@pytest.fixture(autouse=True, scope="module")
def _lexicons_are_loaded() -> None:
    """Load the lexicons first: Hypothesis times every example."""
    for language in text.LANGUAGES:
        text.lexemes("حق logement right", language)


@given(TEXTS, LANGUAGES)
def test_offsets_lead_to_the_words(words: str, language: text.Language) -> None:
    end = 0
    for token in text.analyse(words, language):
        assert words[token.start : token.end] == token.surface
        assert token.surface
        assert token.lexemes
        assert all(token.lexemes)
        assert end <= token.start or token.end == end  # parts of one character share its place
        end = token.end


@given(TEXTS, LANGUAGES)
def test_a_lexeme_analysed_gives_itself(words: str, language: text.Language) -> None:
    for lexeme in text.lexemes(words, language):
        assert text.lexemes(lexeme, language) == [lexeme]
        (token,) = text.analyse(lexeme, language)
        assert token.surface == lexeme


@given(TEXTS, LANGUAGES)
def test_lexemes_are_those_of_the_tokens(words: str, language: text.Language) -> None:
    tokens = text.analyse(words, language)
    in_order = dict.fromkeys(lexeme for token in tokens for lexeme in token.lexemes)
    assert text.lexemes(words, language) == list(in_order)


@given(TEXTS, TEXTS, TEXTS, LANGUAGES)
def test_a_word_finds_every_text_that_contains_it(
    before: str, word: str, after: str, language: text.Language
) -> None:
    whole = f"{before} {word} {after}"
    assert text.matches(whole, word, language)
    for token in text.analyse(word, language):
        assert text.matches(whole, token.surface, language)


@given(TEXTS, LANGUAGES)
def test_every_word_asked_for_is_highlighted(words: str, language: text.Language) -> None:
    spans = text.highlight_spans(words, words, language)
    asked = {lexeme for alternatives in text.query(words, language) for lexeme in alternatives}
    assert bool(spans) == bool(asked)
    assert all(words[start:end] for start, end in spans)


@given(TEXTS, LANGUAGES)
def test_the_analysis_does_not_depend_on_what_came_before(words: str, language: text.Language) -> None:
    once = text.analyse(words, language)
    assert text.analyse(words, language) == once
    assert text.analyse(words + " " + words, language)[: len(once)] == once


@given(st.text())
def test_folding_twice_changes_nothing(word: str) -> None:
    assert fold(fold(word)) == fold(word)


@given(WORDS, LANGUAGES)
def test_capitals_and_compatibility_forms_do_not_matter(word: str, language: text.Language) -> None:
    assume(word.upper().lower() == word.lower())
    small, large = text.lexemes(word.lower(), language), text.lexemes(word.upper(), language)
    # MARCHE may be marche, which the small letters are, or marché.
    assert large == small or (language == "fr" and word.isascii() and set(small) < set(large))


@given(st.text(), st.dictionaries(st.text(), st.integers(0, 100), max_size=5))
def test_suggestions_come_from_the_vocabulary_alone(word: str, vocabulary: dict[str, int]) -> None:
    found = text.suggest(word, vocabulary)
    assert set(found) <= set(vocabulary) - {word}
    assert len(found) == len(set(found)) <= 3


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_every_lemma_of_the_lexicons_gives_itself(language: text.Language) -> None:
    for pair in read(language):
        for lexeme in text.lexemes(pair.text, language):
            assert text.lexemes(lexeme, language) == [lexeme]
