"""Long reports written for tests and benchmark: every State's name in every form of list, in three languages."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle, islice, product

from tawsiya.mechanisms import states
from tests.intake.readers.upr.texts import ARABIC, ENGLISH, FRENCH, Block

_REPORTS = {"en": ENGLISH, "fr": FRENCH, "ar": ARABIC}
_ACTIONS = {
    "en": (
        "Continue to build",
        "Open, by 2030, more",
        "Repair at least 12.5 per cent of the",
        "Consider opening",
    ),
    "fr": (
        "Continuer de construire",
        "Ouvrir, d’ici à 2030, davantage de",
        "Réparer au moins 12,5 % des",
        "Envisager d’ouvrir plusieurs",
    ),
    "ar": (
        "مواصلة بناء",
        "العمل بحلول عام 2030 على فتح",
        "إصلاح 12.5 في المائة على الأقل من",
        "النظر في فتح",
    ),
}
_THINGS = {
    "en": (
        "schools (including those in the mountains) for girls and boys, and train their teachers",
        "libraries, in line with recommendation 1 of the Council of Elders (CoE), article 7 (b)",
        "bridges, roads and harbours; and publish what they cost, as decided in 2017",
        "hospitals in all provinces, so that nobody needs to walk for more than one hour",
        "courts, in order to shorten the time that people wait for a judgment",
    ),
    "fr": (
        "écoles (y compris celles de la montagne) pour les filles et les garçons, et former les maîtres",
        "bibliothèques, conformément à la recommandation 1 du Conseil des anciens (CA), article 7 b)",
        "ponts, routes et ports ; et publier ce qu’ils coûtent, comme décidé en 2017",
        "hôpitaux dans toutes les provinces, pour que nul n’ait à marcher plus d’une heure",
        "tribunaux, afin de raccourcir l’attente des jugements",
    ),
    "ar": (
        "المدارس (بما فيها مدارس الجبال) للفتيات والفتيان، وتدريب معلميها",
        "المكتبات، وفقاً للتوصية 1 لمجلس الحكماء والمادة 7 (ب) من القانون",
        "الجسور والطرق والموانئ؛ ونشر تكاليفها كما تقرر في عام 2017",
        "المستشفيات في جميع الأقاليم كي لا يضطر أحد إلى السير أكثر من ساعة",
        "المحاكم من أجل تقصير المدة التي ينتظر فيها الناس صدور الأحكام",
    ),
}
_COUNTS = (1, 1, 2, 1, 3, 1, 5)
_PLAIN = {
    "en": "Morocco spoke of its schools, of its roads and of what it had done since 2017.",
    "fr": "Le Maroc a parlé de ses écoles, de ses routes et de ce qu’il avait fait depuis 2017.",
    "ar": "تحدث المغرب عن مدارسه وطرقه وعما أنجزه منذ عام 2017.",
}
PARAGRAPHS = 20
"""Paragraphs of the summary before the lists."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a recommendation must give."""

    text: str
    states: tuple[str, ...]
    position: str | None


def report(language: str) -> tuple[list[Block], dict[str, Wanted]]:
    """The blocks of a report, and what its recommendations are by number; every State recommends."""
    given = _REPORTS[language]
    blocks: list[Block] = [block for block in given if block[0] == "front"]
    blocks.append(next(block for block in given if block[0] == "heading"))
    blocks.append(("main", "1", next(block[2] for block in given if block[0] == "main")))
    blocks += [("main", str(n), _PLAIN[language]) for n in range(2, PARAGRAPHS + 1)]
    headings = [block for block in given if block[0] == "heading"]
    blocks.append(next(h for h in headings if "onclusion" in h[1] or "الاستنتاجات" in h[1]))
    wanted: dict[str, Wanted] = {}
    texts = cycle(f"{action} {thing}" for action, thing in product(_ACTIONS[language], _THINGS[language]))
    codes = iter([state.iso3 for state in states.all_states()])
    counts = cycle(_COUNTS)
    number = PARAGRAPHS
    leads = [block[2] for block in given if block[0] == "main" and block[2].endswith(":")]
    leads = [lead for lead in leads if _position(lead) != "none"]
    share = len(states.all_states()) // len(leads) + 1
    for lead in leads:
        number += 1
        blocks.append(("main", str(number), lead))
        left = list(islice(codes, share))
        item = 0
        while left:
            item += 1
            named, left = left[: (count := next(counts))], left[count:]
            text = next(texts)
            blocks.append(("item", f"{number}.{item}", f"{text} {_bracketed(named, language, item)}"))
            position = _position(lead)
            wanted[f"{number}.{item}"] = Wanted(text, tuple(named), None if position == "later" else position)
    return blocks, wanted


def _bracketed(codes: list[str], language: str, item: int) -> str:
    """The States one by one in brackets, or together in one; and what ends the item."""
    names = [states.name(code, language) for code in codes]
    end = {"en": ";", "fr": " ;", "ar": "؛"}[language]
    if item % 3:
        return " ".join(f"({name})" for name in names) + end
    return f"({('، ' if language == 'ar' else ', ').join(names)}){end}"


def _position(lead: str) -> str:
    """What the introductions of :mod:`texts` say, by words written down here; "none" for others."""
    for words, position in _SAYING.items():
        if words in lead:
            return position
    return "none"


_SAYING = {
    "will be examined": "later",
    "seront examinées": "later",
    "سينظر": "later",
    "did not enjoy": "noted",
    "n’ont pas recueilli": "noted",
    "notées par": "noted",
    "لم تحظ": "noted",
    "أحاط": "noted",
    "enjoy the support": "supported",
    "recueillent": "supported",
    "تحظى بتأييده": "supported",
}
