"""The words by which States and the Working Group answer recommendations, folded, by language.

Each pattern is looked for in text as :func:`folding.fold` makes it: lower case, no diacritics, no
punctuation, Arabic variants made one.
"""

from __future__ import annotations

import re


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


RECOMMEND = _any(r"\b(?:recommend|recommand|recomend|рекоменд)", "توصي", "建议")

CLOSING = _any(
    r"\breflect\w* the positions?",
    r"\breflet\w* la position",
    r"\breflej\w* la posicion",
    r"(?:تعبر عن|تعكس|تجسد) موقف",
    "отражают позицию",
)
"""The usual last paragraph: whose position all conclusions reflect, and that none is endorsed."""

PENDING = _any(
    r"\b(?:will|shall|would) (?:(?:be|further|also|carefully|duly|then) ){0,3}"
    r"(?:provide|examine|consider|stud[yi]|respon|repl[yi]|review)",
    r"\bin due (?:time|course)",
    r"\bresponses? (?:will|to these|of \w+ (?:will|to these))",
    r"\bpending\b|\bdeferred\b|\bunder (?:further )?(?:consideration|review|examination|study)\b",
    r"\b(?:need|wish|intend)\w* to (?:further )?(?:study|consider|examine|review)",
    r"\b(?:seront|sera) (?:\w+ )?(?:examinee?s?|etudiee?s?)",
    r"\bfer(?:a|ont) l objet d un examen|\ba l (?:etude|examen)\b",
    r"\b(?:examinera|etudiera|repondra)\b|\bfera (?:connaitre|part)",
    r"\breponses? (?:\w+ ){1,8}figurer(?:a|ont)\b",
    r"\b(?:temps voulu|temps utile|en son temps)\b",
    r"\bseran (?:\w+ )?(?:examinad|estudiad|considerad)",
    r"\b(?:examinara|estudiara|responder[a])\b",
    r"\b(?:debido tiempo|su debido momento|oportunamente)\b",
    "рассмотр",
    r"(?:\b[وف]?س|سوف )[تي](?:نظر|درس|بحث|بت|رد)\b",
    r"(?:\b[وف]?س|سوف )[تي]قوم (?:\w+ )?ب(?:دراسه|النظر|بحث)",
    "في الوقت المناسب|في حينه|في موعد",
    r"(?:\b[وف]?س|سوف )[تي](?:قدم|درج|رد) (?:\w+ )?رد",
    "قيد (?:النظر|الدراسه|البحث)",
)

PARTLY = _any(
    r"\b(?:partial\w*|partly|in part) (?:support|accept|enjoy)",
    r"\b(?:support|accept)\w* (?:partial\w*|partly|(?:\w+ ){0,4}in part)\b",
    r"\bpartial support",
    r"\ben partie\b|\bpartiel",
    r"\bparcial",
    r"جزيي|(?:تحظي|حظي\w*|موافقه|تقبل|قبل\w*|توافق) (?:\w+ ){0,4}جزء",
)

NEGATED = _any(
    r"\b(?:not|cannot|never|unable to|nor|without)\b(?: \w+){0,4}"
    r" (?:support|accept\w*|endors\w*|agree\w*|approv\w*|committ?\w*)",
    r"\bnot (?:been )?(?:support|accept|endors|agree|approv)\w*",
    r"\b(?:reject|refus|declin|oppos)\w*|\bunacceptable|\bdoes? not (?:meet|have)\b",
    r"\b(?:ne|n|pas|sans|non|aucun\w*)\b(?: \w+){0,4}"
    r" (?:appu\w*|soutien\w*|soutenu\w*|adhesion|accept\w*|agre\w*|approuv\w*|approbation|souscri\w*)",
    r"\bn \w+ pas (?:\w+ )?recueil",
    r"\b(?:no|sin|ninguna?)\b(?: \w+){0,4} (?:apoy\w*|acept\w*|aprob\w*|respald\w*)",
    r"\brechaz\w*|\brejet\w*",
    r"\b(?:لا|لم|ليس\w*|غير|دون|ولم|ولا)\b(?: \w+){0,3} \w*(?:تاييد|مويد|قبول|توافق|يحظ|تحظ|تويد|يويد)",
    r"\b(?:لا|لم|ولم|ولا) (?:تحظ|يحظ|توافق|تقبل|تويد|تستطيع|يمكن)",
    "رفض|مرفوض|تعذر|ليس (?:في|ب)(?:وسع|امكان)",
    r"\bне (?:пользу|поддерж|получ)",
)

NOTES = _any(
    r"\b(?:is|are|were|was|has|have|been|be|had|which) (?:\w+ )?noted\b",
    r"\btak\w* note\b|\btook note\b|\bnoted by\b|\bnotes the\b",
    r"\bnoted recommendations?\b|\brecommendations? noted\b",
    r"\bnotes? recommendations?\b",
    r"^(?:\w+ ){0,2}noted?$",
    r"\b(?:prend|pris|prises?|prenant|prennent) (?:bonne )?(?:acte|note)\b",
    r"\bnotees?\b",
    r"\btom\w* nota\b",
    r"(?:احاط\w*|[تي]حيط\w*|اخذ\w*|[تي]اخذ) (?:\w+ ){0,4}علما|(?:احيط|[تي]حاط|الاحاطه) (?:\w+ )?علما",
    r"принял\w* к сведению",
)

SUPPORTED = _any(
    r"\b(?:support\w*|accept\w*|endors\w*|agree[ds]?|approv\w*)\b",
    r"\bcommit\w* to implement",
    r"\b(?:appu\w*|soutien\w*|soutenu\w*|adhesion|agre\w*|approuv\w*|approbation|recueil\w*|souscri\w*)\b",
    r"\b(?:apoy\w*|acept\w*|aprob\w*|respald\w*|cuentan con)\b",
    r"تاييد|مويد|قبول|مقبول|توافق|حظيت|تحظي|[تي]ويد|\bايد|قبلت|تقبل|وافق",
    "поддерж|одобр",
)

IMPLEMENTED = _any(
    r"\balready (?:been )?implemented|\bprocess of (?:being )?implement|\bbeen implemented",
    r"\bdeja (?:ete )?(?:mis|appliq)",
    r"\bya (?:se )?(?:ha|aplica)",
    "نفذت بالفعل|قيد التنفيذ",
)

REASON = _any(
    r"\b(?:implement\w*|already|process|consider\w*|because|since|reason\w*|effect)\b",
    r"\b(?:deja|en cours|considere\w*|estim\w*)\b",
    r"\b(?:aplica\w*|en curso)\b",
    "نفذت|بالفعل|قيد|تعتبر|تري",
)

BACKWARDS = _any(
    r"\b(?:above|foregoing|preceding|aforementioned)\b",
    r"\b(?:ci dessus|precedent\w*|precite\w*)\b",
    r"\b(?:anterior\w*|arriba)\b",
    "اعلاه|السالف",
)

THESE = _any(
    r"\b(?:these|those|all (?:the |these )?|its) recommendations\b",
    r"\b(?:ces|toutes (?:les|ces)) recommandations\b",
    r"\b(?:estas|todas las) recomendaciones\b",
    "(?:هذه|جميع|تلك) التوصيات",
)
"""Without a list after it, such a sentence speaks of those before it."""

PARAGRAPHS = re.compile(
    r"(?:paragraphs?|paras?|paragraphes?|parrafos?|الفقرات|الفقره|الفقرتين)"
    r" ((?:\d{1,3}(?: \w{1,2})?(?: \w{1,3})? ?)+)"
)
"""Numbers of paragraphs that a sentence names."""

FORWARDS = _any(
    r"\b(?:below|following)\b",
    r"\b(?:ci apres|ci dessous|suivant\w*)\b",
    r"\b(?:siguientes?|a continuacion)\b",
    "ادناه|التاليه|الاتيه",
)
