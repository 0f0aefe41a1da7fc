"""By what the words of a row are known again, whatever number the row has by then."""

import hashlib
import json

from tawsiya.intake.models import ImportRow

_SEEN_FIELDS = (
    "kind",
    "paragraph",
    "subparagraph",
    "heading",
    "text",
    "position",
    "recommending_states",
    "recommending_states_unrecognised",
    "boxes",
)


def digest_of(row: ImportRow) -> str:
    """Return what the words and the place of a row are known by, in hexadecimal."""
    seen = [row.name, *(row.record.get(name) for name in _SEEN_FIELDS)]
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()
