"""Who may change what is said about a recommendation: pure decisions that give their reason."""

from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.permissions import Decision, may
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act


def may_tag(reader: Reader) -> Decision:
    """The delegation tags."""
    return may(reader, Act.TAG)


def may_translate(reader: Reader) -> Decision:
    """Whoever tags also adds unofficial translations: both describe what the UN issued."""
    decision = may(reader, Act.TAG)
    return decision if decision else Decision(None, _("Only the delegation adds translations."))


def may_grade(reader: Reader) -> Decision:
    """Whoever tags also records the national grade of the State's position."""
    decision = may(reader, Act.TAG)
    return decision if decision else Decision(None, _("Only the delegation records the national grade."))


def may_group(reader: Reader) -> Decision:
    """Whoever tags also decides which recommendations ask for the same thing."""
    decision = may(reader, Act.TAG)
    return decision if decision else Decision(None, _("Only the delegation decides on groups."))
