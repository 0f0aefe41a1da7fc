"""To whom a special procedure speaks: the Government, the United Nations, the international community …

The addressee is given in the document's own words, as far as it is one of those that such reports
address; a heading may say it for a whole section, an introduction for the list under it.
"""

from __future__ import annotations

import re

from tawsiya.intake.readers.folding import one_line

_ENGLISH = (
    r"(?:the )?(?:Federal |national |Royal |transitional |local |State |provincial |regional )*"
    r"(?:Government|Governments|Authorities|Parliament|Congress|Legislature|National Assembly|judiciary|"
    r"State party|State|"
    r"States|Ministry of [A-Z][\w, ]+?|Ombudsman|Kingdom)(?:s)?(?: of (?:the )?[A-Z][\w’'-]+(?: (?:and |of |"
    r"the )?[A-Z][\w’'-]+)*)?"
    r"|(?:the )?(?:international (?:community|donor community)|donor (?:community|countries|States)|donors|"
    r"United Nations(?: (?:country team|system|agencies|entities))?|Human Rights Council|Security Council|"
    r"third (?:States|countries)|Member States|other States|European Union|African Union|"
    r"World Bank|international (?:financial institutions|organizations|partners)|"
    r"Office of the (?:United Nations )?High Commissioner for (?:Human Rights|Refugees))"
    r"|(?:the )?(?:civil society(?: organizations)?|non-governmental organizations|business(?:es|"
    r" enterprises|"
    r" sector)?|companies|private sector|media|national human rights institutions?|"
    r"National Human Rights (?:Commission|"
    r"Council|Institution)|religious leaders|trade unions|political parties|academic institutions|lawyers|"
    r"bar associations?)"
)
_FRENCH = (
    r"(?:le |la |les |l[’']|au |aux |à la |à l[’'])(?:Gouvernement|gouvernements?|autorités|Parlement|"
    r"État partie|État|États|"
    r"communauté internationale|Nations Unies|organismes des Nations Unies|équipe de pays des Nations Unies|"
    r"Conseil des droits de l[’']homme|donateurs|bailleurs de fonds|société civile|"
    r"organisations de la société civile|"
    r"organisations non gouvernementales|entreprises|secteur privé|médias|"
    r"institution nationale des droits de l[’']homme|"
    r"Conseil national des droits de l[’']homme|Haut-Commissariat[\w’' ]*)"
)
_ARABIC = (
    r"(?:ل|ب|إلى )?(?:الحكومة|حكومة [\u0621-\u064a]+|للحكومة|السلطات|الدولة الطرف|الدولة|البرلمان|"
    r"المجتمع الدولي|للمجتمع الدولي|"
    r"الأمم المتحدة|للأمم المتحدة|منظومة الأمم المتحدة|مجلس حقوق الإنسان|الجهات المانحة|المجتمع المدني|"
    r"للمجتمع المدني|"
    r"منظمات المجتمع المدني|المنظمات غير الحكومية|الشركات|مؤسسات الأعمال|القطاع الخاص|وسائط الإعلام|"
    r"المؤسسة الوطنية لحقوق الإنسان|المجلس الوطني لحقوق الإنسان)"
)
_NAMED = re.compile(rf"\b(?:{_ENGLISH}|{_FRENCH}|{_ARABIC})(?!\w)")
_ASKED = re.compile(
    r"\b(?:recommends?|recommendations?|urges?|encourages?|calls? (?:up)?on|invites?|requests?|asks?|"
    r"advises?|suggests?|"
    r"appeals?|recommande(?:nt)?|recommandations?|engage|exhorte|encourage|invite|prie|demande|appelle)\b|"
    r"[وي]?[تي]وصي|توصيات|[تي]حث|[تي]شجع|[تي]دعو|[تي]طلب|[تي]ناشد",
    re.IGNORECASE,
)
_SHOULD = re.compile(r"\b(?:should|must|devraient|devrait|doit|doivent)\b|ينبغي|يجب")
_NEAR = 140
_TO = re.compile(r"^(?:the |le |la |les |l[’']|au |aux |à la |à l[’']|إلى )", re.IGNORECASE)


def addressee_in(text: str) -> str | None:
    """Whom a sentence or heading addresses, in its own words without article; None if it does not say."""
    line = one_line(text)
    asked = _ASKED.search(line)
    if asked is not None:
        found = _NAMED.search(line, asked.end())
        if found is not None and found.start() - asked.end() < _NEAR:
            return _bare(found[0])
    should = _SHOULD.search(line)
    if should is not None:
        before = list(_NAMED.finditer(line, 0, should.start()))
        after = (
            _NAMED.search(line, should.end())
            if line[should.start() : should.end()] in ("ينبغي", "يجب")
            else None
        )
        chosen = after or (before[-1] if before else None)
        if chosen is not None:
            return _bare(chosen[0])
    return None


def addressee_of_heading(heading: str) -> str | None:
    """Whom the recommendations under a heading address: "To the Government", "B. International community"."""
    found = _NAMED.search(heading)
    if found is None or len(heading) > _NEAR:
        return None
    rest = re.sub(r"^(?:[IVX]+|[A-Z]|\d+)\s?[.)]\s*", "", heading[: found.start()]).strip()
    if re.fullmatch(
        r"(?:(?:recommendations?|recommandations?|توصيات)\s*)?(?:(?:addressed |adressées |موجهة )?"
        r"(?:to|for|à|pour|إلى)?)?(?: the)?",
        rest,
        re.IGNORECASE,
    ):
        return _bare(found[0])
    return None


def _bare(name: str) -> str:
    plain = _TO.sub("", name.strip())
    if plain.startswith("لل"):
        plain = f"ال{plain[2:]}"
    return plain
