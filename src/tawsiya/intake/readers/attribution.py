"""Which States recommend: the names in brackets after a text, or in a column of their own.

A bracket names States where it stands at the end of the text, or before a semicolon that
separates two recommendations joined in one paragraph. Every other bracket belongs to the text
("(ICPPED)", "(arts. 21 and 22)").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tawsiya.intake.readers.brackets import Group, groups, unclosed
from tawsiya.intake.readers.folding import one_line
from tawsiya.intake.readers.messages import Params
from tawsiya.intake.readers.names import (
    Names,
    looks_like_name,
    read_names,
    suggestions,
    united,
)
from tawsiya.intake.readers.records import ReaderWarning

_BETWEEN_GROUPS = re.compile(r"[\s;,.&/|:،؛]*(?:(?:and|et|y|و)\b)?[\s;,.:،؛]*", re.IGNORECASE)
_JOIN = re.compile(r"\s*(?:[;؛]|\.(?=\s))\s*")
_NAMES = re.compile(r"(?:\([^()]+\)[ ;,.]{0,4})+")
_INNER = re.compile(r"\(([^()]+)\)")
_SEPARATORS = " ;,:،؛"
_AFTER_STATES = _SEPARATORS + ".&/|"
_MAX_OPENED = 10
"""Words looked at before a closing bracket that was never opened."""
_MAX_BETWEEN = 20
"""Characters between two brackets of one list; more is text."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """The text without States, the States, and what a person should look at."""

    text: str
    states: tuple[str, ...]
    unrecognised: tuple[str, ...]
    warnings: tuple[ReaderWarning, ...]


@dataclass(frozen=True, slots=True)
class _Span:
    """A stretch of the text that names States; from ``start`` to ``end``, brackets included.

    ``inside``: the sentence goes on after it.
    """

    start: int
    end: int
    names: Names
    inside: bool = False


def attribute(
    text: str, column: Sequence[str] | None = None, *, inside: bool = False, reviewed: str | None = None
) -> Attribution:
    """Separate the States from ``text``.

    ``column`` holds the lines of a column of States where the table has one: its names decide
    what is a State, and are united with those in brackets. With ``inside``, brackets within a
    sentence that hold nothing but States name who recommends that part of it, as in reports of
    the Working Group ("Ratify (Spain) or consider ratifying (Chile) the Statute"); a lone name of
    the State ``reviewed`` (ISO3) and abbreviations do not.
    """
    if not column and (plain := _plain(text)) is not None:
        return plain
    warnings: list[ReaderWarning] = []
    listed = read_names(column) if column else None
    known = frozenset(listed.unrecognised) if listed else frozenset()
    text, repaired = _repaired(text)
    chains = _chains(text)
    spans, odd = _spans(text, chains, known, has_column=bool(listed and listed.any))
    if inside and len(chains) > len(spans):
        spans, odd = _with_inside(chains, spans, odd, reviewed)
    bracketed = Names.union([span.names for span in spans])
    warnings += odd
    if repaired:
        warnings.append(ReaderWarning("unbalanced_brackets", {"name": repaired}))
    found = bracketed if listed is None else united(listed, bracketed)
    warnings += _differences(listed, bracketed)
    warnings += _name_warnings(found)
    stripped, parts = _without(text, spans)
    if len(parts) > 1:
        shown = tuple(f"{part} ({'; '.join(names.written)})" for part, names in parts)
        warnings.append(ReaderWarning("several_recommendations", {"parts": shown}))
    if not found.any:
        warnings.append(ReaderWarning("no_recommending_state"))
    return Attribution(stripped, found.states, found.unrecognised, tuple(warnings))


def _plain(text: str) -> Attribution | None:
    """The commonest form at once: "text (State) (State);" with no other bracket; None for any other."""
    opened = text.find("(")
    if opened < 0 or _NAMES.fullmatch(text, opened) is None or text.find(")", 0, opened) >= 0:
        return None
    if "\uff08" in text or "\uff09" in text:
        return None
    clean = _clean(text[:opened])
    named = [read_names((inner,)) for inner in _INNER.findall(text, opened)]
    if not clean or not all(n.states and not (n.unrecognised or n.respaced or n.on_behalf) for n in named):
        return None
    return Attribution(clean, Names.union(named).states, (), ())


def _repaired(text: str) -> tuple[str, str]:
    """``text`` with the closing bracket that "(Chile;" lacks, and the name it stands around."""
    start = unclosed(text)
    if start is None:
        return _opened(text)
    name = text[start + 1 :].rstrip(_AFTER_STATES)
    names = read_names([name])
    if not names.states or names.unrecognised:
        return text, ""
    return f"{text[:start]}({name});", name


def _opened(text: str) -> tuple[str, str]:
    """``text`` with the opening bracket that "rights Chile);" lacks, and the name it stands around."""
    bare = text.rstrip(_AFTER_STATES)
    if not bare.endswith(")") or any(group.end == len(bare) for group in groups(bare)):
        return text, ""
    words = bare[:-1].split(" ")
    for count in range(min(_MAX_OPENED, len(words) - 1), 0, -1):
        name = " ".join(words[-count:])
        names = read_names([name])
        if names.states and not names.unrecognised and "(" not in name and ")" not in name:
            return f"{' '.join(words[:-count])} ({name});", name
    return text, ""


def _spans(
    text: str, chains: list[list[Group]], known: frozenset[str], *, has_column: bool
) -> tuple[list[_Span], list[ReaderWarning]]:
    """The stretches that name States, and warnings on brackets that may or may not."""
    found: list[_Span] = []
    warnings: list[ReaderWarning] = []
    for chain in chains:
        names = [read_names([group.inner]) for group in chain]
        last = chain[-1].end
        at_end = not text[last:].strip(_AFTER_STATES)
        joined = _JOIN.match(text, last) is not None
        if not (at_end or joined):
            warnings += _inline(chain, names)
            continue
        first = _first_state(chain, names, known, lone_end=at_end and not has_column)
        if first is None:
            if at_end and not has_column:
                warnings.append(ReaderWarning("bracket_kept", {"name": chain[-1].inner}))
            continue
        warnings += [
            ReaderWarning("bracket_kept", {"name": group.inner})
            for group in chain[:first]
            if looks_like_name(group.inner)
        ]
        found.append(_Span(chain[first].start, last, Names.union(names[first:])))
    return found, warnings


def _with_inside(
    chains: list[list[Group]], spans: list[_Span], odd: list[ReaderWarning], reviewed: str | None
) -> tuple[list[_Span], list[ReaderWarning]]:
    """The spans with those within sentences, and the warnings that remain."""
    found = list(spans)
    taken: set[str] = set()
    for chain in chains:
        start, end = chain[0].start, chain[-1].end
        if any(span.start <= start < span.end or start <= span.start < end for span in spans):
            continue
        for group in chain:
            names = read_names([group.inner])
            if names.unrecognised or not names.states or names.states == (reviewed,):
                continue
            if group.inner.isupper():
                continue  # "the Democratic Republic of the Congo (DRC)"
            found.append(_Span(group.start, group.end, names, inside=True))
            taken.add(group.inner)
    found.sort(key=lambda span: span.start)
    codes = ("state_in_text", "bracket_kept")
    return found, [w for w in odd if w.code not in codes or w.params.get("name") not in taken]


def _chains(text: str) -> list[list[Group]]:
    """Bracket groups with nothing but separators between them, as chains."""
    chains: list[list[Group]] = []
    for group in groups(text):
        previous = chains[-1][-1].end if chains else -1
        near = group.start - previous <= _MAX_BETWEEN
        if chains and near and _BETWEEN_GROUPS.fullmatch(text, previous, group.start):
            chains[-1].append(group)
        else:
            chains.append([group])
    return chains


def _first_state(
    chain: list[Group], names: list[Names], known: frozenset[str], *, lone_end: bool
) -> int | None:
    """Index of the first group of a chain that names a State; those before belong to the text.

    A group that is no known State counts as one only if the States column has it, if it is
    nearly a State's name, or if, being all there is at the end of a text, it looks like a name.
    """
    for index, (group, read) in enumerate(zip(chain, names, strict=True)):
        if read.states or group.inner in known or one_line(group.inner) in known:
            return index
        if suggestions(group.inner) or read.on_behalf:
            return index
    if lone_end and looks_like_name(chain[-1].inner):
        return len(chain) - 1
    return None


def _inline(chain: list[Group], names: list[Names]) -> list[ReaderWarning]:
    return [
        ReaderWarning("state_in_text", {"name": group.inner})
        for group, read in zip(chain, names, strict=True)
        if read.states and not read.unrecognised
    ]


def _without(text: str, spans: list[_Span]) -> tuple[str, list[tuple[str, Names]]]:
    """``text`` without the spans, its parts joined by "; "; and each part with its States."""
    parts: list[tuple[str, Names]] = []
    stripped = ""
    position = 0
    glue = ""
    for span in spans:
        part = _clean(text[position : span.start])
        if part:
            parts.append((part, span.names))
            stripped = f"{stripped}{glue}{part}" if stripped else part
        elif parts:
            parts[-1] = (parts[-1][0], Names.union([parts[-1][1], span.names]))
        glue = _glue(text, span)
        position = span.end
    rest = _clean(text[position:])
    if rest:
        stripped = f"{stripped}{glue}{rest}" if stripped else rest
    return stripped, parts


def _glue(text: str, span: _Span) -> str:
    """What joins the parts around a span: the sentence's own comma or blank, else a semicolon."""
    if not span.inside:
        return "; "
    following = text[span.end : span.end + 1]
    return f"{following} " if following in (",", "،", ":") else " "


def _clean(piece: str) -> str:
    bare = one_line(piece).rstrip(_SEPARATORS).lstrip(_SEPARATORS + ".")
    return "" if bare == "." else bare


def _differences(listed: Names | None, bracketed: Names) -> list[ReaderWarning]:
    if listed is None or not listed.any or not bracketed.any:
        return []
    names = sorted(set(listed.states) ^ set(bracketed.states))
    return [ReaderWarning("states_differ", {"names": tuple(names)})] if names else []


def _name_warnings(names: Names) -> list[ReaderWarning]:
    warnings = [
        ReaderWarning("state_spacing", {"name": written, "state": code}) for written, code in names.respaced
    ]
    for name in names.unrecognised:
        near = suggestions(name)
        if near:
            params: Params = {"name": name, "suggestions": near}
            warnings.append(ReaderWarning("state_suggested", params))
        else:
            warnings.append(ReaderWarning("state_unrecognised", {"name": name}))
    return warnings
