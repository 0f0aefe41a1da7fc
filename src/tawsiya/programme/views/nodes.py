"""Axes and objectives of a draft."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.core.errors import RuleViolated
from tawsiya.programme.commands.programmes import NodeFacts, remove_node, save_node
from tawsiya.programme.forms import NodeForm, initial_of, label_of
from tawsiya.programme.models import Node, Version
from tawsiya.programme.permissions import may_act_on_version
from tawsiya.programme.queries import version_or_404, versions_for
from tawsiya.programme.views.common import page_of


def _node(reader: Reader, pk: int) -> Node:
    node = (
        Node.objects.filter(pk=pk, version__in=versions_for(reader).values("pk"))
        .select_related("version__programme")
        .first()
    )
    if node is None or not (reader.is_delegation or reader.is_observer):
        raise Http404
    return node


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an axis or objective."""
    reader = reader_of(request)
    return _write(request, reader, version_or_404(reader, pk), None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an axis or objective."""
    reader = reader_of(request)
    node = _node(reader, pk)
    return _write(request, reader, node.version, node)


def _write(request: HttpRequest, reader: Reader, version: Version, node: Node | None) -> HttpResponse:
    acting(reader, may_act_on_version(reader, version, "edit"))
    initial = {"kind": node.kind, "code": node.code, "parent": node.parent_id} if node else {}
    form = NodeForm(
        request.POST or None,
        version=version,
        node=node,
        initial=initial | (initial_of("name", node.names) if node else {}),
    )
    if request.method == "POST" and form.is_valid():
        parent = form.cleaned_data["parent"]
        facts = NodeFacts(
            form.cleaned_data["code"],
            label_of(form, "name"),
            form.cleaned_data["kind"],
            parent.pk if parent else None,
        )
        try:
            save_node(version=version, facts=facts, node=node, by=reader)
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(page_of(version))
    title = _("Axis or objective")
    context = {"form": form, "title": title, "button": _("Save"), "back_url": page_of(version), "node": node}
    return render(request, "programme/form.html", context)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an empty axis or objective out of a draft."""
    reader = reader_of(request)
    node = _node(reader, pk)
    try:
        remove_node(node=node, by=reader)
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
    return redirect(page_of(node.version))
