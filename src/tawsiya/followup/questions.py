"""Read pasted questions: the numbered paragraphs of a list of issues, or plain lines. Pure, no Django."""

import re
from dataclasses import dataclass

# "12.", "12)", "12 -", Arabic digits too; "(a)", "a)", "(أ)", "(ii)": a letter belongs to the number above.
_NUMBER = re.compile(r"^\s*(?P<number>\d{1,3}(?:\.\d{1,3})*)\s*[.)\u066b\-–—:]\s*(?P<text>\S.*)$")
_LETTER = re.compile(r"^\s*\(?(?P<letter>[a-zA-Z]|[ivx]{2,4}|[\u0621-\u064a])\)\s*(?P<text>\S.*)$")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
LONGEST = 10_000


@dataclass(frozen=True)
class Asked:
    """A question as pasted: its number ("" where none was typed) and its words."""

    number: str
    text: str


def read_questions(pasted: str) -> list[Asked]:
    """Return the questions of a pasted text, in its order.

    Numbered paragraphs are questions; a line without a number goes on with the one above it. A lettered
    part is a question of its own, `12 (a)`; the words above the first letter stay with the bare number where
    they end as a question of their own, and lead every letter in where they end with a colon. A text without
    any number gives one question for each paragraph (blank lines part them; else each line).
    """
    lines = [line.strip() for line in pasted.replace("\r\n", "\n").split("\n")]
    if not any(_NUMBER.match(line) for line in lines):
        return _plain(lines)
    found: list[list[str]] = []
    number, lead = "", ""
    for line in lines:
        if match := _NUMBER.match(line):
            number, lead = match["number"].translate(_DIGITS), ""
            found.append([number, match["text"]])
        elif (match := _LETTER.match(line)) and number:
            above = found[-1]
            if above[0] == number and above[1].rstrip().endswith(":"):
                lead = above[1].rstrip()
                found.pop()
            found.append([f"{number} ({match['letter']})", f"{lead} {match['text']}".strip()])
        elif line and found:
            found[-1][1] += f" {line}"
    return [Asked(number, text[:LONGEST]) for number, text in found]


def _plain(lines: list[str]) -> list[Asked]:
    if "" not in lines[:-1]:
        return [Asked("", line[:LONGEST]) for line in lines if line]
    paragraphs = "\n".join(lines).split("\n\n")
    return [Asked("", " ".join(text.split())[:LONGEST]) for text in paragraphs if text.strip()]
