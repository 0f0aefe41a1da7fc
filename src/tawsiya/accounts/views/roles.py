"""The page "Who may do what", rendered from `accounts.roles`."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tawsiya.accounts.choices import InstitutionKind, Role
from tawsiya.accounts.requests import reader_with_role
from tawsiya.accounts.roles import ACT_NAMES, HOME, MAY, REFUSALS, ROLE_NOTES


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Show to everybody with a role what each role may do, and where it exists."""
    reader = reader_with_role(request)
    acts = [
        {"name": name, "rule": REFUSALS[act], "cells": [act in MAY[role] for role in Role]}
        for act, name in ACT_NAMES.items()
    ]
    described = [
        {
            "name": role.label,
            "note": ROLE_NOTES[role],
            "homes": [kind.label for kind in InstitutionKind if kind in HOME[role]],
            "everywhere": len(HOME[role]) > len(InstitutionKind) // 2,
            "not_in": [kind.label for kind in InstitutionKind if kind not in HOME[role]],
            "acts": [ACT_NAMES[act] for act in ACT_NAMES if act in MAY[role]],
            "mine": role in reader.roles,
        }
        for role in Role
    ]
    return render(
        request, "accounts/roles.html", {"acts": acts, "roles": described, "names": [r.label for r in Role]}
    )
