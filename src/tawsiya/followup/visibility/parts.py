"""Confidentiality of each part of a contribution, on top of who sees the contribution.

A restricted part stays with the institution and the delegation, as a restricted file does. Nobody has to
remember it: `blanked_for` makes a query give rows whose restricted parts are already empty.
"""

from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.query import ModelIterable

from tawsiya.accounts.reader import Reader
from tawsiya.audit.visibility import EVERYTHING
from tawsiya.followup.choices import EvidenceMark
from tawsiya.followup.models import Contribution

PARTS = ("measures_taken", "obstacles", "next_steps", "figures")


def sees_restricted(reader: Reader, institution_id: int) -> bool:
    """Tell whether a reader is of the institution or of the delegation."""
    return reader.is_delegation or institution_id in reader.own_institutions


def restricted_seen_by(reader: Reader) -> Q:
    """Return the filter of the contributions whose restricted parts a reader sees; as `sees_restricted`."""
    return EVERYTHING if reader.is_delegation else Q(institution_id__in=reader.own_institutions)


def blank(reader: Reader, contribution: Contribution) -> Contribution:
    """Empty the restricted parts of a row that its reader does not see; the row is then not to be saved."""
    if not sees_restricted(reader, contribution.institution_id):
        for part in PARTS:
            if getattr(contribution, f"{part}_mark") == EvidenceMark.RESTRICTED:
                setattr(contribution, part, [] if part == "figures" else "")
    return contribution


def blanked_for(reader: Reader, rows: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Return the query whose rows come without the restricted parts that its reader does not see.

    Plain values (`values`, `values_list`) of parts are not covered: a test holds that none are asked for.
    """

    class _Blanked(ModelIterable[Contribution]):
        def __iter__(self) -> Any:
            for row in super().__iter__():
                yield blank(reader, row)

    found = rows.all()
    if not reader.is_delegation:
        found._iterable_class = _Blanked
    return found
