"""Words that a reader may not read are to the search as words that stand nowhere.

Neither found, nor counted, nor hinted at by a suggestion, a mark, or an order.
"""

import re

import pytest

from tests.access.table import READERS

SCOPES = ("recommendations", "documents", "contributions")
# Where else a secret stands that the words of another tab might give away.
TAB_OF = {
    "qdraftedled": "measures",
    "qdraftedalone": "measures",
    "qaxisalone": "measures",
    "qconsulted": "measures",
    "qlawdrafted": "laws",
    "qindicatordraft": "indicators",
    "qtalkinside": "conversations",
    "qtalkdelegation": "conversations",
    "qtalknotes": "conversations",
}
# One of each kind of secret: texts of contributions in every state, notes, reasons, files, references, imports,
# searches, measures and laws of drafts, indicators in preparation, conversations.
SECRETS = (
    *("qmeasuresdraft", "qobstacleswithvalidator", "qstepsreturnedbyvalidator", "qmeasureswithdelegation"),
    *("qmeasuresreturnedbydelegation", "qmeasuresvalidated", "qvreason", "qpastreason", "qdreason"),
    *(
        "qtitledraftpublic",
        "qnamevalidatedrestricted",
        "qtitlevalidatedinternal",
        "qnoteaccepted",
        "qrefusal",
    ),
    *("qjustification", "qimporttext", "qwarnedland", "qsavedwords", "qwithdrawal"),
    *("qstepsvalidated", "qlawdraftinternal", "qlawvalidatedrestricted"),
    *TAB_OF,
)
ASKING = ("norole", "administrator", "coordinator", "support", "other_focal", "nhri")
LIKE_ANOTHER = {"norole", "administrator", "support"}
NOWHERE = "qzzxnowhere"


def hidden_from(reader: str) -> list[str]:
    from tests.access.canaries import AUDIENCES

    return [word for word in SECRETS if AUDIENCES[word][READERS.index(reader)] == "."]


@pytest.mark.parametrize(
    "reader",
    [pytest.param(name, marks=pytest.mark.slow if name in LIKE_ANOTHER else ()) for name in ASKING],
)
def test_a_secret_word_is_answered_as_a_word_that_is_nowhere(world, reader: str) -> None:
    from tests.access.canaries import plain

    client, address = world.clients[reader], world.address("analysis:search")

    def answer(word: str, scope: str) -> str:
        page = plain(client.get(address, {"q": word, "scope": scope}))
        return re.sub(re.escape(word), "WORD", page, flags=re.IGNORECASE)

    secrets = hidden_from(reader)
    assert len(secrets) >= 7
    for place, word in enumerate(secrets):
        elsewhere = TAB_OF.get(word, SCOPES[place % 3])
        for asked in (elsewhere, "contributions")[: 2 - place % 2]:
            assert answer(word, asked) == answer(NOWHERE, asked), (word, asked)


@pytest.mark.parametrize("reader", ["coordinator", "other_focal", "nhri"])
def test_no_slip_of_the_pen_brings_a_secret_word_to_light(world, reader: str) -> None:
    from tests.access.canaries import whole_text, words_in

    client, address = world.clients[reader], world.address("analysis:search")
    for word in hidden_from(reader):
        typed = f"{word[:-2]}yz"
        text = whole_text(client.get(address, {"q": typed, "scope": "contributions"}))
        assert words_in(text) == set(), (word, typed)


def test_whoever_may_read_a_word_finds_it(world) -> None:
    def count(reader: str, word: str) -> int:
        answer = world.clients[reader].get(
            world.address("analysis:search-json"), {"q": word, "scope": "contributions"}
        )
        return int(answer.json()["count"])

    readers = ("focal", "coordinator", "support", "observer", "other_focal")
    found = {
        word: "".join(str(count(reader, word)) for reader in readers)
        for word in (
            "qmeasuresdraft",
            "qobstacleswithdelegation",
            "qobstaclesvalidated",
            "qfiguresvalidated",
            # A restricted part, a restricted law: of the institution and the delegation.
            "qstepsvalidated",
            "qlawvalidatedrestricted",
            "qlawvalidatedinternal",
            "qtitledraftpublic",
            "qtitlevalidatedinternal",
            "qnamevalidatedrestricted",
            # Reasons are not searched, even by those who read them.
            "qvreason",
        )
    }
    assert found == {
        "qmeasuresdraft": "10000",
        "qobstacleswithdelegation": "11000",
        "qobstaclesvalidated": "11110",
        "qfiguresvalidated": "11110",
        "qstepsvalidated": "11000",
        "qlawvalidatedrestricted": "11000",
        "qlawvalidatedinternal": "11110",
        "qtitledraftpublic": "10000",
        "qtitlevalidatedinternal": "11110",
        "qnamevalidatedrestricted": "11000",
        "qvreason": "00000",
    }


def test_programmes_and_conversations_are_found_by_their_readers(world) -> None:
    def count(reader: str, word: str) -> int:
        answer = world.clients[reader].get(
            world.address("analysis:search-json"), {"q": word, "scope": TAB_OF[word]}
        )
        # Who has no such tab is answered that of recommendations, where the word does not stand.
        return int(answer.json()["count"])

    readers = ("focal", "coordinator", "support", "observer", "other_focal", "nhri", "civil")
    found = {word: "".join(str(count(reader, word)) for reader in readers) for word in TAB_OF}
    assert found == {
        "qdraftedled": "1111000",
        "qdraftedalone": "0101000",
        "qaxisalone": "0101000",
        "qconsulted": "1111110",
        "qlawdrafted": "1111000",
        "qindicatordraft": "1101000",
        "qtalkinside": "1000000",
        "qtalkdelegation": "1100000",
        "qtalknotes": "0100000",
    }


def test_a_planted_leak_is_reported(world, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the filter of contributions taken out, the comparison fails: so it can tell."""
    from django.db.models import Q

    from tawsiya.followup import queries

    monkeypatch.setattr(queries, "contributions_visible_to", lambda reader: ~Q(pk__in=[]))
    with pytest.raises(AssertionError):
        test_a_secret_word_is_answered_as_a_word_that_is_nowhere(world, "other_focal")
