"""Who opens the pages of the history. Of the reader, who belongs to a higher room, two traits count."""

from typing import Protocol

from django.utils.translation import gettext_lazy as _

from tawsiya.core.errors import PermissionRefused

_NOT_HISTORY = _("Only the delegation and the administrator read the history of the whole system.")
_NOT_ADMINISTRATOR = _("Only an administrator opens this page.")


class HistoryReader(Protocol):
    """What is asked of a reader."""

    @property
    def is_delegation(self) -> bool:
        """Coordinator or analyst."""

    @property
    def is_administrator(self) -> bool:
        """Keeps accounts and settings."""


def require_history(reader: HistoryReader) -> None:
    """Let the delegation and administrators read the system's history: of it, the events they may see.

    Raises:
        PermissionRefused: anybody else.
    """
    if not (reader.is_delegation or reader.is_administrator):
        raise PermissionRefused(_NOT_HISTORY)


def require_administrator(reader: HistoryReader) -> None:
    """Let administrators check the chain and read who opened protected files.

    Raises:
        PermissionRefused: anybody else.
    """
    if not reader.is_administrator:
        raise PermissionRefused(_NOT_ADMINISTRATOR)
