"""Who sees which indicators and requests for values.

| indicator | responsible institution | delegation, observers | whoever else has a role | public |
|---|---|---|---|---|
| being prepared | yes | yes | no | no |
| in use, not applicable, no longer followed | yes | yes | yes | no (inside; the portal reads snapshots) |

Values, breaks and targets are seen as their indicator. A request: the institution asked, the one it is for,
the delegation and observers.
"""

from django.db.models import Q

from tawsiya.accounts.reader import Reader
from tawsiya.audit.visibility import EVERYTHING, NOTHING
from tawsiya.programme.indicator_choices import IndicatorState
from tawsiya.programme.models import Indicator, ValueRequest
from tawsiya.programme.visibility import sees_all


def indicators_visible_to(reader: Reader) -> Q:
    """Return the filter of the indicators a reader sees."""
    if sees_all(reader):
        return EVERYTHING
    if reader.is_public:
        return NOTHING
    return ~Q(state=IndicatorState.DRAFT) | Q(institution_id__in=reader.own_institutions)


def requests_visible_to(reader: Reader) -> Q:
    """Return the filter of the requests for values a reader sees."""
    if sees_all(reader):
        return EVERYTHING
    own = reader.own_institutions
    if not own:
        return NOTHING
    # Of an indicator in preparation only its own institution hears.
    seen = Indicator.objects.filter(indicators_visible_to(reader)).values("pk")
    return (Q(institution_id__in=own) | Q(recipient_id__in=own)) & Q(indicator_id__in=seen)


def indicator_events(reader: Reader) -> Q:
    """Return the filter of the events on indicators a reader sees; of its preparation, only inside."""
    visible = Q(subject_id__in=Indicator.objects.filter(indicators_visible_to(reader)).values("pk"))
    if sees_all(reader):
        return visible
    inside = Q(institution_id__in=reader.own_institutions)
    return visible & (inside | ~Q(state=IndicatorState.DRAFT))


def request_events(reader: Reader) -> Q:
    """Return the filter of the events on requests for values a reader sees."""
    return Q(subject_id__in=ValueRequest.objects.filter(requests_visible_to(reader)).values("pk"))
