"""Reports of special procedures on visits: the chapter of recommendations, each with its addressee.

The report proper is kept paragraph by paragraph as ``other`` (or ``concern``), so that nothing of
the document is lost; in the chapter of conclusions and recommendations an introduction such as
"the Special Rapporteur recommends that the Government:" opens a list of items, or of paragraphs.
"""

from __future__ import annotations

import re

from tawsiya.intake.readers.folding import fold
from tawsiya.intake.readers.numbered import Entry, walk
from tawsiya.intake.readers.numbered_records import Judged, Named, file_warnings, language_of, records_of
from tawsiya.intake.readers.observations_kinds import CONCERN, OTHER, RECOMMENDATION, act_of, asks
from tawsiya.intake.readers.records import ReadResult
from tawsiya.intake.readers.upr_report_source import Source
from tawsiya.intake.readers.visit_addressees import addressee_in, addressee_of_heading
from tawsiya.intake.readers.visit_front import VisitFront

_RECOMMENDATIONS = re.compile(
    r"\brecommendations?\b|\brecommandations?\b|\brecomendaciones\b|توصيات|التوصيات"
)
_CONCLUSIONS = re.compile(r"\bconclu|استنتاج|ملاحظات ختاميه")
_OPENS_LIST = re.compile(r"[:：]\s*$")
_SPEAKS = re.compile(
    r"^(?:(?:\w+ ){0,12}?(?:special rapporteur|independent expert|working group|experts?|she|he|it)|"
    r"(?:\w+ ){0,12}?(?:rapporteure? speciale?|rapporteuse speciale|experte? independante?|"
    r"groupe de travail|elle|il)) "
    r"(?:\w+ ){0,2}?(?:is|was|has|notes|welcomes|thanks|commends|appreciates|acknowledges|recognizes|"
    r"wishes to thank|"
    r"observes|concludes|considers|believes|found|remains|expresses|note|salue|remercie|constate|reconnait|"
    r"estime|"
    r"considere|conclut|est|a|se felicite|tient a remercier)\b"
)
_RAPPORTEUR_ASKS = re.compile(
    r"(?:special rapporteur|independent expert|working group|subcommittee|rapporteure? speciale?|"
    r"rapporteuse speciale|"
    r"experte? independante?|groupe de travail) (?:\w+ ){0,2}?(?:recommends?|urges?|encourages?|"
    r"calls? (?:up)?on|"
    r"recommande|engage|exhorte|encourage|appelle|prie)\b|"
    r"(?:[تي]وصي|[تي]حث|[تي]دعو) (?:المقرر|المقرره|الخبير|الخبيره|الفريق)"
)
_PERSON_ASKS = re.compile(
    r"^(?:\w+ ){0,12}?(?:she|he|they|the experts?|elle|ils) (?:\w+ ){0,2}?(?:recommends?|urges?|encourages?|"
    r"calls? (?:up)?on|invites?|requests?|asks?|suggests?|recommande(?:nt)?|"
    r"encourage|invite|engage|exhorte|appelle)\b"
)


def read_visit(source: Source, front: VisitFront) -> ReadResult:
    """Every numbered paragraph and item; those of the recommendations with kind and addressee."""
    entries = walk(source.parts, damaged=source.damaged)
    named = Named(front.mechanism, front.symbol, front.info, language_of(entries), source.damaged)
    judge = _Judge(damaged=source.damaged)
    records = tuple(records_of(entries, named, judge))
    return ReadResult(front.info, records, (*front.warnings, *file_warnings(entries, source)))


class _Judge:
    """Gives entries kind and addressee in order, remembering which introduction holds."""

    def __init__(self, *, damaged: bool) -> None:
        self._damaged = damaged
        self._found: dict[int, Judged] = {}
        self._list: Judged | None = None
        self._headings: tuple[str, ...] = ()

    def __call__(self, entry: Entry) -> Judged:
        if entry.headings != self._headings:
            self._headings, self._list = entry.headings, None
        judged = self._judge(entry)
        self._found[id(entry)] = judged
        return judged

    def _judge(self, entry: Entry) -> Judged:
        if entry.annex:
            return Judged(OTHER)
        if entry.lead is not None:
            upper = self._found[id(entry.lead)]
            own = upper.kind != RECOMMENDATION and self._in_chapter(entry) and asks(entry.text)
            kind = RECOMMENDATION if own else upper.kind
            return Judged(
                kind, upper.addressee or (addressee_in(entry.text) if kind == RECOMMENDATION else None)
            )
        if not self._in_chapter(entry):
            return self._in_body(entry)
        return self._in_recommendations(entry)

    def _in_chapter(self, entry: Entry) -> bool:
        return any(_RECOMMENDATIONS.search(fold(heading)) for heading in entry.headings)

    def _in_body(self, entry: Entry) -> Judged:
        if _RAPPORTEUR_ASKS.search(fold(entry.text)):
            return Judged(RECOMMENDATION, addressee_in(entry.text))
        kind = act_of(entry.text, among_concerns=False, damaged=self._damaged).kind
        return Judged(CONCERN if kind == CONCERN else OTHER)

    def _in_recommendations(self, entry: Entry) -> Judged:
        headed = next((a for h in reversed(entry.headings) if (a := addressee_of_heading(h))), None)
        folded = fold(entry.text)
        speaks = _SPEAKS.match(folded) is not None
        asking = asks(entry.text, damaged=self._damaged) or _PERSON_ASKS.search(folded) is not None
        addressee = (addressee_in(entry.text) if asking else None) or headed
        if asking or (_OPENS_LIST.search(entry.text) and _RECOMMENDATIONS.search(folded)):
            judged = Judged(RECOMMENDATION, addressee or (self._list.addressee if self._list else None))
            if _OPENS_LIST.search(entry.text):
                self._list = judged
            return judged
        if self._list is not None and not speaks:
            return self._list
        pure = any(_is_pure(heading) for heading in entry.headings)
        if (pure or headed) and not speaks:
            return Judged(RECOMMENDATION, addressee)
        kind = act_of(entry.text, among_concerns=False, damaged=self._damaged).kind
        return Judged(CONCERN if kind == CONCERN else OTHER)


def _is_pure(heading: str) -> bool:
    """Whether a heading announces recommendations without conclusions."""
    folded = fold(heading)
    return _RECOMMENDATIONS.search(folded) is not None and _CONCLUSIONS.search(folded) is None
