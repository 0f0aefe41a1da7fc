"""Who opens which dashboard: pure decisions that give their reason."""

from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.permissions import Decision
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import DELEGATION_ROLES, OBSERVER_ROLES


def may_steer(reader: Reader) -> Decision:
    """The delegation and observers (ministers) see every institution's work; others know their own only."""
    seeing = [grant for grant in reader.grants if grant.role in DELEGATION_ROLES | OBSERVER_ROLES]
    if not seeing:
        return Decision(None, _("The steering page is for the delegation and for observers."))
    return Decision(sorted(seeing, key=lambda grant: grant.on_behalf_of_id or 0)[0])
