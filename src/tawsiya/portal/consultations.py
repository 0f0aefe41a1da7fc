"""What the public reads of a programme in consultation: the draft while it lasts, then what was answered.

Plain data, nothing refers back. The clock of the database decides which of the two is read
(`PublishedConsultation`), so that a draft is readable from the opening to the closing time and not a moment
longer, whether or not anybody closes the consultation.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from tawsiya.accounts.reader import Reader
from tawsiya.portal.models import PublishedConsultation
from tawsiya.portal.programmes import PublicMeasure, axes_of, measures_content
from tawsiya.programme.choices import CommentState
from tawsiya.programme.models import Comment, Consultation

Plain = dict[str, Any]


def compose_draft(consultation: Consultation, by: Reader) -> Plain:
    """Return what the public reads of a draft while it is consulted: what it would read once it is adopted.

    Left out are risks, proofs, comments, reports and indicators, which stay inside.
    """
    version = consultation.version
    rows, measures = measures_content(version, by)
    return {
        "names": version.programme.names,
        "number": version.number,
        "axes": axes_of(version, rows, by),
        "measures": measures,
    }


def compose_answers(consultation: Consultation) -> Plain:
    """Return what the public reads once a consultation is over: its comments that were accepted and answered.

    Of the draft, number and title of the measures that these speak of, and nothing else.
    """
    rows = (
        Comment.objects.filter(
            consultation=consultation,
            institution__isnull=True,
            state=CommentState.ACCEPTED,
            answered_at__isnull=False,
        )
        .select_related("measure")
        .order_by("measure__sort_key", "written_at", "pk")
    )
    return {
        "names": consultation.version.programme.names,
        "number": consultation.version.number,
        "comments": [
            {
                "code": row.measure.code,
                "titles": row.measure.titles,
                "author": row.author,
                "text": row.text,
                "language": row.language,
                "written_on": timezone.localdate(row.written_at).isoformat(),
                "answer": row.answer,
                "answer_language": row.answer_language,
                "answered_on": _day_of(row.answered_at),
            }
            for row in rows
        ],
    }


def _day_of(moment: datetime | None) -> str | None:
    return timezone.localdate(moment).isoformat() if moment else None


@dataclass(frozen=True)
class PublicComment:
    """A comment of the public with its answer, read from a snapshot's content."""

    consultation: int
    content: Plain

    @property
    def written_on(self) -> date:
        """The day it was written."""
        return date.fromisoformat(self.content["written_on"])

    @property
    def answered_on(self) -> date:
        """The day of the answer."""
        return date.fromisoformat(self.content["answered_on"])


@dataclass(frozen=True)
class PublicConsultation:
    """A consultation of the public, as it stood when it was read."""

    row: PublishedConsultation

    @property
    def content(self) -> Plain:
        """All that was published."""
        return dict(self.row.content)

    @property
    def is_open(self) -> bool:
        """Whether the draft is read, and commented on."""
        return self.row.is_open

    @property
    def ended_at(self) -> datetime:
        """When it ended, or will."""
        return self.row.closes_at

    @property
    def measures(self) -> list[PublicMeasure]:
        """The measures of the draft; none once it is over."""
        if not self.is_open:
            return []
        today = timezone.localdate()
        return [PublicMeasure(str(self.row.consultation_id), row, today) for row in self.content["measures"]]

    def axes(self) -> Iterator[tuple[Plain, list[PublicMeasure]]]:
        """Yield the axes of the draft with the measures that stand right under each."""
        measures = self.measures
        for axis in self.content["axes"] if self.is_open else ():
            yield axis, [row for row in measures if row.content["axis"] == axis["code"]]

    @property
    def comments(self) -> list[PublicComment]:
        """What the public said and was answered; none while it is open."""
        if self.is_open:
            return []
        rows = self.content.get("comments", ())
        return [PublicComment(self.row.consultation_id, row) for row in rows]
