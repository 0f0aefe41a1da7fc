"""All addresses. Every page is private unless its view says `login_not_required`."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/v1/", include("tawsiya.portal.api_urls")),
    path("", include("tawsiya.portal.root_urls")),
]
urlpatterns += i18n_patterns(
    path("account/", include("tawsiya.accounts.closed_urls")),
    path("account/", include("allauth.urls")),
    path("", include("tawsiya.accounts.urls")),
    path("", include("tawsiya.audit.urls")),
    path("", include("tawsiya.notifications.urls")),
    path("", include("tawsiya.mechanisms.urls")),
    path("", include("tawsiya.recommendations.urls")),
    path("", include("tawsiya.followup.urls")),
    path("", include("tawsiya.intake.urls")),
    path("", include("tawsiya.dashboards.urls")),
    path("", include("tawsiya.reports.urls")),
    path("", include("tawsiya.sample.urls")),
    path("", include("tawsiya.portal.urls")),
)

handler403 = "tawsiya.core.views.refused"
