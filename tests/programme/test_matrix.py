"""State × action × role for versions and reports: the outcomes stand here by hand.

`ok` allowed; `no` refused because of who asks; `never` not possible in that state.
"""

import pytest

from tawsiya.accounts.choices import Role
from tawsiya.accounts.reader import Grant, Reader
from tawsiya.programme.models import MeasureReport, Version
from tawsiya.programme.permissions import (
    _IMPOSSIBLE,
    _OWN_REPORT,
    may_act_on_report,
    may_act_on_version,
    may_report,
)

OWN, OTHER, ASKER, AUTHOR = 1, 2, 10, 11

VERSIONS = """
state            action     administrator coordinator analyst validator focal_point observer nhri  civil_society
draft            edit       no            ok          ok      no        no          no       no    no
draft            open       no            ok          no      no        no          no       no    no
draft            close      never         never       never   never     never       never    never never
draft            adopt      no            ok          no      no        no          no       no    no
draft            revise     never         never       never   never     never       never    never never
in_consultation  edit       never         never       never   never     never       never    never never
in_consultation  open       never         never       never   never     never       never    never never
in_consultation  close      no            ok          no      no        no          no       no    no
in_consultation  adopt      no            ok          no      no        no          no       no    no
in_consultation  revise     never         never       never   never     never       never    never never
adopted          edit       never         never       never   never     never       never    never never
adopted          open       never         never       never   never     never       never    never never
adopted          close      never         never       never   never     never       never    never never
adopted          adopt      never         never       never   never     never       never    never never
adopted          revise     no            ok          ok      no        no          no       no    no
revised          edit       never         never       never   never     never       never    never never
revised          open       never         never       never   never     never       never    never never
revised          close      never         never       never   never     never       never    never never
revised          adopt      never         never       never   never     never       never    never never
revised          revise     never         never       never   never     never       never    never never
"""

REPORTS = """
state           action   coordinator own-validator own-focal_point other-validator observer nhri
with_validator  approve  no          ok            no              no              no       no
with_validator  return   no          ok            no              no              no       no
approved        approve  no          never         no              no              no       no
approved        return   no          never         no              no              no       no
returned        approve  no          never         no              no              no       no
returned        return   no          never         no              no              no       no
"""


def _cells(table: str) -> list[tuple[str, str, str, str]]:
    head, *lines = [line.split() for line in table.strip().splitlines()]
    return [
        (row[0], row[1], column, cell)
        for row in lines
        for column, cell in zip(head[2:], row[2:], strict=True)
    ]


def _reader(column: str, *, user: int = ASKER, in_place_of: int | None = None) -> Reader:
    where, _, role = column.rpartition("-")
    home = OTHER if where == "other" else OWN
    grant = Grant(Role(role), home, frozenset({home}), in_place_of, "Somebody" if in_place_of else "")
    return Reader(user, "Asker", "en", (grant,))


@pytest.mark.parametrize(("state", "action", "column", "outcome"), _cells(VERSIONS))
def test_versions(state: str, action: str, column: str, outcome: str) -> None:
    decision = may_act_on_version(_reader(column), Version(state=state), action)
    assert bool(decision) is (outcome == "ok")
    assert (decision.reason == _IMPOSSIBLE) is (outcome == "never")


@pytest.mark.parametrize(("state", "action", "column", "outcome"), _cells(REPORTS))
def test_reports(state: str, action: str, column: str, outcome: str) -> None:
    report = MeasureReport(state=state, institution_id=OWN, written_by_id=AUTHOR)
    decision = may_act_on_report(_reader(column), report, action)
    assert bool(decision) is (outcome == "ok")
    assert (decision.reason == _IMPOSSIBLE) is (outcome == "never")


@pytest.mark.parametrize(
    "asker",
    [_reader("own-validator", user=AUTHOR), _reader("own-validator", in_place_of=AUTHOR)],
    ids=["author", "deputy of the author"],
)
def test_nobody_approves_an_own_report(asker: Reader) -> None:
    report = MeasureReport(state="with_validator", institution_id=OWN, written_by_id=AUTHOR)
    assert may_act_on_report(asker, report, "approve").reason == _OWN_REPORT


@pytest.mark.parametrize(
    ("column", "state", "allowed"),
    [
        ("own-focal_point", "adopted", True),
        ("own-validator", "adopted", True),
        ("own-focal_point", "draft", False),
        ("own-focal_point", "in_consultation", False),
        ("own-focal_point", "revised", False),
        ("other-focal_point", "adopted", False),
        ("coordinator", "adopted", False),
        ("nhri", "adopted", False),
    ],
)
def test_who_reports_on_a_measure(column: str, state: str, allowed: bool) -> None:
    assert bool(may_report(_reader(column), Version(state=state), OWN)) is allowed
    assert not may_report(_reader(column), Version(state=state), None)
