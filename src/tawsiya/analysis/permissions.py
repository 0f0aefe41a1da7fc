"""Who loads exports of the records of all States: who imports documents."""

from tawsiya.accounts.permissions import Decision, may
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act


def may_load(reader: Reader) -> Decision:
    """Decide whether a reader loads exports and sees what loads brought."""
    return may(reader, Act.IMPORT_DOCUMENTS)
