"""Secret words, and by hand who may ever read them; and the crawl that looks for them everywhere.

A letter for each reader, in the order of `table.READERS`: x reads it somewhere, . never does.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse

from tests.access.matrix import Row, address_of, rows_of
from tests.access.table import READERS, TABLE
from tests.access.world import MARKS, World, words_of_evidence

#               pn acy vfd s VF o hk
INSIDE = ".. ... xxx . .. . .."
SENT = ".. .xx xxx . .. . .."
VALIDATED = ".. xxx xxx x .. x .."
CONFIRMED = ".. xxx xxx x xx x .."
ISSUED = ".. xxx xxx x xx x xx"
PUBLISHED = "xx xxx xxx x xx x xx"
DELEGATION = ".. .xx ... . .. . .."
AUTHOR = ".. .xx ... . .. . x."
INVITATION = ".. x.. ... . .. . .."
NOTES = ".. .xx ... . .. . .."
ANALYST = ".. ..x ... . .. . .."
FOCAL_POINT = ".. ... .x. . .. . .."

_WRITTEN = {
    "draft": INSIDE,
    "withvalidator": INSIDE,
    "returnedbyvalidator": INSIDE,
    "withdelegation": SENT,
    "returnedbydelegation": SENT,
    "validated": VALIDATED,
}


def _audiences() -> dict[str, str]:
    who: dict[str, str] = {}
    for state, audience in _WRITTEN.items():
        who |= {f"q{part}{state}": audience for part in ("measures", "obstacles", "steps", "figures")}
        who |= {f"qlaw{state}{mark}": audience for mark in ("internal", "restricted")}
        for mark in MARKS:
            who |= dict.fromkeys(words_of_evidence(state, mark), audience)
    # A restricted file stays with the institution and the delegation for ever.
    who |= dict.fromkeys(words_of_evidence("validated", "restricted"), SENT)
    # So do a restricted law and a restricted part.
    who |= {"qlawvalidatedrestricted": SENT, "qstepsvalidated": SENT}
    # Conversations are of those who take part, and never public; what one types is one's own.
    who |= {"qtalkinside": INSIDE, "qtalkdelegation": SENT, "qtalknotes": NOTES, "qtyped": FOCAL_POINT}
    title, _name, inside = words_of_evidence("validated", "public")
    who |= {title: PUBLISHED, inside: PUBLISHED, "qmeasuresvalidated": PUBLISHED}
    # The return inside the institution stays inside, though the text was validated afterwards.
    who |= {"qvreason": INSIDE, "qpastreason": INSIDE, "qdreason": SENT}
    for name in ("proposed", "accepted", "refused", "ended", "asking", "passed", *_WRITTEN):
        who |= {f"qnote{name}": VALIDATED, f"qletter{name}": VALIDATED}
    who |= {"qrefusal": VALIDATED, "qending": VALIDATED, "qasking": VALIDATED, "qjustification": CONFIRMED}
    who |= {"qbaretext": ISSUED, "qwithdrawntext": ISSUED}
    who |= {"qwithdrawal": ISSUED}
    who |= dict.fromkeys(("qimportfile", "qimporttext", "qwarnedland", "qexclusion"), DELEGATION)
    who |= {"qownview": ANALYST, "qsharedview": ISSUED}
    who |= dict.fromkeys(("qtrendname", "qtrendsource"), PUBLISHED)
    who |= dict.fromkeys(("qtrendpart", "qtrendreason"), ISSUED)
    who |= {"qpublicplan": PUBLISHED, "qrisk": ".. xxx xxx x xx x xx"}
    who |= dict.fromkeys(("qplanfile", "qplanforeign", "qforeignfile"), DELEGATION)
    # Programmes: a draft's measure is its institutions'; an observer, the deputy too, sees it all.
    who |= {"qlawdrafted": VALIDATED, "qdraftedled": VALIDATED, "qdraftedalone": ".. xxx ..x . .. x .."}
    who |= {"qaxisalone": ".. xxx ..x . .. x ..", "qconsulted": ".. xxx xxx x xx x x.", "qinforce": ISSUED}
    who |= {"qreportwaiting": INSIDE, "qreportapproved": VALIDATED}
    who |= {"qcommentwaiting": ".. .xx ... . .. . x."}
    who |= dict.fromkeys(("qcommentanswered", "qanswer"), ".. xxx xxx x xx x x.")
    # A draft before the public is everybody's, without its risks; what is written on it, once it is answered.
    who |= dict.fromkeys(("qaskednow", "qaskedbefore"), PUBLISHED)
    who |= dict.fromkeys(("qpublicsaid", "qauthorshown", "qpublicanswer"), PUBLISHED)
    who |= dict.fromkeys(("qpublicwaiting", "qpublicrefused", "qground", "qauthorhidden"), DELEGATION)
    who |= {"qcontact": DELEGATION, "qaskedrisk": ".. xxx xxx x xx x .."}
    # Indicators: in use for everybody with a role; a request for who asks and who is asked.
    who |= dict.fromkeys(("qindicatorused", "qvaluereason", "qbreak"), ISSUED)
    who |= {"qindicatordraft": ".. xxx xxx . .. x ..", "qasknote": ".. xxx ..x x .. x .."}
    # A saved search is its owner's own.
    who |= dict.fromkeys(("qsavedname", "qsavedwords"), FOCAL_POINT)
    # Questionnaires: each institution its own; nobody but the delegation one that was not sent.
    asked = ".. xxx xxx . .. x .."
    for state, audience in _WRITTEN.items():
        who[f"qreplied{state}"] = asked if audience == VALIDATED else audience
        if state != "draft":
            who[f"qasked{state}"] = asked
    who |= {"qunsent": DELEGATION, "qshared": ".. xxx xxx . xx x .."}
    who |= {"qotherquestion": ".. xxx ..x . xx x ..", "qtime": SENT}
    who |= {"qvreasonasked": INSIDE, "qpastreasonasked": INSIDE, "qdreasonasked": SENT}
    # The rule of assessment: what is published is public, a draft the delegation's, given up or not.
    who |= dict.fromkeys(("qruleinforce", "qrulenote"), PUBLISHED)
    who |= dict.fromkeys(("qruledraft", "qrulegivenup", "qrulediscarded"), DELEGATION)
    # A submission is its author's and the delegation's until it is accepted; then everybody's.
    who |= dict.fromkeys(("qvoicesubmitted", "qvoicerefused", "qvoicereason"), AUTHOR)
    who |= {"qvoiceaccepted": ISSUED}
    who |= dict.fromkeys(("qvoicepublic", "qgradereason", "qdeputy", "qparliament"), PUBLISHED)
    who |= {"qinvited@": INVITATION, "qinvitedname": INVITATION}
    return who


AUDIENCES: Mapping[str, str] = {word: who.replace(" ", "") for word, who in _audiences().items()}
_ANY = re.compile("|".join(sorted((re.escape(word) for word in AUDIENCES), key=len, reverse=True)))

# Whoever holds the link of an invitation reads the invitation: that is what it is for.
_NOT_CRAWLED = frozenset({"accounts:accept"})


def crawled() -> list[Row]:
    """Return the rows of the table whose GET may answer something of ours."""
    return [
        row
        for row in rows_of(TABLE)
        if set(row.get) - set("L5-") and ":" in row.view and row.view not in _NOT_CRAWLED
    ]


def words_in(text: str) -> set[str]:
    """Return the canaries in a text, whatever its case."""
    return set(_ANY.findall(text.lower()))


def whole_text(response: HttpResponse) -> str:
    """Return all an answer says: headers, body, and the parts of a zipped office file."""
    body: bytes = b"".join(response.streaming_content) if response.streaming else response.content
    parts = [str(dict(response.headers)).encode()]
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            parts += [archive.read(name) for name in archive.namelist()]
    else:
        parts.append(body)
    return b"\n".join(parts).decode("utf-8", "replace")


def seen_by(world: World, reader: str, rows: Iterable[Row]) -> dict[str, set[str]]:
    """Return for each canary the addresses where a reader met it."""
    found: dict[str, set[str]] = {}
    for row in rows:
        answer = world.clients[reader].get(address_of(world, row))
        for word in words_in(whole_text(answer)):
            found.setdefault(word, set()).add(f"{row.view} [{row.object}]")
    return found


def leaks(reader: str, found: Mapping[str, Any]) -> list[str]:
    """Return what a reader met and never should have, by word and place."""
    place = READERS.index(reader)
    return [
        f"{reader} reads {word} at {', '.join(sorted(found[word]))}"
        for word in sorted(found)
        if AUDIENCES[word][place] == "."
    ]


def missing(reader: str, found: Mapping[str, Any]) -> list[str]:
    """Return what a reader should have met somewhere and did not: a crawl that sees nothing proves nothing."""
    place = READERS.index(reader)
    return [
        f"{reader} nowhere reads {word}"
        for word, who in sorted(AUDIENCES.items())
        if who[place] == "x" and word not in found
    ]


_PASSING = re.compile(
    r"""(csrfmiddlewaretoken"\s+value=["']|x-csrftoken["']?:\s*["']|nonce=["'])[^"']*""", re.IGNORECASE
)


_AGO = re.compile(r"(?<=>)[^<>]*</time>")
# Lists, and the pages of the items on which something happens inside.
_COMPARED = frozenset({"-", "published", "draft", "with_validator", "accepted", "document"})


def plain(response: HttpResponse) -> str:
    """Return the body without what differs from one request to the next."""
    body: bytes = b"".join(response.streaming_content) if response.streaming else response.content
    # "3 seconds ago" goes by itself; the moment itself stays in the attribute beside it.
    return _AGO.sub("</time>", _PASSING.sub("", body.decode("utf-8", "replace")))


def pages_of(world: World, reader: str, leaving_out: Iterable[str]) -> dict[str, str]:
    """Return the lists and the shared pages of a reader, by view."""
    place, pages = READERS.index(reader), {}
    for row in crawled():
        if row.get[place] == "2" and row.object in _COMPARED and row.view not in leaving_out:
            name = row.view if row.object == "-" else f"{row.view} [{row.object}]"
            pages[name] = plain(world.clients[reader].get(address_of(world, row)))
    return pages
