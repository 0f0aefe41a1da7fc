"""What a reader hands out: records, the document they stand in, warnings; or a refusal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tawsiya.intake.readers import messages
from tawsiya.intake.readers.messages import Params

Json = dict[str, Any]
Box = tuple[int, float, float, float, float]
"""A rectangle on a page: see :class:`Record`."""


class UnreadableFile(Exception):
    """The file cannot be read; ``code`` and ``params`` give one sentence in any language."""

    def __init__(self, code: str, **params: str | int) -> None:
        self.code = code
        self.params: dict[str, str | int] = params
        super().__init__(messages.render(code, params))

    @property
    def message(self) -> str:
        """The sentence in English."""
        return messages.render(self.code, self.params)


@dataclass(frozen=True, slots=True)
class ReaderWarning:
    """Something a person should look at; ``code`` is a key of :data:`messages.WARNINGS`."""

    code: str
    params: Params = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The sentence in English."""
        return messages.render(self.code, self.params)

    def as_json(self) -> Json:
        """Code, English sentence and parameters."""
        params = {k: list(v) if isinstance(v, tuple) else v for k, v in self.params.items()}
        return {"code": self.code, "message": self.message, "params": params}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> ReaderWarning:
        """The inverse of :meth:`as_json`. Raises KeyError for a missing field."""
        params = {str(k): tuple(v) if isinstance(v, list) else v for k, v in value["params"].items()}
        return cls(code=str(value["code"]), params=params)


@dataclass(frozen=True, slots=True)
class Review:
    """A review: UPR cycle and Working Group session (both from 1), State reviewed (ISO3)."""

    cycle: int | None = None
    session: int | None = None
    state: str | None = None

    def as_json(self) -> Json:
        """Plain values."""
        return {"cycle": self.cycle, "session": self.session, "state": self.state}


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """The file's own title and date and the review it belongs to; None where it says nothing.

    ``adopted`` is the day on which a committee adopted the document, where it is printed.
    """

    title: str | None = None
    date: date | None = None
    review: Review = field(default_factory=Review)
    type: str | None = None
    adopted: dt.date | None = None

    def as_json(self) -> Json:
        """Plain values, dates as ISO text; ``adopted`` only where it is known."""
        return {
            "title": self.title,
            "date": self.date.isoformat() if self.date else None,
            "review": self.review.as_json(),
            "type": self.type,
            **({"adopted": self.adopted.isoformat()} if self.adopted else {}),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> DocumentInfo:
        """The inverse of :meth:`as_json`."""
        day, adopted = value["date"], value.get("adopted")
        return cls(
            title=value["title"],
            date=date.fromisoformat(day) if day else None,
            review=Review(**value["review"]),
            type=value["type"],
            adopted=date.fromisoformat(adopted) if adopted else None,
        )


@dataclass(frozen=True, slots=True)
class National:
    """What a State's own tracker says of its work on a recommendation.

    ``status`` is a code of the scale of implementation, "" where the cell was empty or its words
    are not mapped (then ``status_as_written``). ``lead`` and ``support`` are codes of institutions.
    Texts are "" and dates None where the tracker says nothing.
    """

    status: str = ""
    status_as_written: str = ""
    status_on: date | None = None
    lead: str = ""
    support: tuple[str, ...] = ()
    deadline: date | None = None
    letter: str = ""
    letter_on: date | None = None
    measures: str = ""
    measures_language: str = ""

    def as_json(self) -> Json:
        """Plain values, dates as ISO text."""
        return {
            "status": self.status,
            "status_as_written": self.status_as_written,
            "status_on": _iso(self.status_on),
            "lead": self.lead,
            "support": list(self.support),
            "deadline": _iso(self.deadline),
            "letter": self.letter,
            "letter_on": _iso(self.letter_on),
            "measures": self.measures,
            "measures_language": self.measures_language,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> National:
        """The inverse of :meth:`as_json`. Raises KeyError or TypeError for other shapes."""
        days = {name: value[name] for name in ("status_on", "deadline", "letter_on")}
        parsed = {name: date.fromisoformat(day) if day else None for name, day in days.items()}
        return cls(**{**value, **parsed, "support": tuple(value["support"])})


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@dataclass(frozen=True, slots=True)
class Record:
    """One recommendation (or concern, pledge, other) as its document gives it.

    ``paragraph`` is the number without closing dot ("140.7"), ``ordinal`` counts from 1 the
    records of one paragraph, ``recommending_states`` are ISO 3166 alpha-3 codes, ``position``
    one of ``supported``, ``noted``, ``supported/noted`` or None, ``page`` counts from 1 (a Word
    file has no fixed pages: None), ``row`` is the place in the file, from 1. ``boxes`` are the
    rectangles of the record on its pages: page from 1; left, top, right, bottom in points (1/72
    inch) from the top left corner of the page. ``concerns`` are the States (ISO3) that a file
    about many States names for the record; ``translations`` its text in further languages, as
    (language, text). ``national`` is what a tracker of the State says of its own work on it.
    """

    kind: str
    mechanism: str | None
    symbol: str | None
    document: DocumentInfo
    paragraph: str | None
    text: str
    subparagraph: str | None = None
    ordinal: int = 1
    heading: str | None = None
    language: str | None = None
    recommending_states: tuple[str, ...] = ()
    recommending_states_unrecognised: tuple[str, ...] = ()
    position: str | None = None
    source_of_position: str | None = None
    comment: str | None = None
    addressee: str | None = None
    follow_up: date | None = None
    external_id: str | None = None
    themes: tuple[str, ...] = ()
    affected_persons: tuple[str, ...] = ()
    sdgs: tuple[str, ...] = ()
    page: int | None = None
    warnings: tuple[ReaderWarning, ...] = ()
    sdg_codes: tuple[str, ...] = ()
    row: int | None = None
    boxes: tuple[Box, ...] = ()
    concerns: tuple[str, ...] = ()
    translations: tuple[tuple[str, str], ...] = ()
    national: National | None = None

    def as_json(self) -> Json:
        """The fields of ``tawsiya extract``, in their order; later additions stand at the end."""
        deadline = self.follow_up.isoformat() if self.follow_up else None
        return {
            "kind": self.kind,
            "mechanism": self.mechanism,
            "symbol": self.symbol,
            "document": self.document.as_json(),
            "paragraph": self.paragraph,
            "subparagraph": self.subparagraph,
            "ordinal": self.ordinal,
            "heading": self.heading,
            "text": self.text,
            "language": self.language,
            "recommending_states": list(self.recommending_states),
            "recommending_states_unrecognised": list(self.recommending_states_unrecognised),
            "position": self.position,
            "source_of_position": self.source_of_position,
            "comment": self.comment,
            "addressee": self.addressee,
            "follow_up": {"deadline": deadline} if deadline else None,
            "external_id": self.external_id,
            "themes": list(self.themes),
            "affected_persons": list(self.affected_persons),
            "sdgs": list(self.sdgs),
            "page": self.page,
            "warnings": [w.as_json() for w in self.warnings],
            "sdg_codes": list(self.sdg_codes),
            "row": self.row,
            "boxes": [list(box) for box in self.boxes],
            "concerns": list(self.concerns),
            "translations": [list(pair) for pair in self.translations],
            "national": self.national.as_json() if self.national else None,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Record:
        """The inverse of :meth:`as_json`. Raises KeyError or TypeError for other shapes."""
        given = dict(value)
        follow_up = given["follow_up"]
        given["follow_up"] = date.fromisoformat(follow_up["deadline"]) if follow_up else None
        given["document"] = DocumentInfo.from_json(given["document"])
        given["warnings"] = tuple(ReaderWarning.from_json(w) for w in given["warnings"])
        for name in _TUPLES:
            given[name] = tuple(given[name])
        # Records kept from an earlier version have none.
        given["boxes"] = tuple((int(page), x0, y0, x1, y1) for page, x0, y0, x1, y1 in given.get("boxes", ()))
        given["concerns"] = tuple(given.get("concerns", ()))
        given["translations"] = tuple((code, text) for code, text in given.get("translations", ()))
        national = given.get("national")
        given["national"] = National.from_json(national) if national else None
        return cls(**given)


_TUPLES = (
    "recommending_states",
    "recommending_states_unrecognised",
    "themes",
    "affected_persons",
    "sdgs",
    "sdg_codes",
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something the document asks the State for by a time: an obligation, once it is imported.

    ``kind`` is ``follow_up`` (information on the paragraphs chosen for follow-up) or ``report``
    (the next report). ``due`` is the date, as printed or counted from the document's own date; None
    where it cannot be known, with ``within_months`` saying what was printed ("within one year").
    ``paragraph`` is where it is said, ``text`` the sentence, ``items`` the paragraphs or parts
    chosen, as cited: "15", "23 (a)".
    """

    kind: str
    due: date | None = None
    within_months: int | None = None
    paragraph: str | None = None
    items: tuple[str, ...] = ()
    text: str = ""
    page: int | None = None

    def as_json(self) -> Json:
        """Plain values, the date as ISO text."""
        return {
            "kind": self.kind,
            "due": self.due.isoformat() if self.due else None,
            "within_months": self.within_months,
            "paragraph": self.paragraph,
            "items": list(self.items),
            "text": self.text,
            "page": self.page,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Deadline:
        """The inverse of :meth:`as_json`."""
        due = value["due"]
        return cls(
            **{
                **value,
                "due": date.fromisoformat(due) if due else None,
                "items": tuple(value["items"]),
            }
        )


@dataclass(frozen=True, slots=True)
class ReadResult:
    """All that was read: the document, its records in file order, warnings, what is due when."""

    document: DocumentInfo
    records: tuple[Record, ...]
    warnings: tuple[ReaderWarning, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
