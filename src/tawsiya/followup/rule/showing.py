"""A rule and its derivations as pages show them: sentences in the reader's language, records as links."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from tawsiya.core.errors import Message
from tawsiya.core.formats import localise_date
from tawsiya.core.labels import text_of
from tawsiya.followup.rule.conditions import words_of
from tawsiya.followup.rule.tree import GROUPS, SCALES, Content, Node, group_of, inside
from tawsiya.programme.choices import LawStage, Progress
from tawsiya.recommendations.choices import Status

Shown = dict[str, Any]

_ADDRESSES = {
    "contribution": "followup:contribution",
    "evidence": "followup:evidence",
    "measure": "programme:measure",
    "indicator": "programme:indicator",
    "part": "followup:item",
}
_KINDS: dict[str, Message] = {
    "contribution": _("Contribution"),
    "evidence": _("Evidence"),
    "measure": _("Measure"),
    "indicator": _("Indicator"),
    "part": _("Part"),
}
_SAYS: dict[str, Any] = {
    **dict(Status.choices),
    **dict(Progress.choices),
    **dict(LawStage.choices),
    "file": _("File"),
    "link": _("Link"),
    "law": _("Law or regulation"),
    "reached": _("Reached"),
    "open": _("Not reached"),
    "met": _("Target met"),
    "missed": _("Target missed"),
    "unknown": _("Unknown"),
}
_ANSWERS: dict[Any, tuple[str, Message, str]] = {
    True: ("true", _("true"), "check-circle-fill"),
    False: ("false", _("false"), "x-circle"),
    None: ("unknown", _("unknown"), "question-circle"),
}


def shown_rule(content: Content) -> list[Shown]:
    """Return a rule, scale by scale, with the place of each branch and node in it."""
    return [
        {
            "scale": scale,
            "label": label,
            "branches": [
                {
                    "at": f"{scale}.{number}",
                    "status": branch["status"],
                    "labels": branch["labels"],
                    "node": _shown_node(branch["when"], f"{scale}.{number}.when"),
                    "first": number == 0,
                    "last": number == len(content[scale]) - 1,
                }
                for number, branch in enumerate(content[scale])
            ],
        }
        for scale, (label, _statuses) in SCALES.items()
    ]


def _shown_node(node: Node, at: str) -> Shown:
    kind = group_of(node)
    return {
        "at": at,
        "kind": kind,
        "words": words(node),
        "nodes": [_shown_node(one, f"{at}.{number}") for number, one in enumerate(inside(node))],
        "takes": kind in ("all", "any"),
        "whole": at.endswith(".when"),
    }


def words(node: Mapping[str, Any]) -> str:
    """Return what a node says: the sentence of a condition, or how a group joins what stands in it."""
    if "is" in node:
        return words_of(node)
    return str(GROUPS[node["group"] if "group" in node else group_of(dict(node))])


def shown_derivation(kept: Mapping[str, Any]) -> Shown:
    """Return a derivation (`Derivation.as_json`, fresh or kept with an assessment) as the page shows it."""
    return {
        "scale": SCALES[kept["scale"]][0],
        "status": kept["status"],
        "branches": [
            {"status": one["status"], "labels": one["labels"], "step": _shown_step(one["step"])}
            for one in kept["branches"]
        ],
    }


def _shown_step(step: Mapping[str, Any]) -> Shown:
    code, answer, icon = _ANSWERS[step["value"]]
    return {
        "words": words(step["node"]),
        "code": code,
        "answer": answer,
        "icon": icon,
        "rows": [_shown_row(row) for row in step["rows"]],
        "steps": [_shown_step(one) for one in step["steps"]],
    }


def _shown_row(row: Mapping[str, Any]) -> Shown:
    return {
        "kind": _KINDS[row["kind"]],
        "label": text_of(row["label"]),
        "url": _address(row),
        "says": _said(row["says"]),
    }


def _address(row: Mapping[str, Any]) -> str:
    try:
        return reverse(_ADDRESSES[row["kind"]], args=[row["pk"]])
    except NoReverseMatch:
        return ""


def _said(says: str) -> str:
    if says in _SAYS:
        return str(_SAYS[says])
    try:
        return localise_date(date.fromisoformat(says))
    except ValueError:
        return says
