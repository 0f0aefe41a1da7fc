"""The machinery of the matrix: walk the URL map, read the table, ask, and report the differences."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

from tawsiya.audit.models import Event
from tawsiya.reports.programme.word import built_in
from tests.access.assessing import arguments_of_rule, payload_of_rule, payload_of_voice
from tests.access.table import KEPT, READERS, SHORT
from tests.access.world import World

LOGIN = "/en/account/login/"
GOOD_FORM = {200, 301, 302, 400, 409, 422}
STATUS = {"1": 401, "2": 200, "F": 403, "4": 404, "5": 405}


@dataclass(frozen=True)
class Row:
    """A row of the table; outcomes as one letter for each reader."""

    view: str
    object: str
    get: str
    post: str


def addresses() -> set[str]:
    """Return every address of the URL map: its name, or where it has none its path from the root."""
    return set(_walk(get_resolver().url_patterns, "", ()))


def _walk(patterns: Iterable[URLPattern | URLResolver], prefix: str, names: tuple[str, ...]) -> Iterator[str]:
    for one in patterns:
        # The language is no part of an address: the same views answer under each.
        route = "" if isinstance(one.pattern, LocalePrefixPattern) else str(one.pattern)
        if isinstance(one, URLResolver):
            inner = (*names, one.namespace) if one.namespace else names
            yield from _walk(one.url_patterns, prefix + route, inner)
        else:
            yield ":".join((*names, one.name)) if one.name else f"/{prefix}{route}"


def rows_of(table: str) -> list[Row]:
    """Read the table; the object of evidence is two words.

    Raises:
        ValueError: a row that has not a letter for each reader.
    """
    rows = []
    for line in table.strip().splitlines()[1:]:
        if not line.strip() or line.startswith("#"):
            continue
        view, of, get, post = re.split(r"\s{2,}", line.strip())
        row = Row(view, of, _letters(get), _letters(post))
        if not len(row.get) == len(row.post) == len(READERS):
            raise ValueError(f"not a letter for each reader: {line}")
        rows.append(row)
    return rows


def _letters(outcome: str) -> str:
    return SHORT.get(outcome, outcome).replace(" ", "")


def differences_of_map(rows: Iterable[Row]) -> list[str]:
    """Return the addresses without a row, and the rows without an address."""
    there, listed = addresses(), {row.view for row in rows}
    return [f"{view} has no row in the table" for view in sorted(there - listed)] + [
        f"{view} is in the table and nowhere else" for view in sorted(listed - there)
    ]


def differences(world: World, rows: Iterable[Row], readers: Iterable[str] = READERS) -> list[str]:
    """Ask every row for every reader and return each answer that is not the table's."""
    found = []
    for row in rows:
        for reader in readers:
            place = READERS.index(reader)
            for method, letter in (("GET", row.get[place]), ("POST", row.post[place])):
                if letter == "-":
                    continue
                answer = ask(world, row, reader, method)
                said = f"{method} {row.view} [{row.object}] as {reader}"
                if not fits(answer, letter):
                    found.append(f"{said}: {answer}, not {letter}")
                if "no-store" not in answer.copies and not row.view.startswith(KEPT):
                    found.append(f"{said}: may be kept ({answer.copies or 'nothing said'})")
    return found


@dataclass(frozen=True)
class Answer:
    """What came back: the status, where to, whether the history grew, and who may keep a copy."""

    status: int
    to: str
    recorded: bool
    copies: str = "no-store"

    def __str__(self) -> str:
        words = f"{self.status} {self.to}".strip()
        return f"{words}, recorded" if self.recorded else words


def fits(answer: Answer, letter: str) -> bool:
    """Tell whether an answer is what a letter of the table says."""
    login = answer.status == 302 and LOGIN in answer.to
    if letter == "R":
        return answer.status == 302 and not login and answer.recorded
    if answer.recorded:
        return False
    if letter == "L":
        return login
    if letter == "r":
        return answer.status in GOOD_FORM and not login
    return answer.status == STATUS[letter]


def ask(world: World, row: Row, reader: str, method: str) -> Answer:
    """Ask one address as one reader, and take back whatever it did."""
    client = world.clients[reader]
    address = address_of(world, row)
    with taken_back(client):
        before = Event.objects.count()
        if method == "GET":
            response: HttpResponse = client.get(address)
        else:
            response = client.post(address, payload(world, row))
        if response.streaming:
            b"".join(response.streaming_content)  # read to its end, which closes the file behind it
        return Answer(
            response.status_code,
            response.get("Location", ""),
            Event.objects.count() > before,
            response.get("Cache-Control", ""),
        )


@contextmanager
def taken_back(client: Client) -> Iterator[None]:
    """Take back whatever the body does: what it wrote, and the messages it left to be shown."""
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies.clear()
    for name, value in cookies.items():
        client.cookies[name] = value


def address_of(world: World, row: Row) -> str:
    """Return the address of a row, in English."""
    if row.view.startswith("/"):
        return f"/en{row.view}"
    if row.view in ("reports:matrix-docx", "reports:matrix-xlsx"):
        return f"{world.address(row.view)}?for={world.institutions['lead'].key}"
    return world.address(row.view, *arguments(world, row))


def arguments(world: World, row: Row) -> tuple[Any, ...]:
    """Return what stands in the address of a row's object."""
    if row.object == "-":
        return ()
    if (found := arguments_of_rule(world, row)) is not None:
        return found
    if row.view.startswith("followup:assignment-"):
        return (world.assignments[row.object].pk,)
    if row.view.startswith(
        ("followup:contribution-", "followup:evidence-attach", "followup:reference-add")
    ) or (row.view == "followup:contribution"):
        return (world.contributions[row.object].pk,)
    if row.object in world.evidence:
        return (world.evidence[row.object].pk,)
    if row.view.startswith("followup:thread"):
        return tuple(world.others[row.object])
    if row.view in ("followup:reference-remove", "followup:message-withdraw"):
        return (world.others[row.object].pk,)
    run, other = world.others["run"], world.others
    by_name: Mapping[str, tuple[Any, ...]] = {
        "own-person": (world.users["focal"].pk,),
        "other-person": (world.users["other_focal"].pk,),
        "membership": (other["membership"].pk,),
        "deputy": (other["deputy"].pk,),
        "institution": (world.institutions["lead"].pk,),
        "invitation": (other["invitation"].pk,),
        "token": (other["token"],),
        "false-token": ("A" * len(other["token"]),),
        "notification": (other["notification"].pk,),
        "unknown-mail": (other["unknown-mail"].pk,),
        "saved-search": (other["saved search"].pk,),
        "document": (world.items["validated"].document_id,),
        "public-file": (other["public file"].pk,),
        "own-view": (other["own view"].pk,),
        "shared-view": (other["shared view"].pk,),
        "picture": ("svg",),
        "run": (run.pk,),
        "row": (run.pk, other["row"].pk),
        "report-page": (other["report"].pk, 2),
        "excluded-row": (run.pk, other["excluded row"].pk),
        "reading": (other["reading run"].pk,),
        "spreadsheet": (other["spreadsheet"].pk,),
        "applied": (other["applied run"].pk,),
        "doubtful-run": (other["doubtful row"].run_id,),
        "doubtful-row": (other["doubtful row"].run_id, other["doubtful row"].pk),
        "correction": (other["correction"].run_id, other["correction"].pk),
        "read-document": (other["read document"].pk,),
        "key": ("some-key",),
        "uid-key": ("1", "some-key"),
        "nothing": (987654321,),
        "taxonomy": ("qsubjects",),
        "label": ("qsubjects", other["label"].pk),
        "model": (other["model"].pk,),
        "institutions-model": (other["institutions-model"].pk,),
        "provider": ("some-provider",),
        "group": (other["group"].pk,),
        "plan-draft": (other["plan-draft"].pk,),
        "plan-consulted": (other["plan-consulted"].pk,),
        "plan-adopted": (other["plan-adopted"].pk,),
        "plan-public": (other["plan-public"].pk,),
        "public-plan": (other["plan-public"].programme.key,),
        "nothing-plan": (other["plan-draft"].programme.key,),
        "asked": (other["asked"].pk,),
        "asked-before": (other["asked-before"].pk,),
        "asked-measure": (other["asked"].pk, "1.1"),
        "asked-before-measure": (other["asked-before"].pk, "1.1"),
        "public-measure": (other["plan-public"].programme.key, "1.1"),
        "drafted": (other["drafted"].pk,),
        "drafted-alone": (other["drafted-alone"].pk,),
        "made-document": (other["made-document"].pk,),
        "proposed-group": (other["proposed group"].pk,),
        "calendar-token": (other["calendar-token"],),
        **{name: (other[name].pk,) for name in ("unsent", "shared", "extension", "decided-extension")},
        **{name: (row.pk,) for name, row in other.items() if name.startswith("reply-")},
        **{
            name: (other[name].pk,) for name in other if name.startswith(("submission-", "grade", "question"))
        },
    }
    if row.view.startswith("programme:"):
        return (other[row.object].pk,)
    return by_name[row.object] if row.object in by_name else (world.items[row.object].pk,)


def payload(world: World, row: Row) -> dict[str, Any]:
    """Return what a person would send: enough for the act to be done where it is allowed."""
    if (sent := payload_of_rule(world, row) or payload_of_voice(world, row)) is not None:
        return dict(sent)
    _app, _, view = row.view.partition(":")
    if view in ("assignment-reassign", "assignment-pass_on"):
        to = "directorate" if view == "assignment-pass_on" else "other"
        return {"reason": "For a reason", "institution": str(world.institutions[to].pk)}
    if view.startswith(("contribution-", "assignment-")) and view != "contribution-edit":
        return {"reason": "For a reason"}
    text = {"language": "en", "measures_taken": "A new text", "proposed_status": ""}
    if view == "contribution-edit":
        return text | {"seen_version": world.contributions[row.object].version}
    if view.startswith(("reply-", "time-")):
        return _reply_payload(world, row, view)
    item = world.items.get(row.object)
    by_view: dict[str, dict[str, Any]] = {
        "template": {"file": SimpleUploadedFile("template.docx", built_in())},
        "plan": {"file": SimpleUploadedFile("plan.csv", b"Title,Lead\nOne,Two\nThree,Four\n")},
        "contribute": text,
        "thread": {"text": "Something to say"},
        "questions-measures": {"selected": [world.others["in-force"].pk]},
        "consultation-comment": {"text": "I say something"},
        "reference-add": {"kind": "law", "title": "A law", "number": "9-26", "mark": "internal"},
        "evidence-attach": {
            "title": "A title",
            "mark": "internal",
            "file": SimpleUploadedFile("file.txt", b"Some words"),
        },
        "assign": {
            "ids": str(world.items["bare"].pk),
            "lead": str(world.institutions["lead"].pk),
            "step": "apply",
        },
        "status": {
            "status": "in_progress",
            "justification": "Because",
            "language": "en",
            "seen": "",
            "seen_version": item.version if item else "",
        },
        "saved-save": {"name": "A name", "state": "q=law"},
        "saved-rename": {"name": "Another name"},
        "exclude": {"reason": "For a reason"},
        "undo": {"reason": "For a reason"},
        "settle": {"code": "same_paragraph", "confirm": "1"},
        "correct": {"edit": "1", "paragraph": "120.9", "kind": "recommendation", "text": "Other words"},
        "review": {"item": world.items["bare"].pk, "verdict": "skip"},
        "settings": {"name_en": "Other subjects", "precision": "95"},
        "withdraw": {"reason": "For a reason"},
        "withdraw-programme": {"reason": "For a reason"},
        "declare": {"complete_for": "document"},
        "view-save": {"view-title": "A view", "view-query": "rows=body"},
        "view-share": {"shared": "yes"},
        "decide": {"decision": "reject", "selected": [str(world.items["bare"].pk)]},
        "pace": {
            "answer_within": "10",
            "remind_before": "7",
            "remind_every": "7",
            "validator_after": "7",
            "head_after": "14",
        },
        "outbox-settle": {"outcome": "arrived"},
        "questionnaire-new": _questionnaire(world),
        "questionnaire-edit": _questionnaire(world),
        "questions": {
            "questions-TOTAL_FORMS": "1",
            "questions-INITIAL_FORMS": "0",
            "questions-0-text": "Why?",
        },
        "questions-paste": {"pasted": "1. Why?"},
        "rename": {"title_en": "A better title"},
        "merge": {"other": str(world.others["other group"].pk)},
        "add": {"reference": f"/en/recommendations/{world.items['published'].pk}/"},
        "group-status": {"status": "in_progress", "justification": "Because", "language": "en"},
        "group-contribute": text,
        **_programme_payload(world, row),
    }
    return by_view.get(view, {})


def _questionnaire(world: World) -> dict[str, Any]:
    return {
        "title": "A title",
        "kind": "free",
        "language": "en",
        "deadline": "2099-01-01",
        "remind_before": "7",
        "remind_every": "7",
        "validator_after": "7",
        "head_after": "14",
        "institutions": [str(world.institutions["lead"].pk)],
    }


def _reply_payload(world: World, row: Row, view: str) -> dict[str, Any]:
    """Return what a person would send about a reply to a questionnaire."""
    if view == "reply-time":
        return {"wanted": "2099-01-01", "reason": "For a reason"}
    if view != "reply-edit":
        return {"reason": "For a reason", "until": ""}
    reply = world.others[row.object]
    question = reply.questionnaire.questions.first()
    return {f"a{question.pk}": "Other words", f"n{question.pk}": "", "seen_version": reply.version}


def _programme_payload(world: World, row: Row) -> dict[str, dict[str, Any]]:
    """Return what a person would send to the pages of programmes."""
    if not row.view.startswith("programme:"):
        return {}
    lines = {
        f"{prefix}-{name}_FORMS": "0"
        for prefix in ("milestones", "budget", "legislation")
        for name in ("TOTAL", "INITIAL")
    }
    others = world.others
    measure = {"code": "9.9", "node": others["drafted"].node_id, "title_en": "A measure", "reach": "national"}
    node = {"code": "9", "kind": "axis", "name_en": "An axis"}
    return {
        "create": {"name_en": "A programme"},
        "plan": {"ids": str(world.items["bare"].pk), "step": "apply", "measure": others["drafted"].pk},
        "open": {"audiences": ["sectors"], "opens_on": "2026-01-01", "closes_on": "2099-01-01"},
        "adopt": {"act_number": "2-26-7", "act_date": "2026-01-01"},
        "node-add": node,
        "node-edit": node,
        "measure-add": measure | lines,
        "measure-edit": measure | lines,
        "report": {"progress": "under_way", "text": "Something", "language": "en"},
        "comment": {"text": "Say more"},
        "comment-answer": {"text": "We did"},
        "comment-refuse": {"ground": "insult", "reason": "It insults"},
        "report-return": {"reason": "For a reason"},
        "file-columns": {"read": "1", "table": "0", "header": "1", "language": "en", "column-0": "title"},
        **_indicator_payload(world),
    }


def _indicator_payload(world: World) -> dict[str, dict[str, Any]]:
    """Return what a person would send to the pages of indicators."""
    lead, other = world.institutions["lead"], world.institutions["other"]
    sheet = {
        "name_en": "A number",
        "kind": "outcome",
        "right": "health",
        "measured": "number",
        "decimals": "0",
        "better": "higher",
        "periodicity": "year",
        "dimensions": ["sex", "age"],
        "institution": lead.pk,
        "goals-TOTAL_FORMS": "0",
        "goals-INITIAL_FORMS": "0",
    }
    value = {"period": "2022", "state": "known", "value": "5", "quality": "final", "reason": "For a reason"}
    reason = {"reason": "For a reason"}
    return {
        "indicator-add": sheet | {"code": "NEW-1"},
        "indicator-edit": sheet | {"code": "IND-19"},
        "indicator-not-applicable": reason,
        "indicator-retire": reason,
        "value-record": value,
        "value-correct": value,
        "break-add": {"period": "2020", "explanation": "Another survey", "language": "en"},
        "break-withdraw": reason,
        "values-ask": {"institution": other.pk, "periods": "2020", "due_on": "2099-01-01"},
        "value-request-decline": reason,
        "value-request-withdraw": reason,
    }
