"""Write people, institutions, roles, deputies and invitations.

Commands that take `by: Reader` decide whether that reader may; those that take `by: Actor` are for
set-up, loaders and the commands here, which have decided already.
"""

from tawsiya.accounts.commands.absences import declare_absence, return_early
from tawsiya.accounts.commands.institutions import (
    InstitutionFacts,
    add_institution,
    change_institution,
    check_succession,
    create_institution,
    succeed_institution,
)
from tawsiya.accounts.commands.invitations import (
    accept_invitation,
    find_invitation,
    invite,
    revoke_invitation,
)
from tawsiya.accounts.commands.people import (
    Person,
    appoint_deputy,
    choose_settings,
    close_account,
    create_person,
    end_deputy,
    end_membership,
    give_role,
    name_deputy,
    start_membership,
)

__all__ = [
    "InstitutionFacts",
    "Person",
    "accept_invitation",
    "add_institution",
    "appoint_deputy",
    "change_institution",
    "check_succession",
    "choose_settings",
    "close_account",
    "create_institution",
    "create_person",
    "declare_absence",
    "end_deputy",
    "end_membership",
    "find_invitation",
    "give_role",
    "invite",
    "name_deputy",
    "return_early",
    "revoke_invitation",
    "start_membership",
    "succeed_institution",
]
