"""Begin programmes, and write their axes and objectives."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated
from tawsiya.core.labels import Label
from tawsiya.mechanisms.reference.profile import Axis
from tawsiya.programme.models import Node, Programme, Version
from tawsiya.programme.permissions import may_act_on_version, may_plan


@dataclass(frozen=True)
class NodeFacts:
    """What an axis or objective says; `parent_id` None for a highest one, `key` where a file gives one."""

    code: str
    names: Label
    kind: str = "axis"
    parent_id: int | None = None
    key: UUID | None = None


def sort_key_of(code: str) -> str:
    """Return a number of a tree as it sorts: `2.10` after `2.9`."""
    return re.sub(r"\d+", lambda found: found[0].zfill(6), code)[:120]


def written(label: Label) -> Label:
    """Return a label without empty languages.

    Raises:
        RuleViolated: nothing is written in any language.
    """
    texts = {code: text.strip() for code, text in label.items() if text.strip()}
    if not texts:
        raise RuleViolated(_("Write it in one language at least."))
    return texts


def create_programme(*, names: Label, axes: Sequence[Axis] = (), by: Reader) -> Version:
    """Create a programme with its first version, a draft, and the axes to begin with.

    Raises:
        PermissionRefused: `by` is not of the delegation.
        RuleViolated: it has no name.
    """
    actor = acting(by, may_plan(by))
    names = written(names)
    with audit.change("programme.created", by=actor, state="draft") as event:
        stem = slugify(names.get("en") or names.get("fr") or "")[:50] or "programme"
        programme = Programme.objects.create(key=_free_key(stem), names=names, created_at=clock.now())
        version = Version.objects.create(
            programme=programme, number=1, created_by_id=actor.user_id, created_at=clock.now()
        )
        for axis in axes:
            parent = _make_node(version, NodeFacts(axis.code, written(dict(axis.names))))
            for sub in axis.sub_axes:
                _make_node(version, NodeFacts(sub.code, written(dict(sub.names)), parent_id=parent.pk))
        event.subject, event.after = version, {"programme": names}
    return version


def _free_key(stem: str) -> str:
    taken = set(Programme.objects.filter(key__startswith=stem).values_list("key", flat=True))
    return next(
        key for n in range(1, len(taken) + 2) if (key := stem if n == 1 else f"{stem}-{n}") not in taken
    )


def _make_node(version: Version, facts: NodeFacts) -> Node:
    return Node.objects.create(
        version=version,
        key=facts.key or uuid4(),
        parent_id=facts.parent_id,
        kind=facts.kind,
        code=facts.code,
        names=facts.names,
        sort_key=sort_key_of(facts.code),
    )


def save_node(*, version: Version, facts: NodeFacts, by: Reader, node: Node | None = None) -> Node:
    """Add an axis or objective to a draft, or change one.

    Raises:
        PermissionRefused: `by` is not of the delegation, or the version is no draft.
        RuleViolated: no name, a number taken twice, or a branch put under itself.
    """
    with transaction.atomic():
        version = locked(version)
        actor = acting(by, may_act_on_version(by, version, "edit"))
        names = written(facts.names)
        if _code_taken(version, facts.code, node):
            raise RuleViolated(_("This number is taken."))
        if node is not None and facts.parent_id in _below(version, node):
            raise RuleViolated(_("A branch cannot stand under itself."))
        with audit.change("programme.node_saved", by=actor, subject=version, state=version.state) as event:
            event.after = {"node": names, "code": facts.code}
            if node is None:
                return _make_node(version, replace(facts, names=names))
            event.before = {"node": node.names, "code": node.code}
            node.code, node.names, node.kind = facts.code, names, facts.kind
            node.parent_id, node.sort_key = facts.parent_id, sort_key_of(facts.code)
            node.save()
            return node


def remove_node(*, node: Node, by: Reader) -> None:
    """Take an empty axis or objective out of a draft.

    Raises:
        PermissionRefused: `by` is not of the delegation, or the version is no draft.
        RuleViolated: something stands under it.
    """
    with transaction.atomic():
        version = locked(node.version)
        actor = acting(by, may_act_on_version(by, version, "edit"))
        if node.branches.exists() or node.measures.exists():
            raise RuleViolated(_("Move or remove first what stands under it."))
        with audit.change("programme.node_removed", by=actor, subject=version, state=version.state) as event:
            event.after = {"node": node.names, "code": node.code}
            node.delete()


def locked(version: Version) -> Version:
    """Return a version as it is now, locked until the transaction ends."""
    return Version.objects.select_for_update(of=("self",)).select_related("programme").get(pk=version.pk)


def _code_taken(version: Version, code: str, node: Node | None) -> bool:
    others = Node.objects.filter(version=version, code=code)
    return (others.exclude(pk=node.pk) if node else others).exists()


def _below(version: Version, node: Node) -> set[int]:
    """Return the ids of a node and of everything under it."""
    parents = dict(Node.objects.filter(version=version).values_list("pk", "parent_id"))
    found = {node.pk}
    while more := {pk for pk, parent in parents.items() if parent in found} - found:
        found |= more
    return found
