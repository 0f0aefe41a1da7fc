"""What an institution writes, as forms give it and commands take it."""

from dataclasses import dataclass, field, fields
from typing import Any

from tawsiya.followup.choices import EvidenceMark
from tawsiya.followup.figures import Figure
from tawsiya.followup.models import Contribution


@dataclass(frozen=True)
class Content:
    """What an institution writes. `proposed_status` is a `Status` value or empty.

    figures: rows of `followup.figures`. …_mark: an `EvidenceMark`, who may receive the part.
    """

    language: str
    measures_taken: str
    obstacles: str = ""
    next_steps: str = ""
    proposed_status: str = ""
    figures: list[Figure] = field(default_factory=list)
    measures_taken_mark: str = EvidenceMark.INTERNAL.value
    obstacles_mark: str = EvidenceMark.INTERNAL.value
    next_steps_mark: str = EvidenceMark.INTERNAL.value
    figures_mark: str = EvidenceMark.INTERNAL.value


CONTENT = tuple(one.name for one in fields(Content))


def content_of(contribution: Contribution) -> Content:
    """Return what stands in a contribution."""
    return Content(**{name: plain(getattr(contribution, name)) for name in CONTENT})


def plain(value: Any) -> Any:
    """Return a value with the line ends that forms and files write made one: they are no difference."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value
