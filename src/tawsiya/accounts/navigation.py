"""Entries of accounts in the side navigation."""

from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.permissions import may
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.accounts.visibility import reads_people
from tawsiya.core.navigation import Entry


def entries(reader: Reader) -> list[Entry]:
    """Return what the reader may open."""
    found: list[Entry] = []
    if reads_people(reader):
        found += [
            Entry(_("People"), "accounts:people", "people", 80, also=("accounts:person",)),
            Entry(
                _("Institutions"),
                "accounts:institutions",
                "bank",
                82,
                also=(
                    "accounts:institution",
                    "accounts:add-institution",
                    "accounts:change-institution",
                    "accounts:add-directorate",
                ),
            ),
        ]
    if may(reader, Act.MANAGE_ACCOUNTS):
        found.append(
            Entry(_("Invitations"), "accounts:invitations", "person-plus", 84, also=("accounts:invite",))
        )
    if not reader.is_public:
        found.append(Entry(_("Who may do what"), "accounts:roles", "shield-check", 98))
    return found
