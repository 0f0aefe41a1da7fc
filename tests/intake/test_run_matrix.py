"""State × action × role for imports: the outcomes stand here by hand.

`ok` allowed; `no` refused because of who asks; `done` refused because the import was decided; `never`
not possible in that state, or the system's step. Nothing is computed from the code.
"""

import pytest

from tawsiya.accounts.choices import Role
from tawsiya.accounts.reader import Grant, Reader
from tawsiya.intake.choices import RunState
from tawsiya.intake.models import ImportRun
from tawsiya.intake.permissions import _DECIDED, _NOT_NOW, may_act_on_run
from tawsiya.intake.workflow import IMPORT, Party, whose_turn

COLUMNS = (
    "administrator", "coordinator", "analyst", "validator", "focal_point", "observer", "nhri", "civil_society",
)  # fmt: skip
TABLE = """
state      action   administrator coordinator analyst validator focal observer nhri civil
reading    again    no            never       never   no        no    no       no   no
reading    change   no            never       never   no        no    no       no   no
reading    apply    no            never       never   no        no    no       no   no
reading    queue    no            never       never   no        no    no       no   no
reading    discard  no            never       never   no        no    no       no   no
reading    stop     no            ok          ok      no        no    no       no   no
reading    finish   no            never       never   no        no    no       no   no
reading    fail     no            never       never   no        no    no       no   no
reading    ask      no            never       never   no        no    no       no   no
reading    map      no            never       never   no        no    no       no   no
reading    undo     no            never       never   no        no    no       no   no
failed     again    no            ok          ok      no        no    no       no   no
failed     change   no            never       never   no        no    no       no   no
failed     apply    no            never       never   no        no    no       no   no
failed     queue    no            never       never   no        no    no       no   no
failed     discard  no            ok          ok      no        no    no       no   no
failed     stop     no            never       never   no        no    no       no   no
failed     finish   no            never       never   no        no    no       no   no
failed     fail     no            never       never   no        no    no       no   no
failed     ask      no            never       never   no        no    no       no   no
failed     map      no            never       never   no        no    no       no   no
failed     undo     no            never       never   no        no    no       no   no
mapping    again    no            never       never   no        no    no       no   no
mapping    change   no            never       never   no        no    no       no   no
mapping    apply    no            never       never   no        no    no       no   no
mapping    queue    no            never       never   no        no    no       no   no
mapping    discard  no            ok          ok      no        no    no       no   no
mapping    stop     no            never       never   no        no    no       no   no
mapping    finish   no            never       never   no        no    no       no   no
mapping    fail     no            never       never   no        no    no       no   no
mapping    ask      no            never       never   no        no    no       no   no
mapping    map      no            ok          ok      no        no    no       no   no
mapping    undo     no            never       never   no        no    no       no   no
previewed  again    no            never       never   no        no    no       no   no
previewed  change   no            ok          ok      no        no    no       no   no
previewed  apply    no            ok          ok      no        no    no       no   no
previewed  queue    no            ok          ok      no        no    no       no   no
previewed  discard  no            ok          ok      no        no    no       no   no
previewed  stop     no            never       never   no        no    no       no   no
previewed  finish   no            never       never   no        no    no       no   no
previewed  fail     no            never       never   no        no    no       no   no
previewed  ask      no            never       never   no        no    no       no   no
previewed  map      no            ok          ok      no        no    no       no   no
previewed  undo     no            never       never   no        no    no       no   no
applying   again    no            never       never   no        no    no       no   no
applying   change   no            never       never   no        no    no       no   no
applying   apply    no            never       never   no        no    no       no   no
applying   queue    no            never       never   no        no    no       no   no
applying   discard  no            never       never   no        no    no       no   no
applying   stop     no            ok          ok      no        no    no       no   no
applying   finish   no            never       never   no        no    no       no   no
applying   fail     no            never       never   no        no    no       no   no
applying   ask      no            never       never   no        no    no       no   no
applying   map      no            never       never   no        no    no       no   no
applying   undo     no            never       never   no        no    no       no   no
applied    again    no            done        done    no        no    no       no   no
applied    change   no            done        done    no        no    no       no   no
applied    apply    no            done        done    no        no    no       no   no
applied    queue    no            done        done    no        no    no       no   no
applied    discard  no            done        done    no        no    no       no   no
applied    stop     no            done        done    no        no    no       no   no
applied    finish   no            done        done    no        no    no       no   no
applied    fail     no            done        done    no        no    no       no   no
applied    ask      no            done        done    no        no    no       no   no
applied    map      no            done        done    no        no    no       no   no
applied    undo     no            ok          ok      no        no    no       no   no
discarded  again    no            done        done    no        no    no       no   no
discarded  change   no            done        done    no        no    no       no   no
discarded  apply    no            done        done    no        no    no       no   no
discarded  queue    no            done        done    no        no    no       no   no
discarded  discard  no            done        done    no        no    no       no   no
discarded  stop     no            done        done    no        no    no       no   no
discarded  finish   no            done        done    no        no    no       no   no
discarded  fail     no            done        done    no        no    no       no   no
discarded  ask      no            done        done    no        no    no       no   no
discarded  map      no            done        done    no        no    no       no   no
discarded  undo     no            done        done    no        no    no       no   no
undone     again    no            done        done    no        no    no       no   no
undone     change   no            done        done    no        no    no       no   no
undone     apply    no            done        done    no        no    no       no   no
undone     queue    no            done        done    no        no    no       no   no
undone     discard  no            done        done    no        no    no       no   no
undone     stop     no            done        done    no        no    no       no   no
undone     finish   no            done        done    no        no    no       no   no
undone     fail     no            done        done    no        no    no       no   no
undone     ask      no            done        done    no        no    no       no   no
undone     map      no            done        done    no        no    no       no   no
undone     undo     no            done        done    no        no    no       no   no
"""
TURNS = {
    "reading": Party.SYSTEM,
    "failed": Party.DELEGATION,
    "mapping": Party.DELEGATION,
    "previewed": Party.DELEGATION,
    "applying": Party.SYSTEM,
    "applied": None,
    "discarded": None,
    "undone": None,
}


def _cases() -> list[tuple[str, str, str, str]]:
    return [
        (state, action, column, outcome)
        for state, action, *outcomes in (line.split() for line in TABLE.strip().splitlines()[1:])
        for column, outcome in zip(COLUMNS, outcomes, strict=True)
    ]


def test_the_table_is_complete() -> None:
    actions = {step.action for step in IMPORT}
    asked = {(state, action) for state, action, _column, _outcome in _cases()}
    assert asked == {(state.value, action) for state in RunState for action in actions}
    assert len(_cases()) == 8 * 11 * 8


@pytest.mark.parametrize(("state", "action", "column", "outcome"), _cases())
def test_who_may_do_what_in_which_state(state: str, action: str, column: str, outcome: str) -> None:
    reader = Reader(1, "Somebody", "en", grants=(Grant(Role(column), 1, frozenset({1})),))
    decision = may_act_on_run(reader, ImportRun(state=state), action)
    assert bool(decision) == (outcome == "ok")
    assert (decision.reason == _DECIDED) == (outcome == "done")
    assert (decision.reason == _NOT_NOW) == (outcome == "never")


@pytest.mark.parametrize(("state", "party"), TURNS.items())
def test_whose_turn_it_is(state: str, party: Party | None) -> None:
    assert whose_turn(state) == party
