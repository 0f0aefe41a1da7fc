"""What others say of published recommendations, as open data: one reading of a snapshot, field by field.

Apart from the recommendations with their status: whoever counts these rows counts what others say.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tawsiya.core.labels import Label, text_of
from tawsiya.core.tables import Column
from tawsiya.followup.voices import grade_names
from tawsiya.portal.models import PublishedVoice
from tawsiya.portal.opening import absolute
from tawsiya.portal.queries import current_snapshots
from tawsiya.recommendations.choices import scale_for

KINDS = ("grade", "submission", "question")
_DAYS = {"grade": "assessed_on", "submission": "written_on", "question": "asked_on"}
_DOCUMENTS = {"grade": "symbol", "submission": "link", "question": "number"}


@dataclass(frozen=True)
class Voice:
    """One thing that somebody said of a published recommendation; `body` is the code of its UN body."""

    row: PublishedVoice
    symbol: str
    paragraph: str
    position: str
    body: str

    @property
    def kind(self) -> str:
        """Of `KINDS`."""
        return self.row.kind

    @property
    def said(self) -> dict[str, Any]:
        """The content of the snapshot."""
        return dict(self.row.content)

    @property
    def names(self) -> Label:
        """The body or the author by language; {} of a question, which a member of parliament asks."""
        key = {"grade": "body", "submission": "institution"}.get(self.kind, "")
        return dict(self.said.get(key) or {})

    @property
    def assessment(self) -> str:
        """The grade, or the status that the author sees; "" of a question, and where none is given."""
        key = {"grade": "grade", "submission": "status"}.get(self.kind, "")
        return str(self.said.get(key) or "")

    @property
    def scale(self) -> list[str]:
        """The codes that could be given on that day; [] of a question, and where a body's are not known."""
        if self.kind == "grade":
            return list(grade_names(self.body, self.on))
        return [code.value for code in scale_for(self.position)] if self.kind == "submission" else []

    @property
    def on(self) -> date:
        """The day it was said."""
        return date.fromisoformat(self.said[_DAYS[self.kind]])

    @property
    def text(self) -> str:
        """A body's reasons, a submission, a question."""
        return str(self.said["reasons" if self.kind == "grade" else "text"])

    @property
    def document(self) -> str:
        """The symbol of what gives a grade, the link of a submission, the number of a question."""
        return str(self.said[_DOCUMENTS[self.kind]])

    @property
    def url(self) -> str:
        """The public page of the recommendation, at the place of the voices."""
        return f"{absolute(reverse('portal:detail', args=[self.row.recommendation_id]))}#voices"

    @property
    def speaker(self) -> str:
        """Who speaks, in the reader's language; of a question, who asked it."""
        return text_of(self.names, get_language() or "en") or str(self.said.get("deputy", ""))


def voices_of(rows: Iterable[PublishedVoice]) -> list[Voice]:
    """Return snapshots with the place of what they speak of: one query more, inside `as_public`."""
    found = list(rows)
    snapshots = current_snapshots().filter(recommendation_id__in={row.recommendation_id for row in found})
    columns = ("recommendation_id", "symbol", "content__item__label", "position", "body")
    places = {pk: place for pk, *place in snapshots.values_list(*columns)}
    return [Voice(row, *places[row.recommendation_id]) for row in found if row.recommendation_id in places]


def as_open_data(voice: Voice) -> dict[str, Any]:
    """Return a voice for the API, labels in all their languages."""
    said = voice.said
    return {
        "kind": voice.kind,
        "recommendation": voice.row.recommendation_id,
        "url": voice.url,
        "symbol": voice.symbol,
        "paragraph": voice.paragraph,
        "speaker": voice.names,
        "deputy": said.get("deputy", ""),
        "group": said.get("group", ""),
        "limb": said.get("limb", ""),
        "assessment": voice.assessment,
        "assessment_names": said.get("names", {}),
        "scale": voice.scale,
        "date": voice.on,
        "document": voice.document,
        "text": voice.text,
        "language": said["language"],
        "answer": said.get("answer", ""),
        "answered_on": said.get("answered_on"),
        "published_at": voice.row.published_at,
    }


def _said(key: str) -> Any:
    return lambda voice: voice.said.get(key) or None


COLUMNS = (
    Column("id", "id", lambda voice: voice.row.recommendation_id),
    Column("url", "url", lambda voice: voice.url),
    Column("symbol", "symbol", lambda voice: voice.symbol),
    Column("paragraph", "paragraph", lambda voice: voice.paragraph),
    Column("kind", "kind", lambda voice: voice.kind),
    Column("speaker", "speaker", lambda voice: voice.speaker),
    Column("group", "group", _said("group")),
    Column("limb", "limb", _said("limb")),
    Column("assessment", "assessment", lambda voice: voice.assessment or None),
    Column("scale", "scale", lambda voice: voice.scale),
    Column("date", "date", lambda voice: voice.on),
    Column("document", "document", lambda voice: voice.document or None),
    Column("text", "text", lambda voice: voice.text or None),
    Column("language", "language", _said("language")),
    Column("answer", "answer", _said("answer")),
    Column("answered_on", "answered_on", _said("answered_on")),
    Column("published_at", "published_at", lambda voice: voice.row.published_at),
    Column("source", "source", lambda voice: source_of(voice)),
    Column("licence", "licence", lambda voice: settings.OPEN_DATA_LICENCE),
)


def source_of(voice: Voice) -> str:
    """Return the line that whoever reuses a row cites."""
    return _("%(who)s, on %(title)s; not the State's own status") % {
        "who": voice.speaker,
        "title": f"{voice.symbol} § {voice.paragraph}",
    }
