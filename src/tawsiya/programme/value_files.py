"""A file of values, from its bytes to what recording it would do."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from tawsiya.accounts.reader import Reader
from tawsiya.core import sandbox
from tawsiya.core.errors import RuleViolated
from tawsiya.mechanisms import states
from tawsiya.programme.commands.indicator_values import is_same, refusal_of
from tawsiya.programme.indicator_cells import folded
from tawsiya.programme.indicator_codes import CODES, cell_of
from tawsiya.programme.indicator_permissions import may_record
from tawsiya.programme.indicator_queries import asked_now, by_name, values_that_count
from tawsiya.programme.indicator_reading import Reading
from tawsiya.programme.indicator_table import (
    DIMENSIONS,
    Damaged,
    Found,
    Read,
    Table,
    Words,
    with_head,
)
from tawsiya.programme.models import Indicator, IndicatorValue
from tawsiya.programme.queries import regions
from tawsiya.programme.table_files import GRID, MAX_FILE

POOL = sandbox.Pool("tawsiya.programme.table_files", size=1)
_ALSO = {
    "F": "female women girls femme femmes filles féminin أنثى إناث نساء",
    "M": "male men boys homme hommes garçons masculin ذكر ذكور رجال",
}
_LIMITS = sandbox.Limits(seconds=20, output=32 * sandbox.MIB)


def grids_of(data: bytes) -> list[tuple[str, list[list[str]]]]:
    """Return the name and the cells of each sheet of a spreadsheet or CSV file, read in a child process.

    Raises:
        RuleViolated: too large, empty, or neither spreadsheet nor CSV.
    """
    if len(data) > MAX_FILE:
        raise RuleViolated(_("The file is larger than 5 MB."))
    grids = []
    try:
        with POOL.call(GRID, data, {}, _LIMITS) as pieces:
            for piece in pieces:
                line = json.loads(piece)
                if isinstance(line, dict):
                    empty = line["error"] == "empty"
                    raise RuleViolated(
                        _("There is nothing in this file.")
                        if empty
                        else _("This is neither a spreadsheet nor a CSV file that can be read.")
                    )
                grids.append((line[0], line[1]))
    except sandbox.Failed as failure:
        raise RuleViolated(
            _("This file could not be read within the limits of time and memory.")
        ) from failure
    return grids


def tables_of(data: bytes) -> list[Table]:
    """Return the sheets of a spreadsheet or CSV file, each from its head on.

    Raises:
        RuleViolated: as `grids_of`.
    """
    return [with_head(sheet, rows) for sheet, rows in grids_of(data)]


def words_of_state(state: str) -> Words:
    """Return the words of all dimensions in every language of the system, and the State's own codes.

    Args:
        state: the State of the instance, alpha-3.
    """
    codes = {name: dict(known) for name, known in _code_words().items()}
    for code, names in regions(state):
        codes["region"][folded(code)] = code
        codes["region"] |= {folded(text): code for text in names.values()}
    whole = {state.upper(), state.upper()[:2]}
    with suppress(KeyError):  # a State of training data may be on no list
        whole |= {name.upper() for name in states.get(state).names.values()}
    return Words(codes, frozenset(whole))


@cache
def _code_words() -> Mapping[str, Mapping[str, str]]:
    codes: dict[str, dict[str, str]] = {name: {} for name in DIMENSIONS}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for dimension, known in CODES.items():
                for code, words in known.items():
                    codes[str(dimension)] |= {folded(code): code, folded(str(words)): code}
    for code, more in _ALSO.items():
        codes["sex"] |= {folded(word): code for word in more.split()}
    return codes


@dataclass(frozen=True)
class Line:
    """A value of a file that can be recorded: `new`, `unchanged` or `corrected`, with what stands now."""

    found: Found
    indicator: Indicator
    outcome: str
    now: IndicatorValue | None = None


@dataclass
class Plan:
    """What recording a file would do. `damaged` and `refused` cells are left out, the rest is kept."""

    lines: list[Line] = field(default_factory=list)
    damaged: list[Damaged] = field(default_factory=list)
    refused: list[tuple[Found, str]] = field(default_factory=list)
    empty: int = 0

    @property
    def counts(self) -> Mapping[str, int]:
        """How many values are new, unchanged, corrected."""
        return Counter(line.outcome for line in self.lines)

    @property
    def needs_reason(self) -> bool:
        """A correction gives no reason of its own."""
        return any(line.outcome == "corrected" and not line.found.reading.reason for line in self.lines)

    def readings(self) -> dict[Indicator, Sequence[Reading]]:
        """Return what is to be recorded, by indicator."""
        found: dict[Indicator, list[Reading]] = defaultdict(list)
        for line in self.lines:
            found[line.indicator].append(line.found.reading)
        return dict(found)


def plan(reader: Reader, read: Read, only: Indicator | None = None) -> Plan:
    """Return what recording would do, as the reader may; nothing is written.

    Args:
        only: refuse the values of any other indicator.
    """
    made = Plan(damaged=list(read.damaged), empty=read.empty)
    known = by_name(reader, {found.indicator for found in read.found})
    asked = asked_now([row.pk for row in known.values()])
    now = {
        (value.indicator_id, value.period, value.cell): value
        for value in values_that_count({row.pk for row in known.values()})
    }
    seen = set[tuple[int, str, str]]()
    for found in read.found:
        row = known.get(found.indicator.casefold())
        refusal = ""
        if row is None or (only is not None and row.pk != only.pk):
            refusal = _("No indicator that you see is called “%(name)s”.") % {"name": found.indicator}
            if row is not None:
                refusal = _("This is a value of another indicator: %(name)s") % {"name": found.indicator}
            made.refused.append((found, refusal))
            continue
        decision = may_record(reader, row, asked.get(row.pk, ()))
        refusal = refusal_of(row, found.reading) if decision else str(decision.reason)
        key = (row.pk, found.reading.period, cell_of(found.reading.breakdown))
        if not refusal and key in seen:  # once by its code, once by that of the SDG indicator
            refusal = _("It is given twice.")
        if refusal:
            made.refused.append((found, refusal))
            continue
        seen.add(key)
        old = now.get(key)
        outcome = "new" if old is None else "unchanged" if is_same(old, found.reading) else "corrected"
        made.lines.append(Line(found, row, outcome, old))
    return made
