"""An annotation as a line of PostgreSQL's COPY, and the fingerprint by which it is known again."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b

from tawsiya.analysis.world_columns import COLUMNS
from tawsiya.core.text import ANALYSIS_VERSION, Language
from tawsiya.core.text.bulk import BulkAnalyser
from tawsiya.intake.readers.uhri.annotation import READER_VERSION, Annotation

NULL = "\\N"
_HEX = re.compile(r"[0-9a-fA-F]{32}")
_KEY = f"tawsiya {READER_VERSION}.{ANALYSIS_VERSION}".encode()
_MAX_INDEXED = 50_000
"""Characters of a text that enter the index; the vector of longer ones could outgrow its type."""


def fingerprint(raw: str) -> int:
    """64 bits of a record's JSON as written, signed; other versions of reader or analysis give others."""
    digest = blake2b(raw.encode("utf-8", "replace"), digest_size=8, key=_KEY).digest()
    return int.from_bytes(digest, "big", signed=True)


def identifier(external_id: str) -> str | None:
    """A GUID as 32 hexadecimal figures; None for what is none."""
    plain = external_id.replace("-", "").strip("{} ")
    return plain.lower() if _HEX.fullmatch(plain) else None


class Lines:
    """Writes annotations as lines; keeps what the texts' words stand for."""

    def __init__(self) -> None:
        self._analysers: dict[Language, BulkAnalyser] = {}

    def line(self, made: Annotation, identity: str, digest: int) -> str:
        """One line in the order of `COLUMNS`, its end included."""
        written = made.language if made.language in ("ar", "fr") else "en"
        text, heading = _escaped(made.text), _escaped(made.heading)
        published = made.published_on
        values = (
            identity,
            _escaped(made.symbol),
            made.body,
            _array(made.states),
            _array(made.states_as_written),
            made.kind,
            made.paragraph[:20],
            heading,
            text,
            made.language,
            made.document_type,
            published.isoformat() if published else NULL,
            str(published.year) if published else NULL,
            _array(made.themes),
            _array(made.persons),
            _array(made.sdgs),
            str(made.cycle) if made.cycle else NULL,
            str(made.session) if made.session else NULL,
            made.position,
            _array(made.recommending_states),
            str(made.filled),
            str(digest),
            str(ANALYSIS_VERSION),
            self._vector(f"{made.heading} {made.text}"[:_MAX_INDEXED], written),  # type: ignore[arg-type]
        )
        return "\t".join(values) + "\n"

    def _vector(self, text: str, language: Language) -> str:
        analyser = self._analysers.get(language)
        if analyser is None:
            analyser = self._analysers[language] = BulkAnalyser(language)
        return _escaped(analyser.vector(text))


assert len(COLUMNS) == 24


@lru_cache(maxsize=20_000)
def _array(values: tuple[str, ...]) -> str:
    """The literal of an array of texts, escaped for COPY."""
    quoted = ",".join('"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' for value in values)
    return _escaped("{" + quoted + "}")


def _escaped(text: str) -> str:
    """Texts hold no control characters (`wording.clean`); labels are checked all the same."""
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    if text.isprintable():
        return text
    return text.replace("\t", " ").replace("\n", " ").replace("\r", " ").replace("\x00", "")
