"""The profile of a State: what a new instance of that State starts from.

A State with a file in ``profiles/`` has the facts of that file; any other State gets a minimal
profile: its names, the languages of the system and its treaties. None and empty sequences mean
unknown and are shown as missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import Any

from tawsiya.mechanisms import states
from tawsiya.mechanisms.reference.loaders import Names, names_of, ratifications, read


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the State. ``status``: official, working, exchange or available.

    ``locale`` is the CLDR locale for dates and figures ("ar_MA").
    """

    code: str
    locale: str
    status: str


@dataclass(frozen=True, slots=True)
class TreatyInForce:
    """A treaty the State is party to; ``date`` is the exact ISO date where known."""

    code: str
    year: int | None
    date: str | None


@dataclass(frozen=True, slots=True)
class ReviewDocument:
    """A document of a review. ``confirmed`` False: derived from the series, not seen."""

    kind: str
    symbol: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class ReviewOutcome:
    """Counts of a review's recommendations; ``grades`` are the State's own finer ones."""

    received: int | None
    accepted: int | None
    noted: int | None
    outside_mandate: int | None
    grades: dict[str, int]


@dataclass(frozen=True, slots=True)
class Review:
    """A past review. ``session`` is the Working Group's.

    ``date`` is ISO 8601 as exact as ``date_precision`` (day, month) says.
    """

    body: str
    cycle: int
    session: int
    date: str
    date_precision: str
    documents: tuple[ReviewDocument, ...]
    outcome: ReviewOutcome | None


@dataclass(frozen=True, slots=True)
class ConcludingObservations:
    """The latest concluding observations of a body; the symbol may be unknown."""

    body: str
    symbol: str | None
    year: int


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit by a special procedure; ``names`` are the mandate's at the time."""

    mechanism: str
    names: Names
    date: str | None
    symbol: str | None


@dataclass(frozen=True, slots=True)
class Institution:
    """A national institution.

    ``kind``: government, judiciary, parliament, independent, nhri, other; None where the
    source gave none. ``kind_recorded`` is the source's own code.
    """

    code: str
    names: Names
    acronym: str | None
    kind: str | None
    kind_recorded: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class SubAxis:
    """A sub-axis, with its code inside the list ("4.13")."""

    code: str
    names: Names


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis under which a State arranges recommendations or measures."""

    code: str
    names: Names
    short_names: Names
    sub_axes: tuple[SubAxis, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """A national programme known beforehand, with its axes."""

    code: str
    names: Names
    acronym: str | None
    axes: tuple[Axis, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """A region of the State; `code` by ISO 3166-2."""

    code: str
    names: Names


@dataclass(frozen=True, slots=True)
class NationalMechanism:
    """The national mechanism for implementation, reporting and follow-up."""

    names: Names
    acronym: str | None
    attached_to: Names
    instrument: str | None
    instrument_year: int | None


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a State. ``nhri`` is the code of the institution that is the NHRI.

    ``treaties_known`` is False when the sources do not cover the State: an empty list of
    treaties then says nothing. ``complete`` is False for a minimal profile.
    """

    state: str
    names: Names
    formal_names: Names
    languages: tuple[Language, ...]
    treaties: tuple[TreatyInForce, ...]
    treaties_known: bool
    complete: bool
    national_mechanism: NationalMechanism | None = None
    nhri: str | None = None
    reviews: tuple[Review, ...] = ()
    concluding_observations: tuple[ConcludingObservations, ...] = ()
    visits: tuple[Visit, ...] = ()
    institutions: tuple[Institution, ...] = ()
    axes: tuple[Axis, ...] = ()
    programmes: tuple[Programme, ...] = ()
    regions: tuple[Region, ...] = ()
    note: str | None = None


def available_profiles() -> tuple[str, ...]:
    """Codes of the States that have a profile of their own."""
    folder = resources.files("tawsiya.mechanisms.reference").joinpath("profiles")
    found = (entry.name for entry in folder.iterdir() if entry.name.endswith(".json"))
    return tuple(sorted(name.removesuffix(".json") for name in found))


def load_profile(iso3: str) -> Profile:
    """Profile of the State of that alpha-3 code, complete or minimal.

    Raises KeyError for a code that is no State's.
    """
    state = states.get(iso3)
    if iso3 in available_profiles():
        return _from_data(read(f"profiles/{iso3}.json"))
    status = ratifications(iso3)
    years = sorted(status.years.items()) if status else []
    return Profile(
        state=iso3,
        names=dict(state.names),
        formal_names=dict(state.formal_names),
        languages=tuple(Language(code=code, locale=code, status="available") for code in ("ar", "en", "fr")),
        treaties=tuple(TreatyInForce(code, year, None) for code, year in years),
        treaties_known=status is not None,
        complete=False,
    )


def _from_data(data: dict[str, Any]) -> Profile:
    return Profile(
        state=data["state"],
        names=names_of(data["names"]),
        formal_names=names_of(data["formal_names"]),
        languages=tuple(Language(**row) for row in data["languages"]),
        treaties=tuple(TreatyInForce(**row) for row in data["treaties"]),
        treaties_known=True,
        complete=True,
        national_mechanism=_national_mechanism(data["national_mechanism"]),
        nhri=data["nhri"],
        reviews=tuple(_review(row) for row in data["reviews"]),
        concluding_observations=tuple(
            ConcludingObservations(**row) for row in data["concluding_observations"]
        ),
        visits=tuple(Visit(**_named(row)) for row in data["visits"]),
        institutions=tuple(Institution(**_named(row)) for row in data["institutions"]),
        axes=tuple(_axis(row) for row in data["axes"]),
        programmes=tuple(_programme(row) for row in data["programmes"]),
        regions=tuple(Region(**_named(row)) for row in data["regions"]),
        note=data["note"],
    )


def _named(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "names": names_of(row["names"])}


def _national_mechanism(row: dict[str, Any]) -> NationalMechanism:
    return NationalMechanism(**{**_named(row), "attached_to": names_of(row["attached_to"])})


def _review(row: dict[str, Any]) -> Review:
    outcome = row["outcome"]
    return Review(
        **{
            **row,
            "documents": tuple(ReviewDocument(**document) for document in row["documents"]),
            "outcome": ReviewOutcome(**{**outcome, "grades": dict(outcome["grades"] or {})})
            if outcome
            else None,
        }
    )


def _axis(row: dict[str, Any]) -> Axis:
    return Axis(
        code=row["code"],
        names=names_of(row["names"]),
        short_names=names_of(row.get("short_names", {})),
        sub_axes=tuple(SubAxis(sub["code"], names_of(sub["names"])) for sub in row["sub_axes"]),
    )


def _programme(row: dict[str, Any]) -> Programme:
    return Programme(**{**_named(row), "axes": tuple(_axis(axis) for axis in row["axes"])})
