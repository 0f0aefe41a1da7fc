"""State × action × role × own or other institution, for both machines: the outcomes stand here by hand.

`ok` allowed; `no` refused because of who asks; `never` not possible in that state; `unseen` refused in
words that betray nothing, because the asker stands outside. Nothing is computed from the code.
"""

import pytest

from tawsiya.accounts.choices import Role
from tawsiya.accounts.reader import Grant, Reader
from tawsiya.followup.models import Assignment, Contribution
from tawsiya.followup.permissions import (
    _IMPOSSIBLE,
    _NO_ACCESS,
    _OWN_TEXT,
    may_act_on_assignment,
    may_act_on_contribution,
)

OWN, OTHER, DELEGATION, MINISTRY = 1, 2, 3, 4
ASKER, AUTHOR = 10, 11

DELEGATES = ("administrator", "coordinator", "analyst")
# A column of the tables: a role, and for roles of an institution whether it is the one concerned.
COLUMNS = (
    "administrator",
    "coordinator",
    "analyst",
    "own validator",
    "own focal_point",
    "other validator",
    "other focal_point",
    "observer",
    "nhri",
    "civil_society",
)

# `take_back`: the assignment was passed on to the institution by a ministry whose people are none of these.
ASSIGNMENTS = """
state     action       administrator coordinator analyst own-validator own-focal other-validator other-focal observer nhri  civil
proposed  accept       no            no          no      ok            ok        no              no          no       no    no
proposed  refuse       no            no          no      ok            ok        no              no          no       no    no
proposed  ask_reassign no            no          no      ok            ok        no              no          no       no    no
proposed  pass_on      no            no          no      ok            ok        no              no          no       no    no
proposed  take_back    no            no          no      no            no        no              no          no       no    no
proposed  reassign     never         never       never   never         never     never           never       never    never never
proposed  keep         never         never       never   never         never     never           never       never    never never
proposed  end          no            ok          no      no            no        no              no          no       no    no
accepted  accept       never         never       never   never         never     never           never       never    never never
accepted  refuse       never         never       never   never         never     never           never       never    never never
accepted  ask_reassign no            no          no      ok            ok        no              no          no       no    no
accepted  pass_on      no            no          no      ok            ok        no              no          no       no    no
accepted  take_back    no            no          no      no            no        no              no          no       no    no
accepted  reassign     never         never       never   never         never     never           never       never    never never
accepted  keep         never         never       never   never         never     never           never       never    never never
accepted  end          no            ok          no      no            no        no              no          no       no    no
reassign  accept       never         never       never   never         never     never           never       never    never never
reassign  refuse       never         never       never   never         never     never           never       never    never never
reassign  ask_reassign never         never       never   never         never     never           never       never    never never
reassign  pass_on      never         never       never   never         never     never           never       never    never never
reassign  take_back    never         never       never   never         never     never           never       never    never never
reassign  reassign     no            ok          no      no            no        no              no          no       no    no
reassign  keep         no            ok          no      no            no        no              no          no       no    no
reassign  end          no            ok          no      no            no        no              no          no       no    no
refused   accept       never         never       never   never         never     never           never       never    never never
refused   refuse       never         never       never   never         never     never           never       never    never never
refused   ask_reassign never         never       never   never         never     never           never       never    never never
refused   pass_on      never         never       never   never         never     never           never       never    never never
refused   take_back    never         never       never   never         never     never           never       never    never never
refused   reassign     never         never       never   never         never     never           never       never    never never
refused   keep         never         never       never   never         never     never           never       never    never never
refused   end          never         never       never   never         never     never           never       never    never never
ended     accept       never         never       never   never         never     never           never       never    never never
ended     refuse       never         never       never   never         never     never           never       never    never never
ended     ask_reassign never         never       never   never         never     never           never       never    never never
ended     pass_on      never         never       never   never         never     never           never       never    never never
ended     take_back    never         never       never   never         never     never           never       never    never never
ended     reassign     never         never       never   never         never     never           never       never    never never
ended     keep         never         never       never   never         never     never           never       never    never never
ended     end          never         never       never   never         never     never           never       never    never never
"""

CONTRIBUTIONS = """
state                  action    administrator coordinator analyst own-validator own-focal other-validator other-focal observer nhri   civil
draft                  edit      unseen        no          no      ok            ok        unseen          unseen      unseen   unseen unseen
draft                  submit    unseen        no          no      ok            ok        unseen          unseen      unseen   unseen unseen
draft                  approve   unseen        never       never   never         never     unseen          unseen      unseen   unseen unseen
draft                  return    unseen        never       never   never         never     unseen          unseen      unseen   unseen unseen
draft                  validate  unseen        never       never   never         never     unseen          unseen      unseen   unseen unseen
draft                  send_back unseen        never       never   never         never     unseen          unseen      unseen   unseen unseen
with_validator         edit      unseen        never       never   never         never     unseen          unseen      unseen   unseen unseen
with_validator         submit    unseen        never       never   never         never     unseen          unseen      unseen   unseen unseen
with_validator         approve   unseen        no          no      ok            no        unseen          unseen      unseen   unseen unseen
with_validator         return    unseen        no          no      ok            no        unseen          unseen      unseen   unseen unseen
with_validator         validate  unseen        never       never   never         never     unseen          unseen      unseen   unseen unseen
with_validator         send_back unseen        never       never   never         never     unseen          unseen      unseen   unseen unseen
returned_by_validator  edit      unseen        no          no      ok            ok        unseen          unseen      unseen   unseen unseen
returned_by_validator  submit    unseen        no          no      ok            ok        unseen          unseen      unseen   unseen unseen
returned_by_validator  approve   unseen        never       never   never         never     unseen          unseen      unseen   unseen unseen
returned_by_validator  return    unseen        never       never   never         never     unseen          unseen      unseen   unseen unseen
returned_by_validator  validate  unseen        never       never   never         never     unseen          unseen      unseen   unseen unseen
returned_by_validator  send_back unseen        never       never   never         never     unseen          unseen      unseen   unseen unseen
with_delegation        edit      unseen        never       never   never         never     unseen          unseen      unseen   unseen unseen
with_delegation        submit    unseen        never       never   never         never     unseen          unseen      unseen   unseen unseen
with_delegation        approve   unseen        never       never   never         never     unseen          unseen      unseen   unseen unseen
with_delegation        return    unseen        never       never   never         never     unseen          unseen      unseen   unseen unseen
with_delegation        validate  unseen        ok          no      no            no        unseen          unseen      unseen   unseen unseen
with_delegation        send_back unseen        ok          no      no            no        unseen          unseen      unseen   unseen unseen
returned_by_delegation edit      unseen        no          no      ok            ok        unseen          unseen      unseen   unseen unseen
returned_by_delegation submit    unseen        no          no      ok            ok        unseen          unseen      unseen   unseen unseen
returned_by_delegation approve   unseen        never       never   never         never     unseen          unseen      unseen   unseen unseen
returned_by_delegation return    unseen        never       never   never         never     unseen          unseen      unseen   unseen unseen
returned_by_delegation validate  unseen        never       never   never         never     unseen          unseen      unseen   unseen unseen
returned_by_delegation send_back unseen        never       never   never         never     unseen          unseen      unseen   unseen unseen
validated              edit      unseen        never       never   never         never     unseen          unseen      unseen   unseen unseen
validated              submit    unseen        never       never   never         never     unseen          unseen      unseen   unseen unseen
validated              approve   unseen        never       never   never         never     unseen          unseen      unseen   unseen unseen
validated              return    unseen        never       never   never         never     unseen          unseen      unseen   unseen unseen
validated              validate  unseen        never       never   never         never     unseen          unseen      unseen   unseen unseen
validated              send_back unseen        never       never   never         never     unseen          unseen      unseen   unseen unseen
"""

Case = tuple[str, str, str, str]


def _cases(table: str) -> list[Case]:
    lines = table.strip().splitlines()[1:]
    return [
        (state, action, column, outcome)
        for state, action, *outcomes in (line.split() for line in lines)
        for column, outcome in zip(COLUMNS, outcomes, strict=True)
    ]


def _reader(column: str, user_id: int = ASKER) -> Reader:
    side, _, name = column.rpartition(" ")
    if side:
        institution = OWN if side == "own" else OTHER
    else:
        institution = DELEGATION if name in DELEGATES else OTHER
    grant = Grant(Role(name), institution, frozenset({institution}))
    return Reader(user_id=user_id, name="Somebody", language="en", grants=(grant,))


def test_the_tables_are_complete() -> None:
    assert len(_cases(ASSIGNMENTS)) == 5 * 8 * 10
    assert len(_cases(CONTRIBUTIONS)) == 6 * 6 * 10
    for table, states, actions in ((ASSIGNMENTS, 5, 8), (CONTRIBUTIONS, 6, 6)):
        cases = _cases(table)
        assert len({(case[0], case[1]) for case in cases}) == states * actions


@pytest.mark.parametrize(("state", "action", "column", "outcome"), _cases(ASSIGNMENTS))
def test_assignment(state: str, action: str, column: str, outcome: str) -> None:
    assignment = Assignment(institution_id=OWN, state=state, passed_from_id=MINISTRY)
    decision = may_act_on_assignment(_reader(column), assignment, action)
    assert bool(decision) == (outcome == "ok")
    assert (decision.reason == _IMPOSSIBLE) == (outcome == "never")


@pytest.mark.parametrize(("state", "action", "column", "outcome"), _cases(CONTRIBUTIONS))
def test_contribution(state: str, action: str, column: str, outcome: str) -> None:
    contribution = Contribution(institution_id=OWN, state=state)
    decision = may_act_on_contribution(_reader(column), contribution, action, {AUTHOR})
    assert bool(decision) == (outcome == "ok")
    assert (decision.reason == _IMPOSSIBLE) == (outcome == "never")
    assert (decision.reason == _NO_ACCESS) == (outcome == "unseen")


# Whoever wrote in it decides nothing about it.
OWN_TEXTS = [
    ("with_validator", "approve", "own validator"),
    ("with_validator", "return", "own validator"),
    ("with_delegation", "validate", "coordinator"),
    ("with_delegation", "send_back", "coordinator"),
]


@pytest.mark.parametrize(("state", "action", "column"), OWN_TEXTS)
def test_an_author_decides_nothing_about_the_own_text(state: str, action: str, column: str) -> None:
    contribution = Contribution(institution_id=OWN, state=state)
    decision = may_act_on_contribution(_reader(column, AUTHOR), contribution, action, {AUTHOR})
    assert not decision
    assert decision.reason == _OWN_TEXT


@pytest.mark.parametrize(("state", "action", "column"), OWN_TEXTS)
def test_a_deputy_decides_nothing_in_the_name_of_the_author(state: str, action: str, column: str) -> None:
    role = Role.VALIDATOR if column == "own validator" else Role.COORDINATOR
    institution = OWN if column == "own validator" else DELEGATION
    grant = Grant(role, institution, frozenset({institution}), on_behalf_of_id=AUTHOR, on_behalf_of_name="A")
    deputy = Reader(user_id=ASKER, name="Deputy", language="en", grants=(grant,))
    contribution = Contribution(institution_id=OWN, state=state)
    decision = may_act_on_contribution(deputy, contribution, action, {AUTHOR})
    assert not decision
    assert decision.reason == _OWN_TEXT


@pytest.mark.parametrize("state", ["draft", "returned_by_validator", "returned_by_delegation"])
def test_an_author_may_write_on_and_submit(state: str) -> None:
    contribution = Contribution(institution_id=OWN, state=state)
    for action in ("edit", "submit"):
        assert may_act_on_contribution(_reader("own focal_point", AUTHOR), contribution, action, {AUTHOR})


@pytest.mark.parametrize("state", ["proposed", "accepted", "refused", "ended"])
def test_nobody_without_a_role_acts_on_an_assignment(state: str) -> None:
    nobody = Reader(user_id=ASKER, name="Nobody", language="en")
    assignment = Assignment(institution_id=OWN, state=state)
    assert not any(
        may_act_on_assignment(nobody, assignment, action) for action in ("accept", "refuse", "end")
    )


@pytest.mark.parametrize("role", [Role.VALIDATOR, Role.FOCAL_POINT])
def test_a_ministry_takes_back_what_it_passed_on_to_its_directorate(role: Role) -> None:
    grant = Grant(role, MINISTRY, frozenset({MINISTRY, OWN}))
    reader = Reader(user_id=ASKER, name="Ministry", language="en", grants=(grant,))
    for state in ("proposed", "accepted"):
        passed = Assignment(institution_id=OWN, state=state, passed_from_id=MINISTRY)
        assert may_act_on_assignment(reader, passed, "take_back")
        own = Assignment(institution_id=OWN, state=state)
        assert may_act_on_assignment(reader, own, "take_back").reason == _IMPOSSIBLE
