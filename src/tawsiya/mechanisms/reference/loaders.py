"""Typed reading of the reference data files beside this module.

Pure functions: no Django, no database. Every loader is cached and returns immutable records.
``Names`` maps a language to a label; a language whose official label is not known is absent
and is shown as missing, never replaced by an invention.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, TypeVar

Names = dict[str, str]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A UN mechanism. ``kind``: upr, treaty_body or special_procedure.

    ``uhri_label`` is its label in the Universal Human Rights Index ("SR Torture");
    ``treaties`` are the codes of the instruments a treaty body monitors.
    """

    code: str
    kind: str
    names: Names
    uhri_label: str
    aliases: tuple[str, ...]
    treaties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Treaty:
    """A core instrument. Dates are ISO 8601; ``parent`` is the treaty a protocol belongs to."""

    code: str
    names: Names
    adopted: str
    in_force: str
    body: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Ratifications:
    """Status of one State: instrument → year (None: party, year unknown).

    ``signed``: signed, not ratified. ``unknown``: the source says nothing. Every other
    instrument was not acted upon at the date of :func:`ratifications_as_of`.
    """

    years: dict[str, int | None]
    signed: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Goal:
    """A Sustainable Development Goal with its short title."""

    code: str
    names: Names


@dataclass(frozen=True, slots=True)
class Target:
    """A target of a goal: its code only ("16.2", "16.a")."""

    code: str
    goal: str


@dataclass(frozen=True, slots=True)
class Term:
    """A label of a vocabulary (theme, affected persons). ``aliases``: older labels.

    ``attested_in`` names the kinds of documents in which the English label was seen.
    """

    slug: str
    names: Names
    aliases: tuple[str, ...]
    attested_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade of a body's follow-up scale."""

    code: str
    names: Names


@dataclass(frozen=True, slots=True)
class FollowUpRule:
    """How a treaty body follows up its observations.

    ``deadline_months`` lists the possible deadlines in months after adoption; ``items_min``
    and ``items_max`` count ``item_unit`` s; the validity dates are None where unknown, and
    ``sequence`` then gives the order of the rules of one body. ``confirmed`` is False until
    a primary source was seen; ``to_check`` names the doubtful fields.
    """

    id: str
    body: str
    items_min: int | None
    items_max: int | None
    item_unit: str
    deadline_months: tuple[int, ...]
    grades: tuple[Grade, ...]
    implementation_plan: bool
    valid_from: str | None
    valid_to: str | None
    sequence: int
    current: bool
    confirmed: bool
    to_check: tuple[str, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class ReportRule:
    """Limits of a State's report: words, weeks before the session, months after the review.

    ``body`` None: every treaty body. ``source`` is the symbol of the resolution.
    """

    id: str
    kind: str
    body: str | None
    word_limit: int | None
    annex_counted: bool | None
    before_session_weeks: int | None
    after_review_months: int | None
    voluntary: bool
    valid_from: str | None
    valid_to: str | None
    source: str | None
    confirmed: bool


@dataclass(frozen=True, slots=True)
class CycleRule:
    """Months between two reviews by a body; ``simplified_procedure``: opt_out or None."""

    id: str
    body: str
    interval_months: int
    simplified_procedure: str | None
    valid_from: str | None
    valid_to: str | None
    confirmed: bool
    note: str | None


@cache
def read(name: str) -> Any:
    """The data file ``name`` of this package. Raises FileNotFoundError if there is none."""
    path = resources.files("tawsiya.mechanisms.reference").joinpath(name)
    return json.loads(path.read_text(encoding="utf-8"))


def names_of(value: dict[str, str | None]) -> Names:
    """The known labels of a JSON object of labels."""
    return {language: label for language, label in value.items() if label is not None}


@cache
def mechanisms() -> tuple[Mechanism, ...]:
    """The UPR, the ten treaty bodies and the thematic special procedures."""
    return tuple(
        Mechanism(
            code=row["code"],
            kind=row["kind"],
            names=names_of(row["names"]),
            uhri_label=row["uhri_label"],
            aliases=tuple(row["aliases"]),
            treaties=tuple(row["treaties"]),
        )
        for row in read("mechanisms.json")["mechanisms"]
    )


@cache
def treaties() -> tuple[Treaty, ...]:
    """The 18 core instruments, each convention before its protocols."""
    return tuple(
        Treaty(**{**row, "names": names_of(row["names"])}) for row in read("treaties.json")["treaties"]
    )


def ratifications_as_of() -> str:
    """Year and month of the ratification data ("2022-08")."""
    return str(read("ratifications.json")["as_of"])


def ratifications(iso3: str) -> Ratifications | None:
    """Status of a State, or None when the source does not cover it (observers)."""
    data = read("ratifications.json")
    if iso3 not in data["years"]:
        return None
    return Ratifications(
        years=dict(data["years"][iso3]),
        signed=tuple(data["signatories"].get(iso3, ())),
        unknown=tuple(data["unknown"].get(iso3, ())),
    )


@cache
def goals() -> tuple[Goal, ...]:
    """The 17 goals in order."""
    return tuple(Goal(r["code"], names_of(r["names"])) for r in read("sdg.json")["goals"])


@cache
def targets() -> tuple[Target, ...]:
    """The 169 targets in the order of the framework: figures first, then letters."""
    return tuple(Target(r["code"], r["goal"]) for r in read("sdg.json")["targets"])


def _terms(name: str) -> tuple[Term, ...]:
    return tuple(
        Term(
            row["slug"],
            names_of(row["names"]),
            tuple(row["aliases"]),
            tuple(row["attested_in"]),
        )
        for row in read(name)["terms"]
    )


@cache
def themes() -> tuple[Term, ...]:
    """Themes of the Universal Human Rights Index, in slug order."""
    return _terms("themes.json")


@cache
def affected_persons() -> tuple[Term, ...]:
    """Groups of affected persons of the Universal Human Rights Index, in slug order."""
    return _terms("affected_persons.json")


@cache
def follow_up_rules() -> tuple[FollowUpRule, ...]:
    """Follow-up rules of the treaty bodies, past and present."""
    return tuple(
        FollowUpRule(
            **{
                **row,
                "deadline_months": tuple(row["deadline_months"]),
                "to_check": tuple(row["to_check"]),
                "grades": tuple(
                    Grade(grade["code"], names_of(grade["names"] or {})) for grade in row["grades"]
                ),
            }
        )
        for row in read("follow_up_rules.json")["follow_up"]
    )


@cache
def report_rules() -> tuple[ReportRule, ...]:
    """Limits of the reports of a State."""
    return tuple(ReportRule(**row) for row in read("follow_up_rules.json")["reports"])


@cache
def cycle_rules() -> tuple[CycleRule, ...]:
    """Intervals between two reviews."""
    return tuple(CycleRule(**row) for row in read("follow_up_rules.json")["cycles"])


@cache
def report_steps() -> tuple[str, ...]:
    """Steps of a report in order of time; planning goes through them backwards."""
    return tuple(read("follow_up_rules.json")["report_steps"])


def _label_key(label: str) -> str:
    """A label without the list dash, stray blanks, case, or typographic apostrophes."""
    text = unicodedata.normalize("NFKC", label).replace("\u2019", "'").replace("\u2013", "-")
    return re.sub(r"\s+", " ", re.sub(r"^[\s*\-]+", "", text)).strip(" .;,").casefold()


def _lookup(records: Iterable[T], labels: Callable[[T], Iterable[str]]) -> dict[str, T]:
    found: dict[str, T] = {}
    for record in records:
        for label in labels(record):
            found.setdefault(_label_key(label), record)
    return found


@cache
def _mechanism_index() -> dict[str, Mechanism]:
    return _lookup(mechanisms(), lambda m: (m.code, m.uhri_label, *m.names.values(), *m.aliases))


def recognise_mechanism(label: str) -> Mechanism | None:
    """The mechanism a label names: "- CRC", "Human Rights Committee", "SR Torture"."""
    return _mechanism_index().get(_label_key(label))


def _find_term(label: str, index: dict[str, Term]) -> Term | None:
    key = _label_key(label)
    # Older lists put a code before the label: "A12 ", "12.4. ".
    bare = re.sub(r"^(?:[a-h]\d{1,2}|\d{1,2}(?:\.\d{1,2})?\.)\s+", "", key)
    return index.get(key) or index.get(bare)


@cache
def _theme_index() -> dict[str, Term]:
    return _lookup(themes(), lambda t: (t.slug, *t.names.values(), *t.aliases))


@cache
def _person_index() -> dict[str, Term]:
    return _lookup(affected_persons(), lambda t: (t.slug, *t.names.values(), *t.aliases))


def recognise_theme(label: str) -> Term | None:
    """The theme a label of any generation of the thesaurus names with certainty."""
    return _find_term(label, _theme_index())


def recognise_affected_persons(label: str) -> Term | None:
    """The group of persons a label names with certainty; "general" names none."""
    return _find_term(label, _person_index())


def recognise_sdg(label: str) -> str | None:
    """Code of the goal or target at the beginning of a label ("16.2 - End abuse…" → "16.2")."""
    match = re.match(r"[\s\-]*(?:SDG\s*)?(\d{1,2})(?:\.(\d{1,2}|[a-zA-Z]))?(?![\w.])", label)
    if match is None:
        return None
    goal, target = match.group(1).lstrip("0"), match.group(2)
    code = f"{goal}.{target.lower()}" if target else goal
    known = {g.code for g in goals()} | {t.code for t in targets()}
    return code if code in known else None


@cache
def sdg_indicator_codes() -> frozenset[str]:
    """The official codes of the global SDG indicators ("5.2.1")."""
    return frozenset(code for codes in read("sdg_indicators.json")["codes"].values() for code in codes)
