"""All addresses. Every page is private unless its view says `login_not_required`."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
]
urlpatterns += i18n_patterns(
    path("account/", include("allauth.urls")),
)
