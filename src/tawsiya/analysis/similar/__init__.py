"""Which recommendations ask for the same thing, across mechanisms, cycles and languages.

A library of its own: texts in, groups and their reasons out. It knows neither Django nor the database
(docs/groups.md). What is named here reads texts and needs no numerical library; `grouping`, `features`,
`model` and `learning` do, and are imported by name where groups are computed.
"""

from tawsiya.analysis.similar.reading import Reading, guess_language, read
from tawsiya.analysis.similar.reasons import Reason, reason_between

__all__ = ["Reading", "Reason", "guess_language", "read", "reason_between"]
