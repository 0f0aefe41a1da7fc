"""What the learner takes from a text, how it weighs that, and what its explanation adds up to."""

import numpy as np
import pytest
import scipy.sparse as sp

from tawsiya.core import learn
from tawsiya.core.learn.explain import said_by_words, spoken_words
from tawsiya.core.learn.features import PAIR_REACH, pairs_of
from tawsiya.core.learn.fitting import _telling
from tawsiya.core.learn.words import Lexicon, Word, forms

FILLERS = ("very quickly", "without delay", "this year", "in every district", "by decree", "once more")


def words(text: str) -> list[Word]:
    return Lexicon().words(forms(text))


def test_pairs_are_of_stems_in_either_order_and_leave_common_words_out() -> None:
    expected = {"polic&train", "judg&train", "judg&polic"}
    assert set(pairs_of(words("Train the police and the judges"))) == expected
    assert set(pairs_of(words("judges, training of police, police training"))) == expected


def test_pairs_reach_no_further_than_they_should() -> None:
    text = " ".join(f"word{chr(97 + number)}" for number in range(PAIR_REACH + 2))
    found = set(pairs_of(words(text)))
    assert "worda&wordm" in found  # the twelfth after the first
    assert "worda&wordn" not in found  # the thirteenth


def test_a_feature_tells_as_much_as_its_log_ratio() -> None:
    # Ten texts, four with the label. The first feature is met in three of the four and one of the six, the second
    # in two and three. By hand: ln(((3 + .4) / 5) / ((1 + .6) / 7)) = 1.09025, ln((2.4 / 5) / (3.6 / 7)) = -0.06899;
    # roots 1.04415 and 0.26266, brought to a mean square of one.
    truth = np.array([True] * 4 + [False] * 6)[:, None]
    first = [1, 1, 1, 0, 1, 0, 0, 0, 0, 0]
    second = [1, 1, 0, 0, 1, 1, 1, 0, 0, 0]
    found = _telling(sp.csr_matrix(np.array([first, second]).T * 2.5), truth)
    assert found[:, 0] == pytest.approx([1.37150, 0.34501], abs=1e-4)


def test_a_label_that_all_or_no_texts_have_is_weighed_without_infinities() -> None:
    found = _telling(sp.csr_matrix(np.eye(4)), np.array([[True, False]] * 4))
    assert np.isfinite(found).all()


@pytest.fixture(scope="module")
def crossed() -> learn.Model:
    """Learn what only pairs tell: cats that are red and dogs that are blue, far from each other."""
    texts, labels = [], []
    for colour in ("red", "blue"):
        for animal in ("cats", "dogs"):
            for place, one in enumerate(FILLERS):
                for other in FILLERS[place:]:
                    texts.append(f"{colour} {one} {other} {animal}")
                    labels.append(["yes"] if (colour == "red") == (animal == "cats") else ["no"])
    order = np.random.default_rng(1).permutation(len(texts))
    return learn.fit([texts[k] for k in order], [labels[k] for k in order])


def test_two_words_apart_say_together_what_neither_says_alone(crossed: learn.Model) -> None:
    asked = ["dogs at last red", "red at long last cats", "blue at last cats", "dogs at long last blue"]
    assert [one.predicted for one in crossed.predict(asked)] == [("no",), ("yes",), ("no",), ("yes",)]


def test_the_words_of_a_pair_are_both_shown(crossed: learn.Model) -> None:
    text = "red at long last cats"
    assert {text[one.start : one.end] for one in spoken_words(crossed, text, "yes")} == {"red", "cats"}


def test_what_the_words_say_adds_up_to_the_score(crossed: learn.Model) -> None:
    assert [block.name for block in crossed.vectoriser.blocks] == ["body", "pairs"]
    for text in ("red at long last cats", "red red cats by decree, red", "dogs"):
        raw = crossed.margins([text])[0]
        for column in range(2):
            given = said_by_words(crossed, words(text), column)
            assert given.sum() + crossed.bias[column] == pytest.approx(raw[column], abs=1e-4)
