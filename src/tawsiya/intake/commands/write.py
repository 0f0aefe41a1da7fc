"""Write a plan: what its records belong to, then the recommendations, each with an event of its own.

Runs inside the audited act of applying (`commands.apply`): the rows carry the number of that act, so
that undoing finds them; the history of each recommendation names its import.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tawsiya.accounts.reader import Acting
from tawsiya.audit import commands as audit
from tawsiya.intake.choices import Action, Step, What
from tawsiya.intake.commands.documents import (
    document_of,
    documents_of,
    register_versions,
    said_by,
    tags_of,
)
from tawsiya.intake.commands.fields import write_fields
from tawsiya.intake.commands.national import bring_rows
from tawsiya.intake.commands.progress import Silent
from tawsiya.intake.incoming import Incoming
from tawsiya.intake.models import ImportRun
from tawsiya.intake.national import of_recommendation
from tawsiya.intake.owed import Owed
from tawsiya.intake.planning import Plan, PlannedRow
from tawsiya.intake.readers.records import ReadResult
from tawsiya.mechanisms.choices import ObligationKind
from tawsiya.mechanisms.commands import ObligationFacts, change_obligation, create_obligation
from tawsiya.mechanisms.models import Document
from tawsiya.recommendations.choices import Kind
from tawsiya.recommendations.issued import Issued, create_many
from tawsiya.recommendations.models import Tag

BATCH = 200
Numbered = tuple[int, PlannedRow]
"""A row with its place in the plan, from 1."""


@dataclass
class Written:
    """What was created, by the place of its row."""

    recommendations: dict[int, int] = field(default_factory=dict)
    obligations: dict[int, int] = field(default_factory=dict)


@dataclass
class Writer:
    """Writes the rows of one plan."""

    run: ImportRun
    plan: Plan
    result: ReadResult
    actor: Acting
    progress: Silent

    def write(self) -> Written:
        """Write every row that writes."""
        numbered = list(enumerate(self.plan.rows, start=1))
        writing = [(order, row) for order, row in numbered if row.writes and row.what == What.RECOMMENDATION]
        owed = [(order, row) for order, row in numbered if row.writes and row.what == What.OBLIGATION]
        self.progress.step(Step.WRITING, len(writing) + len(owed))
        self.tags = tags_of(self.plan)
        rows = [row for _order, row in writing]
        documents = documents_of(rows, self.result)
        register_versions(self.run, rows, documents)
        written = Written()
        for batch in _batches([pair for pair in writing if pair[1].action == Action.CREATE]):
            written.recommendations |= self._create(batch, documents)
        for action, code in (
            (Action.UPDATE, "recommendation.updated"),
            (Action.WITHDRAW, "recommendation.withdrawn"),
        ):
            for batch in _batches([pair for pair in writing if pair[1].action == action]):
                self._change([row for _order, row in batch], code)
        bring_rows(self.run, self._places(writing, written), self.actor)
        for order, row in owed:
            self._write_obligation(order, row, documents, written)
        return written

    @staticmethod
    def _places(writing: Sequence[Numbered], written: Written) -> Iterable[tuple[PlannedRow, int]]:
        """The rows with the ids of their recommendations, those written now included."""
        for order, row in writing:
            yield row, row.item.pk if row.item is not None else written.recommendations[order]

    def _create(self, batch: Sequence[Numbered], documents: Mapping[str, Document]) -> dict[int, int]:
        issued = [
            (documents[row.incoming.identity.symbol], _issued(row.incoming, self._tags(row)))
            for _order, row in batch
            if row.incoming is not None
        ]
        items = create_many(issued)
        told = {"file": self.run.file_name, "import": self.run.pk}
        acts = [audit.Act(item, item.pk, after=told) for item in items]
        audit.record_many("recommendation.imported", acts, by=self.actor)
        self.progress.advance(len(batch))
        return {order: item.pk for (order, _row), item in zip(batch, items, strict=True)}

    def _tags(self, row: PlannedRow) -> list[Tag]:
        return [self.tags[taxonomy, code] for taxonomy, codes in row.tags.items() for code in codes]

    def _change(self, rows: Sequence[PlannedRow], code: str) -> None:
        found = {row.item.pk: of_recommendation(row.changes) for row in rows if row.item is not None}
        changes = {pk: pairs for pk, pairs in found.items() if pairs}
        values = {pk: {key: new for key, (_old, new) in pairs.items()} for pk, pairs in changes.items()}
        items = write_fields(values, self.tags)
        told = {"file": self.run.file_name, "import": self.run.pk}
        acts = [
            audit.Act(
                items[pk],
                pk,
                before={key: old for key, (old, _new) in pairs.items()},
                after={**values[pk], **told},
            )
            for pk, pairs in changes.items()
        ]
        audit.record_many(code, acts, by=self.actor)
        self.progress.advance(len(rows))

    def _write_obligation(
        self, order: int, row: PlannedRow, documents: Mapping[str, Document], written: Written
    ) -> None:
        assert row.owed is not None  # a row that writes and is about an obligation states one
        code = "obligation.recorded" if row.action == Action.CREATE else "obligation.changed"
        with audit.change(code, by=self.actor) as event:
            if row.obligation_id is None:
                source = documents.get(row.owed.symbol) or document_of(
                    row.owed.symbol, row.owed.body, str(row.record["language"]), said_by(self.result)
                )
                one = create_obligation(body=source.body, source=source, facts=_facts(row.owed))
                written.obligations[order] = one.pk
            else:
                values = {key: new for key, (_old, new) in row.changes.items()}
                one = change_obligation(row.obligation_id, values)
                event.before = {key: old for key, (old, _new) in row.changes.items()}
                event.after = values
            event.subject = one
            event.after = {**event.after, "file": self.run.file_name, "import": self.run.pk}
        self.progress.advance(1)


def _batches(rows: Sequence[Numbered]) -> Iterable[Sequence[Numbered]]:
    """Cut rows into statements of a bearable size; a paragraph before its lettered parts."""
    ordered = sorted(rows, key=lambda pair: (_depth(pair[1]), pair[0]))
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]


def _depth(row: PlannedRow) -> int:
    path = row.incoming.identity.subparagraph if row.incoming else ""
    return len([step for step in path.split(".") if step])


def _facts(owed: Owed) -> ObligationFacts:
    return ObligationFacts(
        kind=ObligationKind(owed.kind),
        due_on=date.fromisoformat(owed.due_on) if owed.due_on else None,
        within_months=owed.within_months,
        paragraph=owed.paragraph,
        items=owed.items,
        note=owed.note,
    )


def _issued(incoming: Incoming, tags: list[Tag]) -> Issued:
    due = date.fromisoformat(incoming.follow_up_due_on) if incoming.follow_up_due_on else None
    return Issued(
        paragraph=incoming.identity.paragraph,
        subparagraph=incoming.identity.subparagraph,
        ordinal=incoming.identity.ordinal,
        kind=Kind(incoming.kind),
        headings={incoming.language: incoming.heading} if incoming.heading else {},
        texts={incoming.language: incoming.text, **dict(incoming.translations)},
        recommending_states=incoming.states,
        states_as_written=incoming.as_written,
        position=incoming.position,
        source_of_position=incoming.source_of_position,
        addressee=incoming.addressee,
        comment=incoming.comment,
        external_id=incoming.external_id,
        follow_up_due_on=due,
        is_follow_up_priority=due is not None,
        tags=tags,
    )
