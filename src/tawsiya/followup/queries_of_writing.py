"""What a person is typing, and what stands saved: joined so that neither text is lost."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from django.apps import apps
from django.conf import settings

from tawsiya.accounts.reader import Reader
from tawsiya.core import clock, worddiff
from tawsiya.core.worddiff import Segment
from tawsiya.followup.choices import QuestionKind
from tawsiya.followup.content import CONTENT, plain
from tawsiya.followup.figures import as_text
from tawsiya.followup.models import Contribution, Question, Reply, TypedText


class Answered(Protocol):
    """The answer to a question, or one of the versions kept of it."""

    text: str
    figure: Decimal | None
    day: date | None
    note: str


def item_place(pk: int) -> str:
    """Return the name of the form of a new contribution on an item."""
    return f"item:{pk}"


def contribution_place(pk: int) -> str:
    """Return the name of the form of a contribution."""
    return f"contribution:{pk}"


def reply_place(pk: int) -> str:
    """Return the name of the form of an institution's reply to a questionnaire."""
    return f"reply:{pk}"


def typed_in(place: str, *, by: Reader) -> TypedText | None:
    """Return what `by` typed in a place and has not saved, unless it expired."""
    limit = clock.now() - timedelta(days=settings.TYPED_TEXT_DAYS)
    return TypedText.objects.filter(user_id=by.user_id or 0, place=place, saved_at__gte=limit).first()


def as_saved(contribution: Contribution, version: int) -> dict[str, Any]:
    """Return what stood in a contribution at a version, from the versions kept of its row; {} if unknown."""
    kept = apps.get_model("followup", "ContributionEvent")
    rows = kept.objects.filter(pgh_obj_id=contribution.pk, version=version).order_by("pgh_id")
    found = rows.values(*CONTENT).last() or {}
    return {name: plain(value) for name, value in found.items()}


def answer_values(questions: Iterable[Question], answers: Mapping[int, Answered]) -> dict[str, str]:
    """Return the fields of the form of a reply, as its page sends them: `a` and `n` with the question's id.

    Args:
        answers: by question; one that is missing is not answered.
    """
    values = {}
    for question in questions:
        answer = answers.get(question.pk)
        values[f"a{question.pk}"] = _as_field(answer) if answer else ""
        values[f"n{question.pk}"] = str(plain(answer.note)) if answer else ""
    return values


def _as_field(answer: Answered) -> str:
    if answer.figure is not None:
        return f"{answer.figure.normalize():f}"
    return answer.day.isoformat() if answer.day is not None else str(plain(answer.text))


def typed_answers(questions: Iterable[Question], fields: Mapping[str, str]) -> dict[str, str]:
    """Return what somebody typed in the form of a reply, written as `answer_values` writes what is saved."""
    values = {}
    for question in questions:
        for name in (f"a{question.pk}", f"n{question.pk}"):
            if name in fields:
                values[name] = str(plain(fields[name])).strip()
        figure = values.get(f"a{question.pk}")
        if question.kind == QuestionKind.FIGURE and figure:
            with suppress(InvalidOperation):
                values[f"a{question.pk}"] = f"{Decimal(figure).normalize():f}"
    return values


def answers_as_saved(reply: Reply, version: int, questions: Sequence[Question]) -> dict[str, str]:
    """Return what stood in a reply at a version, from the versions kept of its rows; {} if unknown."""
    versions = apps.get_model("followup", "ReplyEvent").objects
    moment = (
        versions.filter(pgh_obj_id=reply.pk, version=version)
        .order_by("-pgh_id")
        .values_list("pgh_created_at", flat=True)
        .first()
    )
    if moment is None:
        return {}
    kept = apps.get_model("followup", "AnswerEvent").objects
    rows = kept.filter(reply_id=reply.pk, pgh_created_at__lte=moment).order_by("pgh_id")
    last = {row.question_id: row for row in rows}
    return answer_values(questions, {pk: row for pk, row in last.items() if row.pgh_label != "delete"})


@dataclass(frozen=True)
class Differing:
    """A field in which the saved and the typed text differ; `segments` lead from the saved to the typed."""

    name: str
    saved: Any
    typed: Any
    segments: tuple[Segment, ...]

    @property
    def saved_text(self) -> str:
        """The saved value in words."""
        return in_words(self.saved)

    @property
    def typed_text(self) -> str:
        """The typed value in words."""
        return in_words(self.typed)


def in_words(value: Any) -> str:
    """Return the value of a field as text: figures one a line."""
    return as_text(value) if isinstance(value, list) else str(value)


def differing(
    saved: Mapping[str, Any], typed: Mapping[str, Any], names: Iterable[str] = CONTENT
) -> list[Differing]:
    """Return the fields that differ, in the order of the form, each with the difference word by word.

    Args:
        names: the fields of the form.
    """
    return [
        Differing(
            name,
            saved[name],
            typed[name],
            tuple(worddiff.compare(in_words(saved[name]), in_words(typed[name]))),
        )
        for name in names
        if name in saved and name in typed and saved[name] != typed[name]
    ]


def joined(base: Mapping[str, Any], saved: Mapping[str, Any], typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a form shows after two people wrote: what was typed, and the other's saved words where
    the person changed nothing.

    Args:
        base: what stood there when the person began; {} where that is unknown, and all that was typed counts.
        saved: what stands there now.
        typed: what the person typed.
    """
    return {
        name: saved[name] if name in base and value == base[name] and name in saved else value
        for name, value in typed.items()
    }
