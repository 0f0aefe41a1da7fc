"""Answers that belong to no app: refusals with their reason."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show why something was refused."""
    return render(request, "403.html", {"reason": str(exception)}, status=403)
