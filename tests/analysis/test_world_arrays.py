"""The arrays find what reading every text finds, and count what counting by hand counts."""

import random
from pathlib import Path

import numpy as np
import pytest

from tawsiya.analysis.search.asking import Asked, understand
from tawsiya.analysis.search.entries import Field, phrase_in_surface, prepare
from tawsiya.analysis.search.world.arrays import WorldIndex
from tawsiya.analysis.search.world.building import FACETS, Record, build
from tawsiya.core import text

WORDS = ["ratify", "protect", "children", "women", "torture", "prison", "rights", "law", "detention", "girls"]


def record(pk: int, content: str, language: str = "en", **values: list[str]) -> Record:
    return Record(pk, language, content, [values.get(name, []) for name in FACETS])


@pytest.fixture(scope="module")
def records() -> list[Record]:
    dice = random.Random(7)
    made = [
        record(
            100 + number,
            " ".join(dice.choices(WORDS, k=dice.randint(1, 9))),
            body=[dice.choice(["UPR", "CAT"])],
            year=[str(dice.randint(2008, 2011))],
            theme=dice.sample(["a", "b", "c"], k=dice.randint(0, 3)),
        )
        for number in range(300)
    ]
    made.append(record(900, "Protéger les enfants détenus", "fr", body=["CRC"]))
    made.append(record(901, "حماية الأطفال في السجون", "ar", body=["CRC"]))
    return made


@pytest.fixture(scope="module")
def index(records: list[Record], tmp_path_factory: pytest.TempPathFactory) -> WorldIndex:
    folder: Path = tmp_path_factory.mktemp("index")
    assert build(records, folder) == 302
    return WorldIndex(folder)


def by_reading(records: list[Record], asked: Asked) -> set[int]:
    """Return what a reader of every text would find."""
    found = set()
    for one in records:
        language: text.Language = one.language  # type: ignore[assignment]  # one of them here
        surface = prepare([Field("A", one.text)], language).surface
        good = not asked.words or text.matches(one.text, asked.words, language)
        good &= all(phrase_in_surface(phrase, language) in surface for phrase in asked.phrases)
        for excluded in asked.excluded:
            if excluded.startswith('"'):
                good &= phrase_in_surface(excluded, language) not in surface
            else:
                good &= not text.matches(one.text, excluded, language)
        if good:
            found.add(one.id)
    return found


@pytest.mark.parametrize(
    "query",
    [
        "children",
        "child protection",
        "women girls rights",
        "torture -prison",
        '"ratify protect"',
        '"torture prison" law',
        '-"rights law" women',
        "-women",
        "enfant",
        "الطفل",
        "nothing",
        "children nothing",
        "",
    ],
)
def test_it_finds_what_reading_finds(index: WorldIndex, records: list[Record], query: str) -> None:
    asked = understand(query, [])
    page = index.search(asked)
    found = page.ids(0, 1000)
    assert len(found) == len(set(found)) == page.count
    assert set(found) == by_reading(records, asked)


@pytest.mark.parametrize(
    "chosen", [{}, {"body": ["CAT"]}, {"body": ["CAT", "UPR"], "year": ["2009"]}, {"theme": ["x"]}]
)
@pytest.mark.parametrize("query", ["children", "women girls", ""])
def test_counts_are_exact_and_a_facet_ignores_itself(
    index: WorldIndex, records: list[Record], query: str, chosen: dict[str, list[str]]
) -> None:
    asked = understand(query, [])
    read = by_reading(records, asked)
    matching = [one for one in records if one.id in read]

    def allowed(one: Record, ignoring: str = "") -> bool:
        return all(
            set(values) & set(one.values[FACETS.index(name)])
            for name, values in chosen.items()
            if name != ignoring
        )

    page = index.search(asked, chosen, ["body", "year", "theme"])
    assert page.count == sum(allowed(one) for one in matching)
    for name in ("body", "year", "theme"):
        expected: dict[str, int] = {}
        for one in matching:
            if allowed(one, name):
                for value in one.values[FACETS.index(name)]:
                    expected[value] = expected.get(value, 0) + 1
        assert page.counts[name] == expected


def test_what_may_not_be_seen_is_neither_found_nor_counted(index: WorldIndex, records: list[Record]) -> None:
    seen = index.as_bits(np.arange(0, 302, 2, dtype=np.int32))
    page = index.search(understand("children", []), facets=["body"], seen=seen)
    expected = {one.id for place, one in enumerate(records) if place % 2 == 0} & by_reading(
        records, understand("children", [])
    )
    assert set(page.ids(0, 1000)) == expected
    assert sum(page.counts["body"].values()) == len(expected)


def test_best_first_page_by_page(tmp_path: Path) -> None:
    build(
        [
            record(1, "law and order in every town and village of the land, and the law of the sea"),
            record(2, "law"),
            record(3, "order"),
            record(4, "an albino law"),
            record(5, "an albino and the other"),
        ],
        tmp_path,
    )
    index = WorldIndex(tmp_path)
    assert index.search(understand("law", [])).ids(0, 10)[0] == 2
    whole = index.search(understand("law", [])).ids(0, 10)
    assert [pk for at in range(3) for pk in index.search(understand("law", [])).ids(at, at + 1)] == whole
    assert index.search(understand("albino", [])).ids(0, 10) == [4, 5]


def test_nothing_indexed_finds_nothing(tmp_path: Path) -> None:
    build([], tmp_path)
    index = WorldIndex(tmp_path)
    assert index.search(understand("law", []), facets=["body"]).ids(0, 5) == []
    assert index.search(Asked(), facets=["body"]).count == 0
