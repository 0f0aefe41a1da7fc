"""State × action × role × own or other institution, for questionnaires, replies and requests for more time.

Written by hand, as in `test_matrix.py`: `ok` allowed, `no` refused because of who asks, `never` not possible
in that state, `unseen` refused in words that betray nothing.
"""

import pytest

from tawsiya.followup.models import Extension, Questionnaire, Reply
from tawsiya.followup.permissions import _IMPOSSIBLE, _NO_ACCESS, _OWN_TEXT
from tawsiya.followup.permissions_of_requests import (
    may_act_on_extension,
    may_act_on_questionnaire,
    may_act_on_reply,
    may_ask_for_time,
)
from tests.followup.matrix_tables import AUTHOR, OWN, Case, cases, reader_in_column

QUESTIONNAIRES = """
state     action  administrator coordinator analyst own-validator own-focal own-head other-validator other-focal other-head observer nhri civil
draft     edit    no            ok          no      no            no        no       no              no          no         no       no   no
draft     send    no            ok          no      no            no        no       no              no          no         no       no   no
draft     discard no            ok          no      no            no        no       no              no          no         no       no   no
draft     close   no            never       no      no            no        no       no              no          no         no       no   no
sent      edit    no            never       no      no            no        no       no              no          no         no       no   no
sent      send    no            never       no      no            no        no       no              no          no         no       no   no
sent      discard no            never       no      no            no        no       no              no          no         no       no   no
sent      close   no            ok          no      no            no        no       no              no          no         no       no   no
closed    edit    no            never       no      no            no        no       no              no          no         no       no   no
closed    send    no            never       no      no            no        no       no              no          no         no       no   no
closed    discard no            never       no      no            no        no       no              no          no         no       no   no
closed    close   no            never       no      no            no        no       no              no          no         no       no   no
discarded edit    no            never       no      no            no        no       no              no          no         no       no   no
discarded send    no            never       no      no            no        no       no              no          no         no       no   no
discarded discard no            never       no      no            no        no       no              no          no         no       no   no
discarded close   no            never       no      no            no        no       no              no          no         no       no   no
"""

REPLIES = """
state                  action    administrator coordinator analyst own-validator own-focal own-head other-validator other-focal other-head observer nhri   civil
draft                  edit      unseen        unseen      unseen  ok            ok        no       unseen          unseen      unseen     unseen   unseen unseen
draft                  submit    unseen        unseen      unseen  ok            ok        no       unseen          unseen      unseen     unseen   unseen unseen
draft                  approve   unseen        unseen      unseen  never         never     never    unseen          unseen      unseen     unseen   unseen unseen
draft                  return    unseen        unseen      unseen  never         never     never    unseen          unseen      unseen     unseen   unseen unseen
draft                  validate  unseen        unseen      unseen  never         never     never    unseen          unseen      unseen     unseen   unseen unseen
draft                  send_back unseen        unseen      unseen  never         never     never    unseen          unseen      unseen     unseen   unseen unseen
with_validator         edit      unseen        unseen      unseen  never         never     never    unseen          unseen      unseen     unseen   unseen unseen
with_validator         submit    unseen        unseen      unseen  never         never     never    unseen          unseen      unseen     unseen   unseen unseen
with_validator         approve   unseen        unseen      unseen  ok            no        no       unseen          unseen      unseen     unseen   unseen unseen
with_validator         return    unseen        unseen      unseen  ok            no        no       unseen          unseen      unseen     unseen   unseen unseen
with_validator         validate  unseen        unseen      unseen  never         never     never    unseen          unseen      unseen     unseen   unseen unseen
with_validator         send_back unseen        unseen      unseen  never         never     never    unseen          unseen      unseen     unseen   unseen unseen
returned_by_validator  edit      unseen        unseen      unseen  ok            ok        no       unseen          unseen      unseen     unseen   unseen unseen
returned_by_validator  submit    unseen        unseen      unseen  ok            ok        no       unseen          unseen      unseen     unseen   unseen unseen
returned_by_validator  approve   unseen        unseen      unseen  never         never     never    unseen          unseen      unseen     unseen   unseen unseen
returned_by_validator  return    unseen        unseen      unseen  never         never     never    unseen          unseen      unseen     unseen   unseen unseen
returned_by_validator  validate  unseen        unseen      unseen  never         never     never    unseen          unseen      unseen     unseen   unseen unseen
returned_by_validator  send_back unseen        unseen      unseen  never         never     never    unseen          unseen      unseen     unseen   unseen unseen
with_delegation        edit      unseen        never       never   never         never     never    unseen          unseen      unseen     unseen   unseen unseen
with_delegation        submit    unseen        never       never   never         never     never    unseen          unseen      unseen     unseen   unseen unseen
with_delegation        approve   unseen        never       never   never         never     never    unseen          unseen      unseen     unseen   unseen unseen
with_delegation        return    unseen        never       never   never         never     never    unseen          unseen      unseen     unseen   unseen unseen
with_delegation        validate  unseen        ok          no      no            no        no       unseen          unseen      unseen     unseen   unseen unseen
with_delegation        send_back unseen        ok          no      no            no        no       unseen          unseen      unseen     unseen   unseen unseen
returned_by_delegation edit      unseen        no          no      ok            ok        no       unseen          unseen      unseen     unseen   unseen unseen
returned_by_delegation submit    unseen        no          no      ok            ok        no       unseen          unseen      unseen     unseen   unseen unseen
returned_by_delegation approve   unseen        never       never   never         never     never    unseen          unseen      unseen     unseen   unseen unseen
returned_by_delegation return    unseen        never       never   never         never     never    unseen          unseen      unseen     unseen   unseen unseen
returned_by_delegation validate  unseen        never       never   never         never     never    unseen          unseen      unseen     unseen   unseen unseen
returned_by_delegation send_back unseen        never       never   never         never     never    unseen          unseen      unseen     unseen   unseen unseen
validated              edit      never         never       never   never         never     never    unseen          unseen      unseen     never    unseen unseen
validated              submit    never         never       never   never         never     never    unseen          unseen      unseen     never    unseen unseen
validated              approve   never         never       never   never         never     never    unseen          unseen      unseen     never    unseen unseen
validated              return    never         never       never   never         never     never    unseen          unseen      unseen     never    unseen unseen
validated              validate  never         never       never   never         never     never    unseen          unseen      unseen     never    unseen unseen
validated              send_back never         never       never   never         never     never    unseen          unseen      unseen     never    unseen unseen
"""

EXTENSIONS = """
state     action   administrator coordinator analyst own-validator own-focal own-head other-validator other-focal other-head observer nhri   civil
asked     grant    unseen        ok          no      no            no        no       unseen          unseen      unseen     unseen   unseen unseen
asked     refuse   unseen        ok          no      no            no        no       unseen          unseen      unseen     unseen   unseen unseen
asked     withdraw unseen        no          no      ok            ok        no       unseen          unseen      unseen     unseen   unseen unseen
granted   grant    unseen        never       never   never         never     never    unseen          unseen      unseen     unseen   unseen unseen
granted   refuse   unseen        never       never   never         never     never    unseen          unseen      unseen     unseen   unseen unseen
granted   withdraw unseen        never       never   never         never     never    unseen          unseen      unseen     unseen   unseen unseen
refused   grant    unseen        never       never   never         never     never    unseen          unseen      unseen     unseen   unseen unseen
refused   refuse   unseen        never       never   never         never     never    unseen          unseen      unseen     unseen   unseen unseen
refused   withdraw unseen        never       never   never         never     never    unseen          unseen      unseen     unseen   unseen unseen
withdrawn grant    unseen        never       never   never         never     never    unseen          unseen      unseen     unseen   unseen unseen
withdrawn refuse   unseen        never       never   never         never     never    unseen          unseen      unseen     unseen   unseen unseen
withdrawn withdraw unseen        never       never   never         never     never    unseen          unseen      unseen     unseen   unseen unseen
"""

# Asking for more time: by the state of the reply.
TIME = """
state                  action administrator coordinator analyst own-validator own-focal own-head other-validator other-focal other-head observer nhri   civil
draft                  ask    unseen        unseen      unseen  ok            ok        no       unseen          unseen      unseen     unseen   unseen unseen
with_validator         ask    unseen        unseen      unseen  ok            ok        no       unseen          unseen      unseen     unseen   unseen unseen
returned_by_validator  ask    unseen        unseen      unseen  ok            ok        no       unseen          unseen      unseen     unseen   unseen unseen
with_delegation        ask    unseen        unseen      unseen  never         never     never    unseen          unseen      unseen     unseen   unseen unseen
returned_by_delegation ask    unseen        unseen      unseen  ok            ok        no       unseen          unseen      unseen     unseen   unseen unseen
validated              ask    unseen        unseen      unseen  never         never     never    unseen          unseen      unseen     unseen   unseen unseen
"""


def _reply(state: str, questionnaire: str = "sent") -> Reply:
    return Reply(institution_id=OWN, state=state, questionnaire=Questionnaire(state=questionnaire))


def test_the_tables_are_complete() -> None:
    for table, states, actions in ((QUESTIONNAIRES, 4, 4), (REPLIES, 6, 6), (EXTENSIONS, 4, 3), (TIME, 6, 1)):
        rows = cases(table)
        assert len(rows) == states * actions * 12
        assert len({(case[0], case[1]) for case in rows}) == states * actions


def _hold(decision: object, reason: object, outcome: str) -> None:
    assert bool(decision) == (outcome == "ok")
    assert (reason == _IMPOSSIBLE) == (outcome == "never")
    assert (reason == _NO_ACCESS) == (outcome == "unseen")


@pytest.mark.parametrize("case", cases(QUESTIONNAIRES), ids=" ".join)
def test_questionnaire(case: Case) -> None:
    state, action, column, outcome = case
    decision = may_act_on_questionnaire(reader_in_column(column), Questionnaire(state=state), action)
    _hold(decision, decision.reason, outcome)


@pytest.mark.parametrize("case", cases(REPLIES), ids=" ".join)
def test_reply(case: Case) -> None:
    state, action, column, outcome = case
    decision = may_act_on_reply(reader_in_column(column), _reply(state), action, {AUTHOR})
    _hold(decision, decision.reason, outcome)


@pytest.mark.parametrize("case", cases(EXTENSIONS), ids=" ".join)
def test_extension(case: Case) -> None:
    state, action, column, outcome = case
    extension = Extension(state=state, reply=_reply("draft"))
    decision = may_act_on_extension(reader_in_column(column), extension, action)
    _hold(decision, decision.reason, outcome)


@pytest.mark.parametrize("case", cases(TIME), ids=" ".join)
def test_time(case: Case) -> None:
    state, _action, column, outcome = case
    decision = may_ask_for_time(reader_in_column(column), _reply(state))
    _hold(decision, decision.reason, outcome)


@pytest.mark.parametrize("action", ["edit", "submit", "approve", "return", "send_back"])
@pytest.mark.parametrize("questionnaire", ["draft", "closed", "discarded"])
def test_nothing_is_written_in_what_is_not_out(action: str, questionnaire: str) -> None:
    states = ("draft", "with_validator", "with_delegation", "returned_by_delegation")
    for column in ("own validator", "own focal_point", "coordinator"):
        for state in states:
            reply = _reply(state, questionnaire)
            assert not may_act_on_reply(reader_in_column(column), reply, action, {AUTHOR})
            assert not may_ask_for_time(reader_in_column(column), reply)


@pytest.mark.parametrize(
    ("state", "action", "column"),
    [
        ("with_validator", "approve", "own validator"),
        ("with_validator", "return", "own validator"),
        ("with_delegation", "validate", "coordinator"),
        ("with_delegation", "send_back", "coordinator"),
    ],
)
def test_an_author_and_a_deputy_in_the_name_of_one_decide_nothing(
    state: str, action: str, column: str
) -> None:
    for reader in (reader_in_column(column, AUTHOR), reader_in_column(column, on_behalf_of=AUTHOR)):
        decision = may_act_on_reply(reader, _reply(state), action, {AUTHOR})
        assert not decision
        assert decision.reason == _OWN_TEXT
