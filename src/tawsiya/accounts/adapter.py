"""Close allauth's open doors: accounts come from invitations only."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest, HttpResponse

from tawsiya.accounts.languages import in_language
from tawsiya.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up alone, and everybody lands in his or her own language."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Keep the door shut."""
        return False

    def post_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse:
        """Send a person who signed in to the page in that person's language, and remember it."""
        response: HttpResponse = super().post_login(request, user, **details)
        return in_language(response, user.language)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """OpenID Connect signs in people who were invited; it creates no accounts."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Keep the door shut."""
        return False
