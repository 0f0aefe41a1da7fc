"""A rule as data: for each scale, statuses in order, each with the tree of its conditions.

    {"common": [{"status": "implemented", "labels": {"en": …}, "when": NODE}, …], "noted": […], "parts": […]}
    NODE: {"all": [NODE, …]} · {"any": [NODE, …]} · {"not": NODE} · {"is": CODE, PARAMETER: value, …}

The first status whose condition is true is proposed; where none is, the record allows no status. Nothing
is ever executed: a tree is walked, and each leaf is one of `conditions.CONDITIONS`.
"""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tawsiya.core.errors import Message, RuleViolated
from tawsiya.core.labels import Label
from tawsiya.followup.rule.conditions import CONDITIONS, Row, Truth, every, some
from tawsiya.followup.rule.facts import Facts
from tawsiya.recommendations.choices import COMMON_SCALE, NOTED_SCALE, Status, scale_for

Node = dict[str, Any]
Content = dict[str, list[Node]]

SCALES: dict[str, tuple[Message, tuple[Status, ...]]] = {
    "common": (gettext_lazy("Recommendations"), COMMON_SCALE),
    "noted": (gettext_lazy("Recommendations that the State noted"), NOTED_SCALE),
    "parts": (gettext_lazy("Paragraphs whose lettered parts have a status"), COMMON_SCALE),
}
GROUPS: dict[str, Message] = {
    "all": gettext_lazy("All of these"),
    "any": gettext_lazy("One of these at least"),
    "not": gettext_lazy("Not this"),
}
DEPTH, BRANCHES, NODES = 6, 12, 200


@dataclass(frozen=True)
class Step:
    """A node that was asked: its answer, the records behind it, and the nodes inside it."""

    node: Mapping[str, Any]  # without the nodes inside
    value: Truth
    rows: tuple[Row, ...] = ()
    steps: tuple["Step", ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the step as plain data."""
        return {
            "node": dict(self.node),
            "value": self.value,
            "rows": [row.as_json() for row in self.rows],
            "steps": [step.as_json() for step in self.steps],
        }


@dataclass(frozen=True)
class Branch:
    """A status that was tried, under its label, with the step that answered."""

    status: str
    labels: Label
    step: Step


@dataclass(frozen=True)
class Derivation:
    """What a rule makes of the facts: the status (empty where none is proposed), and how it came to it."""

    scale: str
    status: str
    branches: tuple[Branch, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the derivation as plain data, to be kept with an assessment."""
        return {
            "scale": self.scale,
            "status": self.status,
            "branches": [
                {"status": one.status, "labels": one.labels, "step": one.step.as_json()}
                for one in self.branches
            ],
        }


def scale_of(position: str, facts: Facts) -> str:
    """Return which list of a rule judges a recommendation: its parts' statuses go before its own record."""
    if scale_for(position) == NOTED_SCALE:
        return "noted"
    return "parts" if any(part.status for part in facts.parts) else "common"


def derive(content: Content, position: str, facts: Facts) -> Derivation:
    """Try the statuses of the scale in their order; stop at the first whose condition is true.

    Args:
        content: a rule that `check` let through.
        position: the State's position ("" outside the UPR).
    """
    scale = scale_of(position, facts)
    tried: list[Branch] = []
    for branch in content.get(scale, []):
        step = evaluate(branch["when"], facts)
        tried.append(Branch(branch["status"], branch["labels"], step))
        if step.value:
            return Derivation(scale, branch["status"], tuple(tried))
    return Derivation(scale, "", tuple(tried))


def evaluate(node: Node, facts: Facts) -> Step:
    """Ask a node of the facts, with everything inside it."""
    if "is" in node:
        value, rows = CONDITIONS[node["is"]].ask(facts, node)
        return Step(node, value, tuple(rows))
    kind = group_of(node)
    steps = tuple(evaluate(one, facts) for one in inside(node))
    values = [step.value for step in steps]
    if kind == "not":
        value = None if values[0] is None else not values[0]
    else:
        value = every(values) if kind == "all" else some(values)
    return Step({"group": kind}, value, (), steps)


def group_of(node: Node) -> str:
    """Return `all`, `any` or `not`; empty for a condition."""
    return next((kind for kind in GROUPS if kind in node), "")


def inside(node: Node) -> list[Node]:
    """Return the nodes inside a group, those of a condition being none."""
    kind = group_of(node)
    if not kind:
        return []
    found: Any = node[kind]
    return [found] if kind == "not" else list(found)


# From outside: a form, a file. What `check` lets through, `derive` can walk.


def check(content: Any, *, whole: bool) -> None:
    """Refuse what is no rule.

    Args:
        whole: refuse also what a draft may leave open: a scale without statuses, a group without conditions.

    Raises:
        RuleViolated: says what is wrong.
    """
    if not isinstance(content, dict) or set(content) != set(SCALES):
        raise RuleViolated(_("This is not a rule of assessment."))
    for name, (label, statuses) in SCALES.items():
        branches = content[name]
        if not isinstance(branches, list) or len(branches) > BRANCHES:
            raise RuleViolated(_("This is not a rule of assessment."))
        if whole and not branches:
            raise RuleViolated(_("“%(scale)s”: no status yet.") % {"scale": label})
        for branch in branches:
            _check_branch(branch, statuses, whole=whole)
    if _size(content) > NODES:
        raise RuleViolated(_("A rule has at most %(number)s conditions.") % {"number": NODES})


def _size(content: Content) -> int:
    def count(node: Node) -> int:
        return 1 + sum(count(one) for one in inside(node))

    return sum(count(branch["when"]) for branches in content.values() for branch in branches)


def _check_branch(branch: Any, statuses: Sequence[Status], *, whole: bool) -> None:
    if not isinstance(branch, dict) or set(branch) != {"status", "labels", "when"}:
        raise RuleViolated(_("This is not a rule of assessment."))
    if branch["status"] not in statuses:
        raise RuleViolated(_("This status is not on the scale."))
    labels = branch["labels"]
    if not isinstance(labels, dict) or not all(
        isinstance(code, str) and isinstance(text, str) for code, text in labels.items()
    ):
        raise RuleViolated(_("This is not a rule of assessment."))
    if not any(text.strip() for text in labels.values()):
        raise RuleViolated(_("Say in one language at least when the status is proposed."))
    _check_node(branch["when"], DEPTH, whole=whole)


def _check_node(node: Any, depth: int, *, whole: bool) -> None:
    if depth == 0:
        raise RuleViolated(_("Groups stand at most %(number)s deep in each other.") % {"number": DEPTH})
    if not isinstance(node, dict):
        raise RuleViolated(_("This is not a rule of assessment."))
    if "is" in node:
        _check_condition(node)
        return
    kind = group_of(node)
    if set(node) != {kind}:
        raise RuleViolated(_("This is not a rule of assessment."))
    if not isinstance(node[kind], dict if kind == "not" else list):
        raise RuleViolated(_("This is not a rule of assessment."))
    if whole and not node[kind]:
        raise RuleViolated(_("A group is empty: add a condition to it, or remove it."))
    for one in inside(node):
        _check_node(one, depth - 1, whole=whole)


def _check_condition(node: Node) -> None:
    condition = CONDITIONS.get(node["is"]) if isinstance(node["is"], str) else None
    if condition is None:
        raise RuleViolated(_("This condition is not known."))
    if set(node) != {"is", *(parameter.name for parameter in condition.parameters)}:
        raise RuleViolated(_("A condition lacks what it is asked with: %(name)s") % {"name": condition.name})
    for parameter in condition.parameters:
        if not parameter.fits(node[parameter.name]):
            raise RuleViolated(
                _("%(name)s: the value of “%(parameter)s” is not possible.")
                % {"name": condition.name, "parameter": parameter.label}
            )


# Changing a tree, for the form: a place is `scale.branch.step.step…`, steps counted inside each group.


@dataclass(frozen=True)
class Place:
    """A branch of a scale, or a node of it: the numbers lead inside its condition."""

    scale: str
    branch: int
    steps: tuple[int, ...] | None = None  # None: the branch itself; (): its whole condition

    def __str__(self) -> str:
        inner = [] if self.steps is None else ["when", *map(str, self.steps)]
        return ".".join([self.scale, str(self.branch), *inner])

    @property
    def is_node(self) -> bool:
        """Whether it is a node of the condition rather than the branch."""
        return self.steps is not None


def place_of(content: Content, text: str) -> Place | None:
    """Return the place that an address names, None where the rule has no such place."""
    scale, *rest = text.split(".")
    if scale not in content or not rest or not all(one == "when" or one.isdecimal() for one in rest):
        return None
    branch = int(rest[0]) if rest[0] != "when" else -1
    if not 0 <= branch < len(content[scale]):
        return None
    if len(rest) == 1:
        return Place(scale, branch)
    if rest[1] != "when" or "when" in rest[2:]:
        return None
    place = Place(scale, branch, tuple(int(one) for one in rest[2:]))
    return place if node_at(content, place) is not None else None


def node_at(content: Content, place: Place) -> Node | None:
    """Return the node at a place, None where there is none."""
    node: Node = content[place.scale][place.branch]["when"]
    for step in place.steps or ():
        nodes = inside(node)
        if step >= len(nodes):
            return None
        node = nodes[step]
    return node


def put(content: Content, place: Place, node: Node) -> Content:
    """Return the rule with the node at a place replaced."""
    changed = copy.deepcopy(content)
    if not place.steps:
        changed[place.scale][place.branch]["when"] = node
        return changed
    holder = node_at(changed, Place(place.scale, place.branch, place.steps[:-1]))
    assert holder is not None
    kind = group_of(holder)
    if kind == "not":
        holder[kind] = node
    else:
        holder[kind][place.steps[-1]] = node
    return changed


def add(content: Content, place: Place, node: Node) -> Content:
    """Return the rule with a node added at the end of the group at a place.

    Raises:
        RuleViolated: a condition, or "not", takes no further condition.
    """
    changed = copy.deepcopy(content)
    group = node_at(changed, place)
    if group is None or group_of(group) not in ("all", "any"):
        raise RuleViolated(_("Conditions are added to groups."))
    group[group_of(group)].append(node)
    return changed


def remove(content: Content, place: Place) -> Content:
    """Return the rule without a branch, or without the node at a place.

    Raises:
        RuleViolated: the whole condition of a status, which goes only with the status.
    """
    changed = copy.deepcopy(content)
    if not place.is_node:
        del changed[place.scale][place.branch]
        return changed
    if not place.steps:
        raise RuleViolated(_("A status keeps its condition: change what stands in it, or remove the status."))
    above = Place(place.scale, place.branch, place.steps[:-1])
    holder = node_at(changed, above)
    assert holder is not None
    if group_of(holder) == "not":
        # "Not" without what it denies is nothing: both go.
        return remove(content, above)
    del holder[group_of(holder)][place.steps[-1]]
    return changed


def moved(content: Content, place: Place, by: int) -> Content:
    """Return the rule with a branch one step earlier (-1) or later (1); the same at the ends."""
    changed = copy.deepcopy(content)
    branches = changed[place.scale]
    to = place.branch + by
    if 0 <= to < len(branches):
        branches[place.branch], branches[to] = branches[to], branches[place.branch]
    return changed
