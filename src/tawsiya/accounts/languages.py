"""Answer people in their own language from the moment they sign in."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import translate_url


def in_language(response: HttpResponse, language: str) -> HttpResponse:
    """Turn a redirection to the same page in a language, and set the language cookie.

    The page chosen before signing in (`next`) keeps its address but for the language's prefix.
    """
    if language not in dict(settings.LANGUAGES):
        return response
    if "Location" in response:
        response["Location"] = translate_url(response["Location"], language)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        domain=settings.LANGUAGE_COOKIE_DOMAIN,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return response
