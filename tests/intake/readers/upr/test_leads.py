"""What a sentence says of the recommendations under it, in the wordings in use since 2008."""

import pytest

from tawsiya.intake.readers.upr_report_leads import PENDING, stance

SENTENCES = [
    # English
    (
        (
            "The recommendations formulated during the interactive dialogue and listed below have been examined by"
            " Chile and enjoy the support of Chile:"
        ),
        "supported",
    ),
    ("The recommendations listed below have been examined by Chile and enjoy its support:", "supported"),
    (
        (
            "The following recommendations enjoy the support of Chile, which considers that they have already been"
            " implemented or are in the process of implementation:"
        ),
        "supported",
    ),
    ("The recommendations below did not enjoy the support of Chile:", "noted"),
    ("The following recommendations did not enjoy the support of Chile and would thus be noted:", "noted"),
    ("Chile considers that the recommendations below cannot be accepted:", "noted"),
    ("The following recommendations have been noted by Chile:", "noted"),
    ("The recommendations below were rejected by Chile:", "noted"),
    ("The following recommendations enjoy the partial support of Chile:", "supported/noted"),
    (
        (
            "The following recommendations will be examined by Chile, which will provide responses in due time, but"
            " no later than the twenty-first session of the Human Rights Council:"
        ),
        PENDING,
    ),
    (
        (
            "The recommendations formulated during the dialogue will be examined by Chile, and the responses will be"
            " included in the outcome report:"
        ),
        PENDING,
    ),
    (
        (
            "All conclusions and/or recommendations contained in the present report reflect the position of the"
            " submitting State(s) and/or the State under review."
        ),
        None,
    ),
    # French
    (
        (
            "Les recommandations formulées pendant le dialogue et énumérées ci-après ont été examinées par le Chili et"
            " recueillent son appui :"
        ),
        "supported",
    ),
    ("Les recommandations ci-après ont l’adhésion du Chili :", "supported"),
    ("Les recommandations ci-après n’ont pas recueilli l’adhésion du Chili :", "noted"),
    ("Les recommandations ci-après n’ont pas été acceptées par le Chili :", "noted"),
    ("Le Chili a pris note des recommandations ci-après :", "noted"),
    ("Les recommandations ci-après seront examinées par le Chili, qui y répondra en temps voulu :", PENDING),
    # Arabic
    ("نظرت شيلي في التوصيات المدرجة أدناه، وهي تحظى بتأييدها:", "supported"),
    ("أيدت شيلي التوصيات التالية:", "supported"),
    ("لم تحظ التوصيات التالية بتأييد شيلي:", "noted"),
    ("أحاطت شيلي علماً بالتوصيات التالية:", "noted"),
    ("ستنظر شيلي في التوصيات التالية وستقدم ردوداً عليها في الوقت المناسب:", PENDING),
]


@pytest.mark.parametrize(("sentence", "answer"), SENTENCES)
def test_answer(sentence, answer):
    said = stance(sentence)
    assert said.speaks
    assert said.answer == answer


def test_a_text_about_something_else_says_nothing():
    assert not stance("Chile supports schools and rejects violence.").speaks


@pytest.mark.parametrize(
    ("sentence", "backwards"),
    [
        ("The recommendations listed above enjoy the support of Chile.", True),
        ("The recommendations listed below enjoy the support of Chile.", False),
        ("The above-mentioned recommendations are supported, the following ones too.", False),
    ],
)
def test_of_which_list_it_speaks(sentence, backwards):
    assert stance(sentence).backwards is backwards


@pytest.mark.parametrize(
    ("sentence", "reasoned"),
    [
        ("The recommendations below have been examined by Chile and enjoy its support:", False),
        ("The recommendations below enjoy the support of Chile, which has already implemented them:", True),
    ],
)
def test_whether_it_says_more_than_the_position(sentence, reasoned):
    assert stance(sentence).reasoned is reasoned
