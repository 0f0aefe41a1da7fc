"""Requests that no page of ours sends, and by hand what comes of each.

Objects that a body names: a view, its object, who sends, the field, what it names, and the outcome in a letter
of `table`. What stands there is refused (r: let in, nothing recorded) or, where the field is not the sender's
to give, not heard (=: done as without it).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tawsiya.audit.models import Event
from tests.access.matrix import Answer, Row, address_of, payload, taken_back
from tests.access.world import World

BODIES = """
view                          object            sender       field                      names                 outcome

followup:contribute           accepted          focal        institution                other-institution     =
followup:contribute           accepted          focal        institution                nothing               =
followup:contribution-edit    draft             focal        institution                other-institution     =
followup:group-contribute     group             focal        institution                other-institution     =
followup:assignment-pass_on   proposed          focal        institution                other-institution     r
followup:assignment-pass_on   proposed          focal        institution                nothing               r
followup:assignment-reassign  asking            coordinator  institution                body-of-rights        r
followup:assignment-reassign  asking            coordinator  institution                nothing               r
followup:assign               -                 coordinator  lead                       body-of-rights        r
followup:assign               -                 coordinator  ids                        nothing               r
followup:thread               talk inside       focal        mentions                   stranger              r
followup:thread               talk inside       focal        mentions                   nothing               r
followup:reply-edit           reply-draft       focal        a{other-question}          words                 =
followup:questionnaire-new    -                 coordinator  institutions               body-of-rights        r
followup:questionnaire-edit   unsent            coordinator  institutions               body-of-rights        r
followup:questions            unsent            coordinator  questions-0-only_for       other-institution     r
followup:questions-measures   unsent            coordinator  selected                   draft-measure         r
accounts:absence              -                 focal        deputy                     stranger              r
accounts:absence              -                 focal        deputy                     nothing               r
accounts:add-deputy           own-person        administrator  deputy                   stranger              r
programme:report              in-force          focal        milestone                  nothing               r
programme:measure-edit        drafted           coordinator  node                       other-axis            r
programme:measure-edit        drafted           coordinator  waits_for                  other-measure         r
programme:measure-edit        drafted           coordinator  lead                       body-of-rights        r
programme:measure-add         plan-draft        coordinator  node                       other-axis            r
programme:node-add            plan-draft        coordinator  parent                     other-axis            r
programme:plan                -                 coordinator  measure                    adopted-measure       r
programme:plan                -                 coordinator  ids                        nothing               r
programme:indicator-add       -                 coordinator  institution                body-of-rights        r
programme:indicator-edit      indicator         coordinator  institution                body-of-rights        r
programme:values-ask          indicator         focal        institution                body-of-rights        r
programme:values-ask          indicator         focal        recipient                  other-institution     =
portal:publish                published         coordinator  evidence                   draft-file            r
portal:publish                published         coordinator  references                 draft-law             r
groups:merge                  group             analyst      other                      nothing               4
groups:decide                 proposed-group    analyst      selected                   nothing               r
tagging:review                taxonomy          analyst      item                       nothing               4
"""

# Figures and versions in what pages send: nothing that could be somebody else's.
NO_OBJECTS = (
    "seen_version", "-TOTAL_FORMS", "-INITIAL_FORMS", "answer_within", "head_after", "validator_after",
    "remind_before", "remind_every", "at_least", "period", "periods", "value", "decimals", "precision", "code",
    "header", "read", "table", "confirm", "edit",
)  # fmt: skip
# Named by a row of the import: joins with the next row of the same, whatever is sent.
NOT_READ = frozenset({("intake:merge", "other")})


@dataclass(frozen=True)
class Forged:
    """One row of `BODIES`."""

    row: Row
    sender: str
    field: str
    names: str
    outcome: str


def forged() -> list[Forged]:
    """Read the table."""
    found = []
    for line in BODIES.strip().splitlines()[1:]:
        if line.strip():
            view, *rest = line.split()
            *of, sender, field, names, outcome = rest
            found.append(Forged(Row(view, " ".join(of), "", ""), sender, field, names, outcome))
    return found


def named(world: World, name: str) -> Any:
    """Return the id that a forged body names."""
    others = world.others
    ids: Mapping[str, Callable[[], Any]] = {
        "nothing": lambda: 987654321,
        "words": lambda: "Words",
        "other-institution": lambda: world.institutions["other"].pk,
        "body-of-rights": lambda: world.users["nhri"].memberships.get().institution_id,
        "stranger": lambda: world.users["other_focal"].pk,
        "draft-measure": lambda: others["drafted-alone"].pk,
        "other-measure": lambda: others["consulted"].pk,
        "adopted-measure": lambda: others["in-force"].pk,
        "other-axis": lambda: others["consulted"].node_id,
        "other-question": lambda: others["shared"].questions.get(number="2").pk,
        "draft-file": lambda: world.evidence["draft restricted"].pk,
        "draft-law": lambda: others["draft restricted law"].pk,
    }
    return ids[name]()


def events_of(world: World, row: Row, sender: str, extra: Mapping[str, Any]) -> tuple[Answer, list[Any]]:
    """Send what a page would send, and more; return the answer and what the history says, then take it back."""
    client = world.clients[sender]
    with taken_back(client):
        last = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        response = client.post(address_of(world, row), {**payload(world, row), **extra})
        new = Event.objects.filter(pk__gt=last).order_by("pk")
        said = list(
            new.values_list("code", "subject_type", "institution_id", "item_id", "state", "after", "actor_id")
        )
        return Answer(response.status_code, response.get("Location", ""), bool(said)), said
