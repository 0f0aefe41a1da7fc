"""What can be published of a recommendation besides what its UN document says."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _


class Part(models.TextChoices):
    """The parts of a validated contribution, each published or not by itself."""

    MEASURES_TAKEN = "measures_taken", _("Measures taken")
    OBSTACLES = "obstacles", _("Obstacles")
    NEXT_STEPS = "next_steps", _("Next steps")
    FIGURES = "figures", _("Figures")


@dataclass(frozen=True)
class Selection:
    """What a coordinator chose to publish. The text as issued is always published.

    status, justification: the confirmed status of implementation, and why it was given.
    lead, deadline: the name of the lead institution, and its deadline.
    contributions: the parts chosen, by id of the contribution.
    evidence: ids of evidence files. references: ids of links and laws.
    """

    status: bool = False
    justification: bool = False
    lead: bool = False
    deadline: bool = False
    contributions: Mapping[int, frozenset[Part]] = field(default_factory=dict)
    evidence: frozenset[int] = frozenset()
    references: frozenset[int] = frozenset()


TEXT_ONLY = Selection()
