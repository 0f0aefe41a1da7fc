"""From texts to groups, and what confirmed pairs teach."""

import numpy as np
from scipy import sparse

from tawsiya.analysis.similar import read
from tawsiya.analysis.similar.clusters import average_linkage
from tawsiya.analysis.similar.features import FEATURES, Features
from tawsiya.analysis.similar.grouping import Similarity, group_texts
from tawsiya.analysis.similar.learning import refit
from tawsiya.analysis.similar.model import Model, distance_for, load_model, model_of

DEATH = ["Abolir la peine de mort", "Envisager l’abolition de la peine capitale", "إلغاء عقوبة الإعدام"]
OPCAT = [
    "Ratifier le Protocole facultatif se rapportant à la Convention contre la torture",
    "Accede to the Optional Protocol to the Convention against Torture",
]
SCHOOL = ["Réduire l’abandon scolaire des filles en milieu rural"]
TEXTS = [DEATH[0], OPCAT[0], DEATH[1], SCHOOL[0], DEATH[2], OPCAT[1]]


def test_texts_that_ask_for_one_thing_are_one_group_whatever_their_language() -> None:
    assert group_texts(TEXTS) == [0, 1, 0, 2, 0, 1]


def test_two_protocols_are_two_requests() -> None:
    groups = group_texts(
        [
            "Ratifier le Protocole facultatif se rapportant à la Convention contre la torture",
            "Ratifier le Protocole facultatif à la Convention relative aux droits des personnes handicapées",
        ]
    )
    assert groups == [0, 1]


def test_nothing_and_empty_texts_are_grouped_too() -> None:
    assert group_texts([]) == []
    assert group_texts([""]) == [0]
    assert len(group_texts(["", "", "12"])) == 3


def test_a_rejected_pair_is_parted() -> None:
    similarity = Similarity([read(content) for content in TEXTS])
    labels = similarity.groups(apart=[(0, 2)])
    assert labels[0] != labels[2]
    assert len({int(label) for label in labels}) >= 4


def test_only_some_of_the_texts_can_be_grouped() -> None:
    similarity = Similarity([read(content) for content in TEXTS])
    assert [int(label) for label in similarity.groups(among=[5, 3, 1])] == [0, 1, 0]


def test_the_nearest_texts_come_first() -> None:
    similarity = Similarity([read(content) for content in TEXTS])
    (best, chance), *_others = similarity.nearest(0, 3)
    assert best in (2, 4) and 0.5 < chance <= 1


def test_chains_do_not_make_one_group() -> None:
    # 0–1 and 1–2 are alike, 0–2 are not: the mean of the second step is too far.
    likely = sparse.csr_matrix(np.array([[0, 0.9, 0], [0.9, 0, 0.7], [0, 0.7, 0]], np.float32))
    assert list(average_linkage(likely, 0.5)) == [0, 0, 1]
    assert list(average_linkage(likely, 0.7)) == [0, 0, 0]


def test_the_more_texts_the_stricter() -> None:
    assert distance_for(10) == 0.64
    assert distance_for(500) == 0.64
    assert 0.40 < distance_for(2000) < 0.50
    assert distance_for(100_000) == 0.40


def test_features_of_chosen_pairs_are_those_of_the_blocks() -> None:
    features = Features([read(content) for content in TEXTS * 15])
    left, right = np.array([0, 80, 3]), np.array([2, 1, 70])
    rows = features.pairs(left, right)
    block = features.block(0).copy()
    assert rows.shape == (3, len(FEATURES))
    assert np.allclose(rows[0], block[:, 0, 2])
    assert np.allclose(rows[1], block[:, 1, 80])


def test_decided_pairs_move_the_weights_towards_what_was_decided() -> None:
    rows = np.zeros((40, len(FEATURES)), np.float32)
    rows[:20, FEATURES.index("words")] = 1.0
    same = np.array([True] * 20 + [False] * 20)
    learnt = refit(rows, same)
    assert learnt.scores(rows[0])[()] > 1 > -1 > learnt.scores(rows[30])[()]
    assert learnt.about == {"pairs": 40, "same": 20}


def test_few_pairs_move_the_shipped_weights_a_little_and_none_not_at_all() -> None:
    shipped = load_model()
    nothing = refit(np.zeros((0, len(FEATURES)), np.float32), np.zeros(0, bool), start=shipped)
    assert nothing is shipped
    rows = np.ones((4, len(FEATURES)), np.float32)
    moved = refit(rows, np.array([True] * 4), start=shipped, trust=0.05)
    steps = [abs(a - b) for a, b in zip(moved.weights, shipped.weights, strict=True)]
    assert max(steps) < 0.2


def test_a_model_is_stored_as_json() -> None:
    import json

    model = Model("7", tuple(float(n) for n in range(len(FEATURES))), -1.5, {"pairs": 3})
    assert model_of(json.loads(model.to_json())) == model
    assert model_of({"version": "7", "weights": {"no_more": 3}, "bias": 0}).weights == (0.0,) * len(FEATURES)
