"""The words by which committees ask and worry, folded, in English, French, Arabic and Spanish.

Each pattern is looked for in text as :func:`folding.fold` makes it. Verbs that are nouns or
ordinary words too ("requests", "demande", "تدعو") count only beside the committee that speaks or
the State spoken to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


_ASIDES_EN = (
    r"(?:also|further|furthermore|again|once|more|therefore|thus|strongly|particularly|in|particular|"
    r"additionally|moreover|accordingly|hence|finally|and|likewise|similarly|especially|firmly|"
    r"urgently|respectfully|nevertheless|however|consequently|specifically|kindly|would|instead)"
)
_ADDRESSED_EN = (
    r"(?:(?:the |all |its |that the )?(?:state|states|federal|government|authorities|parliament|parties|"
    r"competent|relevant|ministry|ministries|delegation|stakeholders)|that|it to|them to)"
)
_SPEAKER_EN = r"(?:(?:sub)?committee|rapporteurs?|experts?|working group)"
_SOFTLY_EN = r"(?:urgently |strongly |also |further |therefore |thus |hereby |kindly |once |again |and )*"

_ASK_EN = (
    r"(?<!\bwhich )\b(?:recommends|exhorts|implores|beseeches)\b",
    (
        r"\bit (?:is|was) (?:also |further |therefore |strongly )*(?:recommended|suggested|proposed) (?:that|"
        r"to)\b"
    ),
    (
        rf"\b{_SPEAKER_EN} (?:{_ASIDES_EN} )*(?:recommend|urges?|encourages?|calls?|invites?|requests?|"
        r"suggests?|advises?|asks?|appeals?|proposes?|entreats?|advocates?)\b"
    ),
    (
        rf"\bit (?:{_ASIDES_EN} )*(?:urges|encourages|calls (?:up)?on|calls for|invites|requests|suggests|"
        rf"advises|"
        r"asks|appeals)\b"
    ),
    (
        rf"\b(?:urges|encourages|invites|requests|suggests|advises|asks|proposes|reminds|presses) "
        rf"(?:{_ASIDES_EN} )*{_ADDRESSED_EN}\b"
    ),
    (
        r"\bcalls (?:\w+ )?(?:up)?on (?:\w+ )?(?:state|states|government|authorities|parliament|it|all|"
        r"parties)\b"
    ),
    r"\b(?:appeals|addresses an? (?:urgent )?appeal) to\b",
    (
        r"\b(?:reiterates|renews|repeats|reaffirms|restates)(?: \w+){0,2} "
        r"(?:previous |earlier |former |prior )?"
        r"(?:recommendations?|requests?|calls?|appeals?|invitations?|suggestions?)\b"
    ),
    (
        r"\b(?:would like|wishes|would wish) (?:to )?(?:be (?:provided|informed)|receive|obtain|encourage|"
        r"recommend|"
        r"invite|suggest|request|urge)\b"
    ),
    r"\bwould (?:appreciate receiving|appreciate it|welcome receiving|welcome information|be grateful)\b",
    r"\bdraws?(?: \w+){0,6} attention(?: \w+){0,6} (?:recommendations?|paragraphs?|importance|need|urgent)\b",
    r"\b(?:state|states) part(?:y|ies)(?: \w+){0,2}? should\b",
    r"\b(?:state party|states parties) (?:\w+ )?(?:must|ought to|needs to)\b",
    (
        r"\b(?:government|authorities|measures|steps|efforts|it) (?:also |further |therefore |"
        r"in particular )*should\b"
    ),
    (
        rf"\b(?:state party|states parties|government|authorities|it|they) (?:is|are) {_SOFTLY_EN}"
        r"(?:encouraged|urged|invited|requested|recommended|called (?:up)?on|asked|advised|reminded)\b"
    ),
    r"\bis (?:encouraged|urged|invited|requested) (?:to|by the committee)\b",
    r"\b(?:is|will be) expected to (?:submit|provide)\b",
    (
        r"\b(?:emphasis|emphasi[sz]es|stresses|underlines|underscores|insists) (?:\w+ ){0,3}"
        r"(?:need|necessity|importance) for the state party to\b"
    ),
)
_SOFT_EN = (
    r"\bshould\b",
    r"\brecalls (?:its|the) (?:previous |earlier |general )*recommendations? (?!no\b)",
    r"\b(?:committee|it) (?:\w+ )?(?:hopes?|trusts?|expects?|insists?|reminds?)\b",
    r"\bwould (?:appreciate|welcome)\b",
    (
        r"\b(?:stresses|underlines|underscores|emphasi[sz]es|highlights) (?:the |its |that )*"
        r"(?:urgent |critical |crucial )*(?:need|necessity|obligation|duty|importance) (?:\w+ ){0,3}"
        r"(?:for the state|of (?:ensuring|taking|adopting|strengthening|implementing|"
        r"all the recommendations)|to (?:ensure|take|adopt|strengthen))"
    ),
)

_CONCERN_EN = (
    (
        r"\b(?:is|are|remains?|was|being|deeply|seriously|gravely|particularly|further|also|still|equally|"
        r"again) (?:\w+ )?concerned\b"
    ),
    r"\bcommittee (?:\w+ ){0,5}concerned\b",
    r"\b(?:expresses|reiterates|shares|voices|raises|repeats|reaffirms)(?: \w+){0,4} concerns?\b",
    (
        r"\b(?:notes?|observes?|views?|noting|takes note|learns?) (?:\w+ ){0,8}?with (?:\w+ ){0,3}"
        r"(?:concern|regret|alarm|dismay|disappointment|apprehension)\b"
    ),
    r"\bwith (?:\w+ )?(?:deep |serious |grave |great |particular )?(?:concern|regret|alarm|dismay)\b",
    (
        r"\b(?:regrets?|deplores?|laments?|alarmed|disturbed|dismayed|disappointed|worried|troubled|appalled|"
        r"regrettable|regretful|preoccupied|perturbed|condemns)\b"
    ),
    r"\b(?:of|cause for|matter of|source of|is a) (?:\w+ )?concern\b|\bconcerns remain\b",
    r"\bconcerned (?:that|about|at|by|over)\b",
)


_MISSING_EN = (
    (
        r"\b(?:lacks?|absence|insufficient\w*|inadequate\w*|limited|however|but|nonetheless|nevertheless|"
        r"despite|although|remains?|still|only|low|not|no|few|fail\w*|without|weak\w*|difficult\w*|delay\w*|"
        r"discriminat\w+|violence|excessive\w*|barriers?|obstacles?|unable|poor|slow\w*|high (?:number|rate|"
        r"level))\b"
    ),
)

_ADVERBS_FR = (
    r"(?:vivement|instamment|egalement|aussi|en|outre|donc|a|nouveau|encore|fois|fermement|particulierement|"
    r"enfin|cependant|une|de|plus|par|consequent|ainsi|ailleurs|d|notamment|fortement|et|lui|leur|"
    r"l|les)"
)
_ADDRESSED_FR = (
    r"(?:(?:a|aux|au|l|le|les|que|qu) )*(?:etats?|gouvernement|autorites|parlement|parties|elle|il|ce|celui)"
)
_ASK_FR = (
    # Folded, "recommandé" is no other word.
    (
        r"(?<!que )(?<!comme )(?<!ete )(?<!\ba )(?<!avait )(?<!deja )(?<!ont )(?<!\best )"
        r"\brecommande(?:nt)?\b(?! (?:par|lors|dans|en \d))"
    ),
    (
        rf"\b(?:comite|sous comite|il|rapporteur|rapporteuse|experte?|groupe de travail) (?:{_ADVERBS_FR} )*"
        r"(?:recommande|engage|exhorte|encourage|invite|prie|demande|appelle|suggere|preconise|conseille|"
        r"incite|souhaiterait|aimerait|voudrait|propose|presse)\b"
    ),
    (
        rf"\b(?:prie|engage|exhorte|invite|encourage|demande|appelle|incite|presse|enjoint|suggere|conseille)"
        rf" (?:{_ADVERBS_FR} )*{_ADDRESSED_FR}\b"
    ),
    r"\bappelle (?:\w+ ){0,4}?l attention de l etat partie sur\b",
    (
        r"\b(?:renouvelle|reitere|reaffirme)(?: \w+){0,2} (?:precedentes? |anterieures? )?"
        r"(?:recommandations?|demandes?|appels?|invitations?)\b"
    ),
    r"\b(?:etats? parties?|gouvernement|autorites)(?: \w+){0,2}? (?<!comme le )(?:devrait|devraient)\b",
    r"\b(?:etats? parties?) (?:\w+ )?(?:doit|doivent|devra|devront)\b",
    (
        r"\b(?:il|celui ci|elles?|ils) (?:lui |egalement |aussi |en |outre |donc |notamment )*(?:devrait|"
        r"devraient|faudrait)\b"
    ),
    (
        r"\b(?:etat partie|gouvernement|il) (?:lui )?est (?:\w+ ){0,3}?"
        r"(?:invite|prie|encourage|engage|exhorte|appele|recommande|demande|conseille|tenu d|instamment)e?\b"
    ),
    r"\blance un appel\b",
)
_SOFT_FR = (
    r"\bdevr(?:ait|aient)\b",
    r"\b(?:comite|il) (?:\w+ )?(?:espere|compte que|souhaite|veut croire|attend|insiste)\b",
    r"\b(?:il conviendrait|il faudrait|il convient|il importe que|il est urgent)\b",
    r"\bsouligne (?:l importance|la necessite|qu il)\b",
    r"\brappelle (?:a l etat partie )?s(?:a|es) (?:\w+ )?recommandations?\b",
)

_CONCERN_FR = (
    r"\bpreoccup\w*\b(?! (?:et recommandations|exprimees))",
    r"\b(?:s )?inquiete\w*\b|\binquietude|\binquietant",
    (
        r"\b(?:regrette|regrettent|deplore|deplorent|regrettable|alarme|alarmee?|consterne|decu|troubl\w+|"
        r"craint|redoute)\b"
    ),
    r"\bavec (?:\w+ )?(?:regret|consternation|alarme)\b",
)

_MISSING_FR = (
    (
        r"\b(?:absence|manque|insuffisan\w*|pas|aucun\w*|toutefois|cependant|mais|neanmoins|malgre|bien que|"
        r"demeure\w*|restent?|seulement|faible\w*|limite\w*|difficult\w*|lenteur|retard\w*|discriminat\w+|"
        r"violences?|obstacles?|peu|non|ne|n|sans)\b"
    ),
)

_SPEAKER_AR = r"(?:اللجنه|المقرر|المقرره|الخبير|الخبيره|الفريق)"
_STATE_AR = r"(?:الدوله|الحكومه|السلطات|حكومه|البرلمان|الدول)"
_ASK_AR = (
    r"\b[وف]?[تي]وصي(?:ها|ه)?\b",
    (
        rf"\b[وف]?[تي](?:حث|شجع|دعو(?! (?:الي ال|لل)قلق)|هيب|طلب|ناشد|قترح|نصح|لتمس)"
        rf"(?:ها|هم)? (?:\w+ ){{0,4}}?(?:ب|ل|ال)?(?:{_SPEAKER_AR}|{_STATE_AR}|اليها)\b"
    ),
    r"\b[وف]?[تي](?:حثها|شجعها|دعوها|هيب بها|طلب اليها|ناشدها)\b",
    rf"\b(?:{_SPEAKER_AR}) (?:(?![لب]?ان\b)\w+ ){{0,3}}?[وف]?[تي](?:حث|شجع|دعو|هيب|طلب|ناشد|قترح)\b",
    r"\b[وف]?[تي](?:كرر|جدد|عيد)(?: \w+){0,4}? (?:توصي\w+|دعوت\w+|طلبها|طلباتها)\b",
    r"\b[وف]?ينبغي (?:\w+ )?(?:للدوله|للحكومه|للسلطات|للدول|لها|ان)",
    rf"\b[وف]?(?:يتعين|يجب) (?:\w+ ){{0,2}}?علي (?:\w+ )?{_STATE_AR}",
    r"\b[وف]?علي الدوله الطرف (?:\w+ )?ان\b",
    r"\b[وف]?[يت]طلب الي\b",
    r"\b[وف]?(?:الدوله الطرف )?(?:مدعوه|مطالبه|مطلوب منها) (?:الي|ب|ان)",
    (
        r"\b[وف]?[تي](?:سترعي|وجه|لفت) (?:\w+ ){0,4}?(?:انتباه|نظر|عنايه) (?:\w+ ){0,8}?"
        r"(?:ال|و|ل)?(?:توصي|فقر|اهميه)"
    ),
    r"\b[تي]ود (?:\w+ ){0,3}?(?:ان )?(?:توجه|تسترعي|تتلقي)",
)
_SOFT_AR = (
    r"(?<!كما )(?<!الذي )\b[وف]?ينبغي\b",
    r"\b[وف]?[تي](?:امل|رجو|توقع)\b",
    r"\b[وف]?[تي]ذكر (?:\w+ ){0,4}?بتوصي\w+",
    r"\b[وف]?[تي](?:شدد|وكد) (?:\w+ ){0,6}?(?:ضروره|اهميه|الحاجه)",
)
_CONCERN_AR = (
    r"\b[ولبا]{0,4}قلق\w*",
    r"\b[وف]?[تي](?:قلق|اسف|ستنكر|شجب|خشي)\w*\b",
    r"\b(?:اسف\w*|الاسف|انزعاج\w*|جزع\w*|انشغال\w*|استياء\w*|مقلق\w*|موسف)\b",
)
_MISSING_AR = (
    (
        r"\b(?:عدم|لم|لا|غياب|الافتقار|نقص|قله|غير|لكن|بيد|رغم|ضعف|انعدام|محدود\w*|تمييز|عنف|العنف|قصور|تاخر|"
        r"بطء|لان)\b"
    ),
)

_ASK_ES = (
    r"\brecomienda\b",
    (
        r"\b(?:comite|subcomite|relatora?|le|lo) (?:\w+ ){0,4}?(?:insta|alienta|exhorta|invita|pide|solicita|"
        r"sugiere|"
        r"ruega|anima|aconseja|encarece)\b"
    ),
    (
        r"\b(?:insta|alienta|exhorta|invita|pide|solicita|ruega) (?:\w+ ){0,3}?al? (?:estado|gobierno|"
        r"autoridades)\b"
    ),
    (
        r"\bestados? partes?(?: \w+){0,6}? (?:deberia|debe|debera|deben)\b|\b(?:deberia|deberian|debera) "
        r"(?:\w+ ){0,3}?(?:adoptar|velar|garantizar|tomar|asegurar|considerar|intensificar|redoblar)\b"
    ),
    r"\breitera (?:\w+ ){0,2}recomendacion",
)
_CONCERN_ES = (r"\bpreocup\w+|\blament\w+|\binquiet\w+|\bdeplor\w+",)


@dataclass(frozen=True, slots=True)
class Words:
    """The patterns of one language: what asks, what asks in a sentence that worries about nothing,
    what worries, and what speaks of something missing.
    """

    asks: re.Pattern[str]
    asks_softly: re.Pattern[str]
    worries: re.Pattern[str]
    misses: re.Pattern[str]


_ENGLISH = Words(_any(*_ASK_EN), _any(*_SOFT_EN), _any(*_CONCERN_EN), _any(*_MISSING_EN))
_FRENCH = Words(_any(*_ASK_FR), _any(*_SOFT_FR), _any(*_CONCERN_FR), _any(*_MISSING_FR))
_ARABIC = Words(_any(*_ASK_AR), _any(*_SOFT_AR), _any(*_CONCERN_AR), _any(*_MISSING_AR))
_LATIN = Words(
    _any(*_ASK_EN, *_ASK_FR, *_ASK_ES),
    _any(*_SOFT_EN, *_SOFT_FR),
    _any(*_CONCERN_EN, *_CONCERN_FR, *_CONCERN_ES),
    _any(*_MISSING_EN, *_MISSING_FR),
)
_ENGLISH_MARKS = frozenset({"the", "of", "to", "and", "that"})
_OTHER_MARKS = frozenset({"le", "la", "les", "l", "de", "des", "du", "et", "el", "los", "las", "y"})


def words_of(folded: str) -> Words:
    """The patterns for folded text: of its language where a few words tell it, else of several."""
    if not folded.isascii():
        return _ARABIC if any("\u0621" <= c <= "\u064a" for c in folded[:40]) else _LATIN
    said = set(folded.split())
    english, other = said & _ENGLISH_MARKS, said & _OTHER_MARKS
    if english and not other:
        return _ENGLISH
    if (
        not english
        and other
        and not other & {"el", "los", "las", "y"}
        and other & {"le", "les", "l", "et", "du"}
    ):
        return _FRENCH
    return _LATIN
