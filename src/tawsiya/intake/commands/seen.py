"""Tick a record of an import as compared with its document, or take the tick back."""

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.core import clock
from tawsiya.intake.digests import digest_of
from tawsiya.intake.models import ImportRow, SeenRow
from tawsiya.intake.permissions import may_import, person_id


def mark_seen(row: ImportRow, *, seen: bool, by: Reader) -> None:
    """Note that a person compared a row with the document, or that it is to be looked at again.

    Not an act of the history: nothing of the import changes by it.

    Raises:
        PermissionRefused: `by` may not import.
    """
    actor = acting(by, may_import(by))
    digest = digest_of(row)
    if not seen:
        SeenRow.objects.filter(run=row.run, digest=digest).delete()
        return
    SeenRow.objects.get_or_create(
        run=row.run, digest=digest, defaults={"seen_by_id": person_id(actor), "seen_at": clock.now()}
    )
