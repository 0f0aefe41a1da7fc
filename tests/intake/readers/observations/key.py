"""What a person read in some of the real concluding observations: numbers and letters, no words.

"7ab" is paragraph 7 with its items (a) and (b). ``asks`` are those that ask the State for something,
``others`` the items of paragraphs that ask for nothing; for the damaged Arabic files paragraphs alone.
"""

from __future__ import annotations

import re

_KEY = {
    "CERD_C_URY_CO_21-23.en.docx": (
        "5 9 11 13 15 17abcd 19 21 23abc 24 26abc 28 30 32 34abcd 36 37 38 39 40 41 42 43 44",
        "4abcde 6abcd",
    ),
    "CRPD_C_BEL_CO_1.en.pdf": (
        "6 8 10 12 14 16 18 20 22 24 26 28 29 31 33 35 37 39 41 43 45 47 49 50 51 52 53",
        "",
    ),
    "CRPD_C_DZA_CO_1.en.pdf": (
        (
            "5 7ab 9 11abc 13abc 15abc 17abcde 19abc 21abc 23 25 27abcd 29 31abcd 33 35 37 39 41abcd 43abc"
            " 45abcd 47abc 49 51 53abc 55 57abcd 58 59 60 61 62"
        ),
        "10abcd 12ab 14abc 16abcde 30abc 42abc 56abcd",
    ),
    "CRPD_C_FRA_CO_1.en.pdf": (
        (
            "8abcde 10ab 12ab 14ab 16abc 18abc 20abcdefg 22ab 24abcd 26ab 28abcd 30abcde 31 33abcd 35abc"
            " 37abc 39 41abcdef 43abc 45abcd 47 49abcdef 51abcdefgh 53abcde 55abcdef 57abcd 59abc 61abc 63 65"
            " 67abcd 68 69 70 71 72"
        ),
        (
            "4abcde 7abcde 9ab 11ab 13ab 15abc 17abcd 19abcde 21ab 23abcd 25ab 27abcd 29abcd 32abcd 34abc"
            " 36abc 40abcd 44abcd 48abcde 50abcdefgh 52abcd 54abcd 56abcd 58abc 66ab"
        ),
    ),
    "CRPD_C_JOR_CO_1.en.pdf": (
        (
            "6 8abc 10ab 12ab 14abc 16abc 18abc 20 22 24 26 28ab 30 32abc 34ab 36ab 38 40 42ab 44 46abcd 48ab"
            " 50abc 52 54 56ab 58 60 62 64 65 66 67 68 69 70"
        ),
        "11ab",
    ),
    "CRPD_C_NOR_CO_1.fr.pdf": (
        (
            "6abcdef 8abcde 10abc 12abcd 14 16abcde 18ab 20abcde 22abc 24abc 26ab 28abc 30 32abcd 34abc 36ab"
            " 38abcde 40abc 42abcde 44 46ab 48 50ab 52 53 54 55 56 57"
        ),
        (
            "4abcde 5abcdef 7abcde 9abc 11abcd 15abcd 19abcd 21ab 23ab 25ab 27abc 31abcd 33abc 35ab 37abcde"
            " 39ab"
        ),
    ),
}


def names(compact: str) -> list[str]:
    """ "7ab 9" as "7", "7.a", "7.b", "9"."""
    found = []
    for word in compact.split():
        match = re.fullmatch(r"(\d+)([a-z]*)", word)
        assert match is not None, word
        found += [match[1], *(f"{match[1]}.{letter}" for letter in match[2])]
    return found


ASKING = {name: names(asks) for name, (asks, _others) in _KEY.items()}
"""Every paragraph and item that asks, by file."""

ASKING_PARAGRAPHS = {
    "CRPD_C_ALB_CO_1.ar.pdf": [*map(str, range(6, 55, 2)), "55", "56", "57", "58", "59"],
    "CRPD_C_SEN_CO_1.ar.pdf": [*map(str, range(6, 59, 2)), "60", "61", "62", "63", "64"],
}
"""The paragraphs that ask in the files whose letters are damaged."""

ITEMS = {
    name: {
        word.rstrip("abcdefgh"): len(re.sub(r"\d", "", word))
        for word in f"{asks} {others}".split()
        if not word.isdigit()
    }
    for name, (asks, others) in _KEY.items()
}
"""How many items each paragraph has, by file."""

DEADLINES: dict[str, list[tuple[str, str | None, int | None, str, list[str]]]] = {
    "CERD_C_URY_CO_21-23.en.docx": [
        ("follow_up", "2017-12-05", 12, "42", ["19", "21"]),
        ("report", "2020-01-04", None, "44", []),
    ],
    "CRPD_C_BEL_CO_1.en.pdf": [("report", "2019-08-02", None, "53", [])],
    "CRPD_C_DZA_CO_1.en.pdf": [
        ("follow_up", None, None, "58", ["57"]),
        ("report", "2024-01-04", None, "62", []),
    ],
    "CRPD_C_FRA_CO_1.en.pdf": [
        ("follow_up", None, None, "68", ["30", "31", "41"]),
        ("report", "2028-03-18", None, "72", []),
    ],
    "CRPD_C_JOR_CO_1.en.pdf": [
        ("follow_up", "2018-04-06", 12, "65", ["18", "35"]),
        ("report", "2022-04-30", None, "69", []),
    ],
    "CRPD_C_MEX_CO_2-3.en.pdf": [
        ("follow_up", None, None, "73", ["12", "38", "51"]),
        ("report", "2028-01-17", None, "77", []),
    ],
    "CRPD_C_NOR_CO_1.fr.pdf": [
        ("follow_up", None, None, "53", ["6", "20"]),
        ("report", "2023-07-03", None, "57", []),
    ],
    "CRPD_C_TUN_CO_2-3.en.pdf": [
        ("follow_up", None, None, "61", ["14", "20", "52"]),
        ("report", "2030-05-02", None, "65", []),
    ],
    "CRPD_C_ALB_CO_1.ar.pdf": [],
    "CRPD_C_SEN_CO_1.ar.pdf": [],
}
