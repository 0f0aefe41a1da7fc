"""Whatever anybody does in whatever order: no text is lost, no validation skipped, no draft shown outside."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tawsiya.accounts.reader import Reader
from tawsiya.core.errors import PermissionRefused, RuleViolated, StaleData
from tawsiya.followup.choices import Circle
from tawsiya.followup.commands.contributions import (
    Content,
    act_on_contribution,
    edit_contribution,
    start_contribution,
)
from tawsiya.followup.commands.messages import write_message
from tawsiya.followup.commands.typing import forget_typed, keep_typed_on
from tawsiya.followup.models import Message, TypedText
from tawsiya.followup.queries import contributions_for
from tawsiya.followup.queries_of_messages import messages_for
from tawsiya.followup.queries_of_writing import contribution_place, typed_in
from tests import factories
from tests.followup.cast import Cast

WRITERS = ("own focal point", "own validator")
DELEGATION = ("coordinator", "analyst")
EVERYBODY = (
    *WRITERS, *DELEGATION, "support", "outside", "administrator", "observer", "nhri", "organisation", "no role",
)  # fmt: skip
ACTIONS = ("submit", "approve", "return", "validate", "send_back")

# By hand, from DOMAIN §9: who reads a contribution in a state.
READERS = {
    "draft": WRITERS,
    "with_validator": WRITERS,
    "returned_by_validator": WRITERS,
    "with_delegation": (*WRITERS, *DELEGATION),
    "returned_by_delegation": (*WRITERS, *DELEGATION),
    "validated": (*WRITERS, *DELEGATION, "support", "administrator", "observer"),
}
TALKERS = {
    Circle.INSIDE: WRITERS,
    Circle.WITH_DELEGATION: (*WRITERS, *DELEGATION),
    Circle.DELEGATION: DELEGATION,
}
# By hand: from a state, who may take an action, and where it leads. An author never approves.
STEPS = {
    ("draft", "submit"): (WRITERS, "with_validator"),
    ("returned_by_validator", "submit"): (WRITERS, "with_validator"),
    ("returned_by_delegation", "submit"): (WRITERS, "with_validator"),
    ("with_validator", "approve"): (("own validator",), "with_delegation"),
    ("with_validator", "return"): (("own validator",), "returned_by_validator"),
    ("with_delegation", "validate"): (("coordinator",), "validated"),
    ("with_delegation", "send_back"): (("coordinator",), "returned_by_delegation"),
}
OPEN = ("draft", "returned_by_validator", "returned_by_delegation")
REFUSALS = (PermissionRefused, RuleViolated, StaleData)
people = st.sampled_from(EVERYBODY)
words = st.text(alphabet="abcdef وزي", min_size=1, max_size=12).filter(str.strip)


class Writing(RuleBasedStateMachine):
    """One contribution in many hands; `cast` and `readers` are set by the test."""

    cast: Cast
    readers: dict[str, Reader]

    def __init__(self) -> None:
        super().__init__()
        self.example = _taken_back()
        self.example.__enter__()
        self.row = start_contribution(
            recommendation=self.cast.item,
            institution=self.cast.lead,
            content=Content("en", "begun"),
            by=self.readers["own focal point"],
        )
        self.state, self.text, self.authors = "draft", "begun", {"own focal point"}
        self.saved = ["begun"]
        self.typed: dict[str, str] = {}
        self.messages: dict[int, Circle] = {}

    def teardown(self) -> None:
        self.example.__exit__(None, None, None)

    @rule(person=people, text=words, behind=st.integers(0, 1))
    def edit(self, person: str, text: str, behind: int) -> None:
        self.row.refresh_from_db()
        allowed = person in WRITERS and self.state in OPEN and not behind
        try:
            edit_contribution(
                contribution=self.row,
                content=Content("en", text),
                seen_version=self.row.version - behind,
                by=self.readers[person],
            )
        except REFUSALS:
            assert not allowed
            return
        assert allowed
        if text != self.text:
            self.text = text
            self.saved.append(text)
            self.authors.add(person)

    @rule(person=people, text=words)
    def type(self, person: str, text: str) -> None:
        try:
            keep_typed_on(self.row, fields={"measures_taken": text}, seen=1, by=self.readers[person])
        except PermissionRefused:
            assert person not in WRITERS
            return
        assert person in WRITERS
        self.typed[person] = text

    @rule(person=people)
    def discard(self, person: str) -> None:
        forget_typed(contribution_place(self.row.pk), by=self.readers[person])
        self.typed.pop(person, None)

    @rule(person=people, action=st.sampled_from(ACTIONS))
    def act(self, person: str, action: str) -> None:
        who, target = STEPS.get((self.state, action), ((), self.state))
        own_text = action in ("approve", "return", "validate", "send_back") and person in self.authors
        allowed = person in who and not own_text
        try:
            act_on_contribution(
                contribution=self.row, action=action, by=self.readers[person], reason="For a reason"
            )
        except REFUSALS:
            assert not allowed, (self.state, action, person)
            return
        assert allowed, (self.state, action, person)
        self.state = target

    @rule(person=people, circle=st.sampled_from(list(Circle)), text=words)
    def talk(self, person: str, circle: Circle, text: str) -> None:
        institution = None if circle == Circle.DELEGATION else self.cast.lead
        try:
            message = write_message(
                item=self.cast.item,
                circle=circle,
                institution=institution,
                text=text,
                by=self.readers[person],
            )
        except PermissionRefused:
            assert person not in TALKERS[circle]
            return
        assert person in TALKERS[circle]
        self.messages[message.pk] = circle

    @invariant()
    def every_text_that_was_saved_is_there(self) -> None:
        kept = apps.get_model("followup", "ContributionEvent").objects.filter(pgh_obj_id=self.row.pk)
        assert set(self.saved) <= set(kept.values_list("measures_taken", flat=True))
        self.row.refresh_from_db()
        assert (self.row.measures_taken, self.row.state) == (self.text, self.state)

    @invariant()
    def only_those_of_the_table_read_it(self) -> None:
        seen = {name for name in EVERYBODY if contributions_for(self.readers[name]).filter(pk=self.row.pk)}
        assert seen == set(READERS[self.state])

    @invariant()
    def what_one_types_is_one_s_own(self) -> None:
        place = contribution_place(self.row.pk)
        found = {
            name: kept.fields["measures_taken"]
            for name in EVERYBODY
            if (kept := typed_in(place, by=self.readers[name])) is not None
        }
        assert found == self.typed

    @invariant()
    def a_conversation_stays_in_its_circle(self) -> None:
        for name in EVERYBODY:
            seen = set(messages_for(self.readers[name]).values_list("pk", flat=True))
            assert seen == {pk for pk, circle in self.messages.items() if name in TALKERS[circle]}


@contextmanager
def _taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("steps", [12, pytest.param(60, marks=pytest.mark.slow)])
def test_no_sequence_loses_a_text_skips_a_validation_or_shows_a_draft(cast: Cast, steps: int) -> None:
    factories.make_assignment(recommendation=cast.item, institution=cast.lead)
    factories.make_contribution(recommendation=cast.item, institution=cast.support)
    assert not TypedText.objects.exists() and not Message.objects.exists()
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        type(
            "Played", (Writing,), {"cast": cast, "readers": {name: cast.reader(name) for name in EVERYBODY}}
        ),
        settings=settings(
            max_examples=6 if steps == 12 else 40,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
