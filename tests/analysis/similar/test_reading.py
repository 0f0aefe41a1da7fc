"""What is read of a text: its language, its concepts, its acts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawsiya.analysis.similar import Reading, guess_language, read, reason_between
from tawsiya.analysis.similar.lexicon import entries, patterns_by_word


def concepts(reading: Reading) -> set[str]:
    return {entries("concepts")[place].name for place in reading.concepts}


def acts(reading: Reading) -> set[str]:
    return {entries("acts")[place].name for place in reading.acts}


@pytest.mark.parametrize(
    ("content", "language"),
    [
        ("Envisager d’abolir la peine capitale", "fr"),
        ("Abolish the death penalty for all crimes", "en"),
        ("إلغاء عقوبة الإعدام", "ar"),
        ("", "fr"),
        ("12.4", "fr"),
    ],
)
def test_the_language_of_a_text_is_guessed(content: str, language: str) -> None:
    assert guess_language(content) == language


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ("Ratifier le Protocole facultatif se rapportant à la Convention contre la torture", "opcat"),
        ("Accede to OPCAT", "opcat"),
        ("الانضمام إلى البروتوكول الاختياري لاتفاقية مناهضة التعذيب", "opcat"),
        ("Abolir définitivement la peine de mort", "death-penalty"),
        ("Commuer les peines capitales", "death-penalty"),
        ("Commute all death sentences", "death-penalty"),
        ("إلغاء عقوبة الإعدام في القانون", "death-penalty"),
        ("Mettre fin aux mariages précoces", "child-marriage"),
        ("Raise the minimum age of marriage to 18", "child-marriage"),
        ("منع زواج القاصرات", "child-marriage"),
        ("Protéger les enfants nés hors mariage", "born-out-wedlock"),
    ],
)
def test_one_concept_has_many_wordings(content: str, wanted: str) -> None:
    assert wanted in concepts(read(content))


def test_words_far_from_each_other_make_no_concept() -> None:
    apart = "La peine encourue est légère. Le projet dit aussi, dans son dernier chapitre, que nul ne sera mis à mort."
    assert "death-penalty" not in concepts(read(apart))


def test_to_go_on_is_not_to_prosecute() -> None:
    assert "prosecute" not in acts(read("Poursuivre les efforts de réforme de l’école"))
    assert "prosecute" in acts(read("Poursuivre les auteurs de ces violences"))


def test_a_preamble_counts_less_than_the_request() -> None:
    reading = read(
        "Rappelant ses vues sur la torture, le Comité recommande au pays : de veiller, dans chaque village et "
        "chaque région reculée, à ce que l’abandon scolaire des élèves recule nettement"
    )
    names = {entries("concepts")[place].name: found.position for place, found in reading.concepts.items()}
    assert names["torture"] > names["education-access"]


@pytest.mark.parametrize(
    ("content", "referred", "asked"),
    [
        (
            "Vu la torture, le Comité recommande de rendre l’eau potable à chaque village et à chaque école",
            "torture",
            "water",
        ),
        (
            "في ضوء ملاحظاتها بشأن التعذيب، توصي اللجنة الدولة الطرف بأن تكفل مياه الشرب لكل قرية ولكل مدرسة",
            "torture",
            "water",
        ),
    ],
)
def test_a_preamble_needs_no_colon(content: str, referred: str, asked: str) -> None:
    reading = read(content)
    names = {entries("concepts")[place].name: found.position for place, found in reading.concepts.items()}
    assert names[referred] > names[asked]


def test_a_demand_that_is_a_noun_begins_no_request() -> None:
    reading = read("Examiner sans retard la demande de réparation des victimes et la durée de la garde à vue")
    names = {entries("concepts")[place].name: found.position for place, found in reading.concepts.items()}
    assert names["victim-reparation"] < 10


def test_adopting_measures_for_children_is_no_adoption() -> None:
    assert "adoption" not in concepts(read("Adopter des mesures pour les enfants"))


def test_a_reason_names_the_words_that_say_it() -> None:
    one = "Établir un moratoire sur la peine de mort"
    others = [read("Abolir la peine capitale"), read("Abolish the death penalty")]
    (reason,) = [row for row in reason_between(read(one), others) if row.name == "death-penalty"]
    assert reason.kind == "object"
    assert [one[start:end] for start, end in reason.spans] == ["peine", "mort"]


def test_the_lexicon_names_each_entry_once_and_in_every_language() -> None:
    for name in ("concepts", "acts"):
        rows = entries(name)
        assert len({row.name for row in rows}) == len(rows)
        assert [row.name for row in rows if not all(row.patterns.values())] == []


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_every_pattern_finds_itself(language: str) -> None:
    lost = []
    for place, row in enumerate(entries("concepts")):
        for pattern in row.patterns[language]:  # type: ignore[index]
            if place not in read(pattern, language).concepts:  # type: ignore[arg-type]
                lost.append(f"{row.name}: {pattern}")
    assert lost == []
    assert patterns_by_word("acts", language)  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_read(content: str) -> None:
    reading = read(content)
    assert all(
        0 <= start < end <= len(content) for found in reading.concepts.values() for start, end in found.spans
    )
