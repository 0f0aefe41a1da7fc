"""The door of what the public is consulted on: the room that publishes (`portal`) registers itself here.

A consultation that opens to the public, or ends, changes the public pages in the same act.
"""

from collections.abc import Callable

from tawsiya.accounts.reader import Reader
from tawsiya.programme.choices import Audience
from tawsiya.programme.models import Consultation

Publish = Callable[[Consultation, Reader], None]
_publishers: list[Publish] = []


def register(publish: Publish) -> None:
    """Have a consultation that opens to the public or ends shown as it now stands (`AppConfig.ready`)."""
    _publishers.append(publish)


def tell(consultation: Consultation, by: Reader) -> None:
    """Have the public pages follow a consultation, if it is or was open to the public."""
    if Audience.PUBLIC in consultation.audiences:
        for publish in _publishers:
            publish(consultation, by)
