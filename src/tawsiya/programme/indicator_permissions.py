"""Who may do what with indicators: pure decisions that give their reason."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.permissions import Decision, may
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.programme.indicator_choices import IndicatorState, RequestState
from tawsiya.programme.models import Indicator, ValueRequest

_NOT_FOLLOWED = _("This indicator is not followed any more, or does not apply.")
_NOT_RESPONSIBLE = _(
    "Only the responsible institution, one asked for values, or the delegation records values."
)
_NOT_ASKING = _("Only the delegation, or the institution responsible for the indicator, asks for values.")
_NOT_ASKED = _("Only the institution asked declines a request.")
_NOT_ITS_OWN = _("Only who asks withdraws a request.")
_CLOSED = _("This request is closed.")
_FOLLOWED = (IndicatorState.DRAFT, IndicatorState.IN_USE)


def may_define(reader: Reader) -> Decision:
    """The delegation defines indicators."""
    return may(reader, Act.PLAN)


def may_set_aside(reader: Reader) -> Decision:
    """A coordinator decides whether an indicator is in use, does not apply, or is followed no more."""
    return may(reader, Act.ADOPT)


def _first(reader: Reader, institutions: Iterable[int]) -> Decision | None:
    for institution in institutions:
        if decision := may(reader, Act.CONTRIBUTE, institution):
            return decision
    return None


def may_record(reader: Reader, indicator: Indicator, asked: Iterable[int] = ()) -> Decision:
    """Decide whether a reader records values.

    Args:
        asked: ids of the institutions of which values of this indicator are asked now.
    """
    if indicator.state not in _FOLLOWED:
        return Decision(None, _NOT_FOLLOWED)
    inside = _first(reader, (indicator.institution_id, *asked))
    return inside or may(reader, Act.PLAN) or Decision(None, _NOT_RESPONSIBLE)


def may_ask(reader: Reader, indicator: Indicator) -> Decision:
    """The delegation asks for values; the responsible institution does of those who supply it."""
    if indicator.state not in _FOLLOWED:
        return Decision(None, _NOT_FOLLOWED)
    return may(reader, Act.PLAN) or _first(reader, (indicator.institution_id,)) or Decision(None, _NOT_ASKING)


def may_close(reader: Reader, request: ValueRequest, state: str) -> Decision:
    """Who was asked declines; who asks withdraws."""
    if request.state != RequestState.OPEN:
        return Decision(None, _CLOSED)
    if state == RequestState.DECLINED:
        return _first(reader, (request.institution_id,)) or Decision(None, _NOT_ASKED)
    own = (request.recipient_id,) if request.recipient_id else ()
    return may(reader, Act.PLAN) or _first(reader, own) or Decision(None, _NOT_ITS_OWN)
