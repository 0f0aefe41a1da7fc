"""The texts written for the sample State: unlike one another, in three languages, well labelled.

Rules and expected numbers come from the design of the sample: 94 recommendations of two periodic
reviews, and what treaty bodies and one visit recommend. Every file of recommendations is read,
so that a text added later is held to the same rules.
"""

import json
import re
import unicodedata
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from tawsiya.mechanisms import states

DATA = Path(__file__).resolve().parents[2] / "src" / "tawsiya" / "sample" / "data"
FILES = ("upr.json", "bodies.json")
LANGUAGES = ("en", "fr", "ar")
LARGEST_SHARE = 0.60
FEWEST_WORDS, MOST_WORDS = 12, 70

THEMES = {
    "ratification-of-international-instruments",
    "cooperation-with-treaty-bodies",
    "national-human-rights-institution",
    "legal-framework",
    "constitutional-reform",
    "equality-non-discrimination",
    "racial-discrimination",
    "gender-based-violence",
    "women-participation",
    "trafficking-in-persons",
    "torture-ill-treatment",
    "conditions-of-detention",
    "death-penalty",
    "enforced-disappearances",
    "administration-of-justice",
    "independence-of-judiciary",
    "freedom-of-expression",
    "freedom-of-assembly-association",
    "right-to-education",
    "right-to-health",
    "right-to-work",
    "adequate-standard-of-living",
    "water-sanitation",
    "cultural-rights",
    "human-rights-education",
    "rights-of-the-child-protection",
    "juvenile-justice",
    "statistics-indicators",
}
PERSONS = {
    "women",
    "children",
    "girls",
    "persons-with-disabilities",
    "migrants",
    "refugees-asylum-seekers",
    "persons-deprived-of-liberty",
    "minorities",
    "older-persons",
    "human-rights-defenders",
    "journalists",
    "judges-lawyers",
    "rural-population",
    "youth",
    "general",
}
# Goal: (number of numbered targets, last lettered target). General Assembly resolution 70/1:
# 17 goals, 169 targets.
TARGETS = {
    1: (5, "b"),
    2: (5, "c"),
    3: (9, "d"),
    4: (7, "c"),
    5: (6, "c"),
    6: (6, "b"),
    7: (3, "b"),
    8: (10, "b"),
    9: (5, "c"),
    10: (7, "c"),
    11: (7, "c"),
    12: (8, "c"),
    13: (3, "b"),
    14: (7, "c"),
    15: (9, "c"),
    16: (10, "b"),
    17: (19, ""),
}
ACCEPTED = {"accepted_implemented", "accepted_in_progress"}
NOT_ACCEPTED = {"noted_partly", "noted_wholly", "outside_mandate"}
# Paragraph prefix: (document, position, national grades that fit, number of recommendations).
UPR_PARTS = {
    "131": ("A/HRC/38/917", "supported", ACCEPTED, 37),
    "132": ("A/HRC/38/917", "noted", NOT_ACCEPTED, 9),
    "118": ("A/HRC/54/931", "supported", ACCEPTED, 38),
    "119": ("A/HRC/54/931", "noted", NOT_ACCEPTED, 10),
}
# Words that belong to one of the two languages only and that no text does without.
ENGLISH_ONLY = {
    "the",
    "of",
    "and",
    "to",
    "with",
    "for",
    "that",
    "should",
    "shall",
    "their",
    "which",
    "its",
    "from",
    "by",
    "who",
    "against",
    "under",
    "all",
    "into",
    "human",
    "rights",
}
FRENCH_ONLY = {
    "les",
    "des",
    "et",
    "une",
    "dans",
    "aux",
    "du",
    "pour",
    "que",
    "qui",
    "avec",
    "sur",
    "leurs",
    "droits",
}
SYMBOL = re.compile(r"[A-Z]+(?:[./][A-Z0-9.-]+)+")
LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
# Persian letters and presentation forms: what careless copying brings in.
FOREIGN_ARABIC = re.compile("[\u067e\u0686\u06a9\u06af\u06cc\ufb50-\ufdff\ufe70-\ufeff]")


def load(name: str) -> list[dict[str, Any]]:
    """Items of one file of recommendations."""
    items: list[dict[str, Any]] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return items


ITEMS = [item for name in FILES for item in load(name)]
UPR = load("upr.json")
TAXONOMIES = json.loads((DATA / "taxonomies.json").read_text(encoding="utf-8"))


def label(item: dict[str, Any]) -> str:
    """The place of an item, for messages."""
    return f"{item['document']} {item['paragraph']} {item['subparagraph'] or ''}".strip()


def words(text: str) -> set[str]:
    """The set of lower-cased words, elisions taken apart ("l'État" is two words)."""
    return set(re.findall(r"[^\W_]+", text.lower()))


def share(one: str, other: str) -> float:
    """Common words, as a part of the words of the text that has fewer."""
    first, second = words(one), words(other)
    return len(first & second) / min(len(first), len(second))


def too_close(texts: list[tuple[str, str]]) -> list[str]:
    """Pairs of (label, text) that share more than the largest share allowed."""
    return [
        f"{name} / {other_name}: {share(text, other):.2f}"
        for (name, text), (other_name, other) in combinations(texts, 2)
        if share(text, other) > LARGEST_SHARE
    ]


def valid_sdg(code: str) -> bool:
    """Whether the code is a goal ("5") or a target ("5.2", "16.a")."""
    goal, dot, target = code.partition(".")
    if not goal.isdecimal() or str(int(goal)) != goal or int(goal) not in TARGETS:
        return False
    if not dot:
        return True
    numbered, letter = TARGETS[int(goal)]
    if target.isdecimal():
        return str(int(target)) == target and 1 <= int(target) <= numbered
    return len(target) == 1 and "a" <= target <= letter


def foreign_words(text: str, strangers: set[str]) -> set[str]:
    """Words of the text that belong to another language."""
    return words(SYMBOL.sub(" ", text)) & strangers


def arabic_faults(text: str) -> list[str]:
    """What in a text is not Arabic script as the United Nations writes it."""
    faults = LATIN.findall(SYMBOL.sub(" ", text)) + FOREIGN_ARABIC.findall(text)
    letters = [letter for letter in text if unicodedata.category(letter) == "Lo"]
    if not letters:
        faults.append("no Arabic letter")
    return faults


def every_text(language: str) -> list[tuple[str, str]]:
    """Texts and headings of all items in one language, with their place."""
    found = [(label(item), item["texts"][language]) for item in ITEMS]
    return found + [
        (f"heading of {label(item)}", item["heading"][language]) for item in ITEMS if item["heading"]
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_texts_share_more_than_sixty_per_cent_of_their_words(
    language: str,
) -> None:
    assert too_close([(label(item), item["texts"][language]) for item in ITEMS]) == []


def test_a_planted_twin_is_found() -> None:
    original = UPR[0]["texts"]["fr"]
    twin = original.replace("torture", "corruption").replace("national", "régional")
    assert len(too_close([("one", original), ("two", twin)])) == 1


def test_share_is_measured_on_the_shorter_text() -> None:
    assert share("Ratify the Convention, now!", "ratify THE protocol and a treaty") == 0.5


@pytest.mark.parametrize("item", ITEMS, ids=label)
def test_an_item_has_all_its_languages(item: dict[str, Any]) -> None:
    assert set(item["texts"]) == set(LANGUAGES)
    assert item["heading"] is None or set(item["heading"]) == set(LANGUAGES)
    for text in item["texts"].values():
        assert text == unicodedata.normalize("NFC", text).strip()
        assert FEWEST_WORDS <= len(text.split()) <= MOST_WORDS


@pytest.mark.parametrize("item", ITEMS, ids=label)
def test_an_item_is_labelled_with_known_themes_persons_and_goals(
    item: dict[str, Any],
) -> None:
    assert item["themes"]
    assert set(item["themes"]) <= THEMES
    assert set(item["affected_persons"]) <= PERSONS
    assert [code for code in item["sdgs"] if not valid_sdg(code)] == []
    for labels in (item["themes"], item["affected_persons"], item["sdgs"]):
        assert len(labels) == len(set(labels))


def test_codes_of_goals_and_targets() -> None:
    assert sum(number for number, _ in TARGETS.values()) == 126
    for code in ("1", "17", "5.2", "16.a", "17.19"):
        assert valid_sdg(code), code
    for code in ("0", "18", "05", "5.7", "5.02", "16.c", "17.a", "5.", "5.2.1", "x"):
        assert not valid_sdg(code), code


def test_every_item_has_its_own_place() -> None:
    places = [(label(item), item["kind"]) for item in ITEMS]
    assert sorted({place for place in places if places.count(place) > 1}) == []


@pytest.mark.parametrize("item", ITEMS, ids=label)
def test_the_same_years_stand_in_every_language(item: dict[str, Any]) -> None:
    years = {
        language: sorted(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text))
        for language, text in item["texts"].items()
    }
    assert years["fr"] == years["en"]
    assert years["ar"] == years["en"]


def test_arabic_texts_are_in_arabic_script() -> None:
    assert [(place, arabic_faults(t)) for place, t in every_text("ar") if arabic_faults(t)] == []


def test_french_texts_have_no_english_left() -> None:
    texts = every_text("fr")
    assert [place for place, text in texts if foreign_words(text, ENGLISH_ONLY)] == []


def test_english_texts_have_no_french_left() -> None:
    texts = every_text("en")
    assert [place for place, text in texts if foreign_words(text, FRENCH_ONLY)] == []


def test_planted_leftovers_are_found() -> None:
    assert foreign_words("Ratifier la Convention and its Protocole", ENGLISH_ONLY)
    assert foreign_words("Ratify la Convention et le Protocol", FRENCH_ONLY)
    assert arabic_faults("التصديق على Convention")
    assert arabic_faults("حقوق انسان در کشور")
    assert arabic_faults("12 (2019)") == ["no Arabic letter"]
    assert arabic_faults("الوثيقة CERD/C/2007/1") == []


def test_taxonomies_name_every_label_in_three_languages() -> None:
    assert {entry["slug"] for entry in TAXONOMIES["themes"]} == THEMES
    assert {entry["slug"] for entry in TAXONOMIES["affected_persons"]} == PERSONS
    entries = TAXONOMIES["themes"] + TAXONOMIES["affected_persons"]
    assert len(entries) == 28 + 15
    for entry in entries:
        assert set(entry["names"]) == set(LANGUAGES)
        assert arabic_faults(entry["names"]["ar"]) == []
        assert foreign_words(entry["names"]["fr"], ENGLISH_ONLY) == set()


def test_every_theme_and_group_of_persons_is_used() -> None:
    assert {slug for item in ITEMS for slug in item["themes"]} == THEMES
    assert {slug for item in ITEMS for slug in item["affected_persons"]} == PERSONS


@pytest.mark.parametrize("prefix", UPR_PARTS)
def test_the_reviews_have_the_paragraphs_others_refer_to(prefix: str) -> None:
    document, _, _, count = UPR_PARTS[prefix]
    found = [item for item in UPR if item["paragraph"].partition(".")[0] == prefix]
    assert [item["paragraph"] for item in found] == [f"{prefix}.{n}" for n in range(1, count + 1)]
    assert {item["document"] for item in found} == {document}
    assert len(UPR) == 94


@pytest.mark.parametrize("item", UPR, ids=label)
def test_a_review_recommendation_agrees_with_its_list(item: dict[str, Any]) -> None:
    _, position, grades, _ = UPR_PARTS[item["paragraph"].partition(".")[0]]
    assert item["position"] == position
    assert item["national_grade"] in grades
    assert (item["kind"], item["addressee"]) == ("recommendation", "State")
    assert item["subparagraph"] is None
    assert item["follow_up"] is None


@pytest.mark.parametrize("item", UPR, ids=label)
def test_recommending_states_are_real_and_outside_the_text(
    item: dict[str, Any],
) -> None:
    recommending = item["recommending_states"]
    real = {state.iso3 for state in states.all_states()}
    assert 1 <= len(recommending) <= 4
    assert len(set(recommending)) == len(recommending)
    assert set(recommending) <= real
    for text in item["texts"].values():
        assert not re.match(r"\d", text)
        assert not text.endswith((".", ";", ",", "؛", "،", ":"))
        assert not [bracket for bracket in re.findall(r"\(([^)]*)\)", text) if states.recognise(bracket)]


def test_only_reviews_have_positions() -> None:
    for item in ITEMS:
        if item not in UPR:
            assert item["position"] is None, label(item)
            assert item["national_grade"] is None, label(item)
            assert item["recommending_states"] in (None, []), label(item)
