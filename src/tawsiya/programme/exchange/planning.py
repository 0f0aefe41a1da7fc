"""A file beside the draft it was read for: what would change, and what cannot be read."""

import re
from collections.abc import Collection, Iterable
from copy import deepcopy
from dataclasses import dataclass

from django.db.models import Q

from tawsiya.accounts.models import Institution
from tawsiya.accounts.queries import assignable_institutions
from tawsiya.accounts.reader import Reader
from tawsiya.core.text.chars import fold
from tawsiya.programme.exchange.changes import Entry, changes
from tawsiya.programme.exchange.merging import Known, Merged, merge
from tawsiya.programme.exchange.rows import Plan, plan_of
from tawsiya.programme.exchange.stored import Fault, ReadRow, Stored, parse, row_id
from tawsiya.programme.models import PlanFile
from tawsiya.recommendations.choices import Taxonomy
from tawsiya.recommendations.models import Tag
from tawsiya.recommendations.queries import recommendations_for

_REFERENCE = re.compile(r"(?P<symbol>\S+)\s*(?:§|:)?\s+(?P<paragraph>[^#]+?)\s*(?:#\s?(?P<ordinal>\d{1,3}))?")


@dataclass(frozen=True)
class Planned:
    """What a file would make of its draft."""

    present: Plan
    merged: Merged
    entries: list[Entry]
    faults: list[Fault]


def planned(file: PlanFile, reader: Reader) -> Planned:
    """Return what a file would make of its draft as it is now."""
    present, names = plan_of(file.version)
    read, unreadable = parse(file.sheets, file.left_out)
    before = deepcopy(names)
    merged = merge(
        present,
        names,
        read,
        complete=honoured(file),
        known=_known(reader, read),
        unread=_unread(file.sheets, unreadable, file.left_out),
    )
    entries = changes(present, before, merged.plan, merged.names)
    return Planned(present, merged, entries, [*unreadable, *merged.faults])


def honoured(file: PlanFile) -> list[str]:
    """Return the sheets from which rows are removed: declared complete, and no row of theirs left out."""
    partly = {name.partition(":")[0] for name in file.left_out}
    return [code for code in file.complete if code not in partly]


def _unread(sheets: Iterable[Stored], faults: Iterable[Fault], left_out: Collection[str]) -> set[str]:
    """Return the numbers of the measures whose own row is refused or left out."""
    refused = {fault.row for fault in faults if fault.sheet == "measures"}
    found = set()
    for stored in sheets:
        if stored["code"] != "measures" or "code" not in stored["columns"]:
            continue
        place = stored["columns"].index("code")
        for index, line in enumerate(stored["rows"]):
            if (index in refused or row_id("measures", index) in left_out) and place < len(line["cells"]):
                found.add(line["cells"][place].strip())
    return found - {""}


def _known(reader: Reader, read: dict[str, list[ReadRow]]) -> Known:
    keys, by_name = _institutions()
    items = _items(reader, (line.values["recommendation"] for line in read.get("answers", ())))
    targets = Tag.objects.filter(taxonomy=Taxonomy.SDG_TARGET).values_list("code", flat=True)

    def institution(text: str) -> str | None:
        return text if text in keys else by_name.get(fold(" ".join(text.split())))

    return Known(institution, lambda text: items.get(_reference(text)), frozenset(targets))


def _institutions() -> tuple[set[str], dict[str, str]]:
    """Return the keys of the institutions that can carry a measure, and their keys by name and acronym."""
    keys: set[str] = set()
    by_name: dict[str, str] = {}
    rows: Iterable[Institution] = assignable_institutions()
    for row in rows:
        keys.add(row.key)
        for name in (*row.names.values(), *row.acronyms.values()):
            by_name.setdefault(fold(" ".join(name.split())), row.key)
    return keys, by_name


def _reference(text: str) -> tuple[str, str, int]:
    found = _REFERENCE.fullmatch(" ".join(text.split()))
    if found is None:
        return "", "", 0
    return found["symbol"].lower(), "".join(found["paragraph"].split()), int(found["ordinal"] or 1)


def _items(reader: Reader, references: Iterable[str]) -> dict[tuple[str, str, int], int]:
    """Return the recommendations of the documents that the references name, by reference."""
    symbols = {_reference(text)[0] for text in references} - {""}
    wanted = Q(pk__in=[])
    for symbol in sorted(symbols):
        wanted |= Q(document__symbol__iexact=symbol)
    rows = recommendations_for(reader).filter(wanted).select_related("document")
    return {(row.document.symbol.lower(), "".join(row.label.split()), row.ordinal): row.pk for row in rows}
