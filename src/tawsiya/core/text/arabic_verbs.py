"""The written forms of an Arabic verb, without vowels, from its perfect and imperfect.

Only what changes the consonants is modelled: endings, the loss and change of weak letters (و، ا، ى، ي), the
passive where it is written otherwise. Vowels and doubling are not written, so most stems have one shape.
"""

BEFORE_PRONOUN = "و-"
"""How the plural ends when a pronoun follows (يحموهم); alone it is written with an alef."""

_PERFECT = ("", "ت", "تا", "ا", "وا", BEFORE_PRONOUN, "ن", "نا", "تم")
_SHORT = ("ت", "ن", "نا", "تم")
_IMPERFECT = ("", "ون", "وا", BEFORE_PRONOUN, "ن", "ان", "ا")
_PERSONS = ("ي", "ت", "ن", "أ")
_WEAK = "ويا"


def conjugate(perfect: str, imperfect: str) -> set[str]:
    """Return the written forms of a verb given in the third person masculine singular.

    Args:
        perfect: as in حمى, without vowels.
        imperfect: as in يحمي, beginning with ي.

    Raises:
        ValueError: the imperfect does not begin with ي, or a form is too short to be a verb.
    """
    if len(perfect) < 2 or len(imperfect) < 3 or imperfect[0] != "ي":
        raise ValueError(f"not a verb: {perfect} {imperfect}")
    stem = imperfect[1:]
    hollow = len(perfect) > 2 and perfect[-2] == "ا" and stem[-2] in _WEAK
    stems = _imperfect_forms(stem, hollow=hollow)
    # The first person's alef swallows a hamza that begins the stem: أؤكد stays, أأخذ is written آخذ.
    return _perfect_forms(perfect, stem, hollow=hollow) | {p + s for p in _PERSONS for s in stems}


def _perfect_forms(perfect: str, stem: str, *, hollow: bool) -> set[str]:
    body, last = perfect[:-1], perfect[-1]
    if last in "ىا":
        weak = "و" if last == "ا" and stem[-1] == "و" else "ي"
        forms = {perfect, body + "ا", body + "ت", body + "تا", body + "وا", body + BEFORE_PRONOUN, body + "ي"}
        return forms | {body + weak + e for e in ("", *_SHORT, "ا")}
    forms = {perfect + e for e in _PERFECT}
    if last == "ي":
        forms |= {body + "وا", body + BEFORE_PRONOUN}
    if hollow:
        forms |= {perfect[:-2] + last + e for e in _SHORT}
        forms |= {perfect[:-2] + "ي" + last + e for e in ("", "ت", "وا", BEFORE_PRONOUN)}
    elif len(perfect) == 4 and perfect[1] == "ا":
        forms |= {perfect[0] + "و" + perfect[2:] + e for e in ("", "ت", "وا", BEFORE_PRONOUN)}
    return forms


def _imperfect_forms(stem: str, *, hollow: bool) -> set[str]:
    body, last = stem[:-1], stem[-1]
    if last in "ىيو":
        endings = ("", "ى", "ا", "ي", "ون", "وا", BEFORE_PRONOUN, "يان", "يا", "ين")
        return {stem} | {body + e for e in endings}
    forms = {stem + e for e in _IMPERFECT}
    if hollow and stem[-2] in _WEAK:
        forms.add(stem[:-2] + last)
        forms |= {stem[:-2] + "ا" + last + e for e in ("", "ون", "وا", BEFORE_PRONOUN, "ان", "ا")}
    return forms
