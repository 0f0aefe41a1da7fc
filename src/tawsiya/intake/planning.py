"""Decide what an import would do with every record: pure, the same for preview and for applying.

A file's empty field says nothing and erases nothing. National work is never overwritten: who is
assigned, a person's tags, the status, the national grade, a person's translation.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tawsiya.intake.choices import Action, Scope, What
from tawsiya.intake.incoming import Entry, Incoming, Refusal, entries_of
from tawsiya.intake.known import IMPORTED, OFFICIAL, Identity, Known, KnownItem
from tawsiya.intake.readers.records import ReadResult
from tawsiya.intake.readers.uhri.files import UHRI_EXPORT
from tawsiya.mechanisms.paragraphs import paragraph_key
from tawsiya.recommendations.choices import Status, Taxonomy, grades_for, scale_for

if TYPE_CHECKING:
    from tawsiya.intake.owed import Owed

Changes = dict[str, list[Any]]
"""Field → [what stands, what the file brings]; lists and texts only, so that it is plain JSON."""

PLAIN_FIELDS = (
    "kind",
    "position",
    "source_of_position",
    "addressee",
    "comment",
    "external_id",
    "follow_up_due_on",
)
# Not the same words in every language: another language version never contradicts them.
_WORDED = frozenset({"source_of_position", "addressee", "comment", "external_id"})


@dataclass(frozen=True)
class PlannedRow:
    """What would become of one record or deadline, or of one recommendation that the file no longer has.

    `key`, `fixes`, `doubts`, `settled`: see `models.ImportRow`. `owed` is the obligation of a
    deadline, `obligation_id` the one that is there.
    """

    name: str
    action: Action
    record: dict[str, Any] = field(default_factory=dict)
    incoming: Incoming | None = None
    item: KnownItem | None = None
    changes: Changes = field(default_factory=dict)
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    warnings: tuple[dict[str, Any], ...] = ()
    reason: str = ""
    reason_params: Mapping[str, str] = field(default_factory=dict)
    excluded: bool = False
    what: What = What.RECOMMENDATION
    key: str = ""
    fixes: tuple[int, ...] = ()
    doubts: tuple[str, ...] = ()
    settled: bool = False
    owed: "Owed | None" = None
    obligation_id: int | None = None

    @property
    def stops(self) -> bool:
        """Whether the import cannot be applied because of this row."""
        return self.action == Action.REJECT and not self.excluded

    @property
    def writes(self) -> bool:
        """Whether applying the row changes anything."""
        return not self.excluded and self.action in (Action.CREATE, Action.UPDATE, Action.WITHDRAW)


@dataclass(frozen=True)
class Plan:
    """All rows in file order, then withdrawals and obligations.

    `new_tags` are those that the file adds to the vocabulary, `notes` what the comparison says of
    the file as a whole.
    """

    rows: tuple[PlannedRow, ...]
    new_tags: Mapping[tuple[str, str], Mapping[str, str]]
    notes: tuple[dict[str, Any], ...] = ()

    @property
    def rejected(self) -> tuple[PlannedRow, ...]:
        """The rows that stop the import."""
        return tuple(row for row in self.rows if row.stops)

    @property
    def doubtful(self) -> tuple[PlannedRow, ...]:
        """The rows that would be written and that nobody has confirmed or corrected yet."""
        return tuple(row for row in self.rows if row.doubts and not row.settled and not row.excluded)

    @property
    def writes(self) -> bool:
        """Whether applying would change anything."""
        return any(row.writes for row in self.rows)


def make_plan(
    result: ReadResult,
    *,
    state: str,
    known: Known,
    complete_for: str = "",
    exclude: Iterable[str] = (),
) -> Plan:
    """Compare what was read with what is there.

    Args:
        state: the State named by the person who imports, ISO 3166 alpha-3.
        known: loaded for the documents of the file, and for the scope where one is declared.
        complete_for: a `Scope`, or "" for none: then nothing is withdrawn.
        exclude: names of rows to leave out, besides those excluded before.
    """
    excluded = known.exclusions | frozenset(exclude)
    entries = entries_of(result, state=state, known=known)
    rows = [_planned(entry, known, entry.name in excluded) for entry in entries]
    only_external = result.document.type == UHRI_EXPORT
    rows += _withdrawals(entries, known, complete_for, excluded, only_external=only_external)
    return Plan(tuple(rows), dict(known.vocabulary.new))


def _planned(entry: Entry, known: Known, excluded: bool) -> PlannedRow:
    record = entry.record.as_json()
    if entry.refusal is not None:
        return rejected(entry, record, entry.refusal, excluded)
    incoming = entry.incoming
    if incoming is None:
        return PlannedRow(
            entry.name,
            Action.UNCHANGED,
            record,
            warnings=tuple(w.as_json() for w in entry.record.warnings),
            reason="repeated",
            reason_params={"name": entry.repeats},
            excluded=excluded,
        )
    item = known.items.get(incoming.identity)
    # A row that is left out brings no label into the vocabulary either.
    tags = {} if excluded else _tags(incoming, known, _joins(incoming, known) and item is not None)
    changes, found = ({}, []) if item is None else _compare(item, incoming, tags, _joins(incoming, known))
    action = Action.CREATE if item is None else Action.UPDATE if changes else Action.UNCHANGED
    return PlannedRow(
        entry.name,
        action,
        record,
        incoming=incoming,
        item=item,
        changes=changes,
        tags=tags,
        warnings=tuple(w.as_json() for w in entry.warnings) + tuple(found),
        excluded=excluded,
    )


def rejected(entry: Entry, record: dict[str, Any], refusal: Refusal, excluded: bool) -> PlannedRow:
    """Return the row of a record that cannot enter."""
    return PlannedRow(
        entry.name,
        Action.REJECT,
        record,
        warnings=tuple(w.as_json() for w in entry.record.warnings),
        reason=refusal.code,
        reason_params=dict(refusal.params),
        excluded=excluded,
    )


def _joins(incoming: Incoming, known: Known) -> bool:
    """Whether the record is the same recommendation in a further language of its document."""
    document = known.documents.get(incoming.identity.symbol)
    first = document.first_language if document else ""
    return bool(first and incoming.language) and first != incoming.language


def _tags(incoming: Incoming, known: Known, joins: bool) -> dict[str, tuple[str, ...]]:
    """Return the codes of the record's tags by taxonomy; only those known already where it joins."""
    vocabulary = known.vocabulary
    found: dict[str, tuple[str, ...]] = {}
    for taxonomy, labels in incoming.labels().items():
        codes = [
            vocabulary.find(taxonomy, label)
            if joins
            else vocabulary.find_or_add(taxonomy, label, incoming.language)
            for label in labels
        ]
        found[taxonomy] = tuple(dict.fromkeys(code for code in codes if code))
    for code in incoming.sdg_codes:
        taxonomy = Taxonomy.SDG_TARGET.value if "." in code else Taxonomy.SDG_GOAL.value
        if (taxonomy, code) not in vocabulary.terms:
            vocabulary.new[taxonomy, code] = {incoming.language: code}
        found[taxonomy] = (*found.get(taxonomy, ()), code)
    return {taxonomy: codes for taxonomy, codes in found.items() if codes}


def _compare(
    item: KnownItem, incoming: Incoming, tags: Mapping[str, tuple[str, ...]], joins: bool
) -> tuple[Changes, list[dict[str, Any]]]:
    changes: Changes = {}
    warnings: list[dict[str, Any]] = []
    _compare_text(item, incoming, changes, warnings)
    if incoming.heading and item.headings.get(incoming.language, "") != incoming.heading:
        changes[f"heading.{incoming.language}"] = [item.headings.get(incoming.language, ""), incoming.heading]
    _compare_fields(item, incoming, joins, changes, warnings)
    _compare_states(item, incoming, joins, changes, warnings)
    _compare_tags(item, tags, joins, changes)
    if item.withdrawn:
        changes["withdrawn"] = [True, False]
    if item.external_id and item.external_id == incoming.external_id:
        warnings += _moved(item, incoming)
    if "position" in changes:
        warnings += national_warnings(item, incoming.position)
    return changes, warnings


def warning(code: str, **params: str) -> dict[str, Any]:
    """Return what a person should look at, as it is stored."""
    return {"code": code, "params": params}


def _compare_text(
    item: KnownItem, incoming: Incoming, changes: Changes, warnings: list[dict[str, Any]]
) -> None:
    for language, words in ((incoming.language, incoming.text), *incoming.translations):
        text, status = item.texts.get(language, ("", OFFICIAL))
        if text == words:
            continue
        if text and status != OFFICIAL:
            warnings.append(warning("translation_kept", language=language))
        else:
            changes[f"text.{language}"] = [text, words]


def _compare_fields(
    item: KnownItem, incoming: Incoming, joins: bool, changes: Changes, warnings: list[dict[str, Any]]
) -> None:
    for name in PLAIN_FIELDS:
        old, new = getattr(item, name), getattr(incoming, name)
        if not new or old == new:
            continue
        if not joins or not old:
            changes[name] = [old, new]
        elif name not in _WORDED:
            warnings.append(warning("language_differs", field=name, kept=old, file=new))


def _compare_states(
    item: KnownItem, incoming: Incoming, joins: bool, changes: Changes, warnings: list[dict[str, Any]]
) -> None:
    old = [*item.states, *item.as_written]
    new = [*incoming.states, *incoming.as_written]
    if not new or old == new:
        return
    if not joins or not old:
        changes["recommending_states"] = [old, new]
    elif set(item.states) != set(incoming.states):
        shown = {"kept": ", ".join(old), "file": ", ".join(new)}
        warnings.append(warning("language_differs", field="recommending_states", **shown))


def _compare_tags(
    item: KnownItem, tags: Mapping[str, tuple[str, ...]], joins: bool, changes: Changes
) -> None:
    for taxonomy, codes in tags.items():
        present = item.tags.get(taxonomy, {})
        if joins and present:
            continue
        # A person's tag stays, whatever the file lists.
        kept = {code for code, origin in present.items() if origin != IMPORTED or code in codes}
        wanted = kept | set(codes)
        if wanted != set(present):
            changes[f"tags.{taxonomy}"] = [sorted(present), sorted(wanted)]


def _moved(item: KnownItem, incoming: Incoming) -> list[dict[str, Any]]:
    """Say that UHRI now gives the record another place; the one that people cite is kept."""
    if incoming.place in ("", item.identity.place):
        return []
    return [warning("place_kept", kept=item.identity.place, file=incoming.place)]


def national_warnings(item: KnownItem, position: str) -> list[dict[str, Any]]:
    """Say what of the national work no longer fits the new position; it is kept all the same."""
    found = []
    if item.national_grade and item.national_grade not in grades_for(position):
        found.append(warning("grade_no_longer_fits", grade=item.national_grade))
    if item.status and Status(item.status) not in scale_for(position):
        found.append(warning("status_no_longer_fits", status=item.status))
    return found


def _withdrawals(
    entries: Sequence[Entry],
    known: Known,
    complete_for: str,
    excluded: frozenset[str],
    *,
    only_external: bool,
) -> list[PlannedRow]:
    """Return what the file no longer has, inside the declared scope and nowhere else.

    `only_external`: an export of UHRI withdraws only what UHRI had, not what other documents brought.
    """
    present = {entry.incoming.identity for entry in entries if entry.incoming is not None}
    if not complete_for or not present:
        return []
    documents = {identity.symbol for identity in present}
    bodies = {entry.incoming.body for entry in entries if entry.incoming is not None}
    # A row that was refused is in the file all the same.
    refused = {entry.name for entry in entries if entry.refusal is not None}

    def in_scope(identity: Identity) -> bool:
        if complete_for == Scope.STATE:
            return True
        if complete_for == Scope.BODY:
            return known.documents[identity.symbol].body in bodies
        return identity.symbol in documents

    gone = [
        item
        for identity, item in known.items.items()
        if not item.withdrawn
        and identity not in present
        and identity.name not in refused
        and (item.external_id or not only_external)
        and in_scope(identity)
    ]
    gone.sort(key=lambda item: (item.identity.symbol, paragraph_key(_label(item.identity)), item.pk))
    return [
        PlannedRow(
            item.identity.name,
            Action.WITHDRAW,
            item=item,
            changes={"withdrawn": [False, True]},
            reason="not_in_file",
            reason_params={"scope": complete_for},
            excluded=item.identity.name in excluded,
        )
        for item in gone
    ]


def _label(identity: Identity) -> str:
    return identity.paragraph + "".join(f"({step})" for step in identity.subparagraph.split(".") if step)
