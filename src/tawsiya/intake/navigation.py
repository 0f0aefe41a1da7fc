"""Entries of the side navigation."""

from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.permissions import may
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.audit.kept import until_next_act
from tawsiya.core.navigation import Entry
from tawsiya.intake.permissions import may_import
from tawsiya.intake.queries import awaiting_decision


def entries(reader: Reader) -> list[Entry]:
    """Return imports for the delegation, filled matrices for those who write contributions."""
    found = []
    if may_import(reader):
        found.append(
            Entry(
                _("Imports"),
                "intake:runs",
                "box-arrow-in-down",
                60,
                badge=until_next_act(
                    lambda: awaiting_decision(reader).count(), "intake.awaiting", reader.audience
                ),
                also=("intake:upload", "intake:run", "intake:world"),
            )
        )
    if may(reader, Act.CONTRIBUTE):
        found.append(
            Entry(_("Filled matrix"), "intake:matrix", "file-earmark-word", 45, also=("intake:matrix-apply",))
        )
    return found
