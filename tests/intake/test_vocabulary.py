"""Labels of files and the tags they mean."""

import pytest

from tawsiya.intake.vocabulary import Term, Vocabulary, slug

EDUCATION = Term("theme", "right-to-education", {"en": "Right to education", "fr": "Droit à l’éducation"})
NORMS = Term(
    "theme",
    "ratification",
    {"en": "Ratification of & accession to international instruments"},
    ("A12 Acceptance of international norms", "2.1. Acceptance of international norms"),
)
WOMEN = Term("persons", "women", {"en": "Women", "ar": "النساء"})


@pytest.mark.parametrize(
    ("taxonomy", "label", "code"),
    [
        ("theme", "Right to education", "right-to-education"),
        ("theme", "RIGHT TO  EDUCATION ", "right-to-education"),
        ("theme", "droit à l'éducation", "right-to-education"),
        ("theme", "right-to-education", "right-to-education"),
        ("theme", "D41 Right to education", "right-to-education"),
        ("theme", "22.3. Right to education", "right-to-education"),
        ("theme", "A12 Acceptance of international norms", "ratification"),
        ("theme", "Ratification of and accession to international instruments", "ratification"),
        ("persons", "النساء", "women"),
        ("persons", "Right to education", None),
        ("theme", "Something else", None),
    ],
)
def test_a_label_finds_its_tag(taxonomy: str, label: str, code: str | None) -> None:
    assert Vocabulary.of([EDUCATION, NORMS, WOMEN]).find(taxonomy, label) == code


def test_an_unknown_label_becomes_one_new_tag_in_the_language_of_the_file() -> None:
    vocabulary = Vocabulary.of([EDUCATION])

    codes = [vocabulary.find_or_add("theme", label, "fr") for label in ("B7 Droit à l’eau", "Droit à l’eau")]

    assert codes == ["droit-à-l-eau", "droit-à-l-eau"]
    assert vocabulary.new == {("theme", "droit-à-l-eau"): {"fr": "Droit à l’eau"}}


def test_a_name_goes_before_another_tags_older_label() -> None:
    older = Term("theme", "schools", {"en": "Schools"}, ("Right to education",))

    assert Vocabulary.of([older, EDUCATION]).find("theme", "Right to education") == "right-to-education"


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Women & girls", "women-and-girls"),
        ("حقوق الطفل", "حقوق-الطفل"),
        ("12.6. Prisons ", "prisons"),
        ("—", ""),
    ],
)
def test_codes_are_made_of_labels(label: str, code: str) -> None:
    assert slug(label) == code
