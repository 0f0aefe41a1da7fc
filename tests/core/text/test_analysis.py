"""Single words and queries, with their lexemes written by hand."""

import pytest

from tawsiya.core import text


@pytest.mark.parametrize(
    ("word", "lexeme"),
    [
        ("الأطفال", "طفل"),
        ("وبكفالتها", "كفالة"),
        ("للغات", "لغة"),
        ("يحميهم", "حماية"),
        ("أبنائهم", "ابن"),
        ("مستشفياتهم", "مستشفى"),
        ("المستشفي", "مستشفى"),
        ("الحمايه", "حماية"),
        ("مسئولين", "مسؤول"),
        ("مبادىء", "مبدأ"),
        ("مـــحكمة", "محكمة"),
        ("الحُقُوقُ", "حق"),
        ("ﺣﻘﻮﻕ", "حق"),
        ("١٩٩٥", "1995"),
        ("144٫25", "144.25"),
    ],
)
def test_arabic_words(word: str, lexeme: str) -> None:
    assert text.lexemes(word, "ar") == [lexeme]


@pytest.mark.parametrize(
    ("word", "lexeme"),
    [
        ("promeuvent", "promotion"),
        ("RATIFIÉE", "ratification"),
        ("travaux", "travail"),
        ("directrices", "directeur"),
        ("nationaux", "national"),
        ("Œuvres", "oeuvr"),
        ("œuvre", "oeuvr"),
    ],
)
def test_french_words(word: str, lexeme: str) -> None:
    assert text.lexemes(word, "fr") == [lexeme]


def test_words_spelt_alike_have_a_lexeme_for_each_meaning() -> None:
    both = text.lexemes("اعلام", "ar")
    assert "إعلام" in both
    assert len(both) == 2
    assert text.lexemes("إعلام", "ar") == ["إعلام"]


def test_a_lexeme_whose_letters_read_otherwise_is_marked() -> None:
    # عامل is a worker or a factor; their plurals are not alike.
    assert text.lexemes("عامل", "ar") == ["عامل¦", "عوامل"]
    assert text.lexemes("عمال", "ar") == ["عامل¦"]
    assert text.lexemes("عامل¦", "ar") == ["عامل¦"]


def test_offsets_point_at_the_words_as_written() -> None:
    words = "L’État partie (CERD/C/MAR/CO/19-21, par. 12) : l'œuvre."
    surfaces = [(t.surface, t.start) for t in text.analyse(words, "fr")]
    assert surfaces == [
        ("L", 0),
        ("État", 2),
        ("partie", 7),
        ("CERD/C/MAR/CO/19-21", 15),
        ("par", 36),
        ("12", 41),
        ("l", 47),
        ("œuvre", 49),
    ]


def test_a_prefix_written_joined_is_found_apart() -> None:
    assert [t.surface for t in text.analyse("antiterroriste", "fr")] == ["anti", "terroriste"]
    assert text.matches("la loi antiterroriste", "anti-terroriste", "fr")
    assert not text.matches("la loi terroriste", "anti-terroriste", "fr")


def test_function_words_are_left_out_of_queries_but_kept_in_texts() -> None:
    assert text.query("حق الأطفال في التعليم", "ar") == [["حق"], ["طفل"], ["تعليم"]]
    assert text.query("de la", "fr") == [["de"], ["la"]]
    assert "في" in text.lexemes("الحق في التعليم", "ar")


@pytest.mark.parametrize(
    "typed", ["CERD/C/MAR/CO/19-21", "cerd/c/mar/co/19–21", "CERD C MAR CO 19-21", "cerdcmarco19-21"]
)
@pytest.mark.parametrize("language", text.LANGUAGES)
def test_symbols_are_found_as_people_type_them(typed: str, language: text.Language) -> None:
    assert text.matches("see CERD/C/MAR/CO/19-21, para. 8", typed, language)
    assert not text.matches("see CERD/C/MAR/CO/17-18, para. 8", typed, language)


def test_a_symbol_is_one_lexeme() -> None:
    assert text.lexemes("A/HRC/59/15/Add.1.", "en") == ["a/hrc/59/15/add.1"]
    assert text.lexemes("and/or 12/03", "en") == ["and", "or", "12", "03"]


def test_marks_of_footnotes_are_cut_off() -> None:
    assert text.lexemes("حقوق3", "ar") == ["حق", "3"]
    assert text.lexemes("discrimination12", "fr") == ["discrimination", "12"]


def test_highlights_are_on_the_words_as_written() -> None:
    words = "وتعزيز حمايةِ الأطفال"
    spans = text.highlight_spans(words, "يعزز طفل", "ar")
    assert [words[start:end] for start, end in spans] == ["وتعزيز", "الأطفال"]


@pytest.mark.parametrize(
    "characters", ["", " ", "ـ", "¦", "\ud800", "\x00", "½", "ﷺ", "١٢٫", "a¦¦", "/", "A/1/"]
)
@pytest.mark.parametrize("language", text.LANGUAGES)
def test_odd_characters_do_no_harm(characters: str, language: text.Language) -> None:
    assert text.matches(f"{characters} x", characters, language)


@pytest.mark.parametrize(
    ("asked", "words", "found"),
    [
        ("traité", "la traite", False),
        ("traite", "les traités", True),  # the accent may have been left out
        ("juge", "il est jugé", False),  # here it was hardly
        ("traité", "les traités", True),
        ("traite", "LA TRAITE", True),
        ("traité", "LA TRAITE", True),
        ("egalite", "l’égalité", True),
    ],
)
def test_accents_decide_where_both_words_are_in_use(asked: str, words: str, found: bool) -> None:
    assert text.matches(words, asked, "fr") == found


def test_a_function_word_in_capitals_is_not_asked_for() -> None:
    assert text.query("LOI SUR LA PRESSE", "fr") == text.query("loi sur la presse", "fr")
