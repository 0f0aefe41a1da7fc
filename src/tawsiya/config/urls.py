"""All addresses. Every page is private unless its view says `login_not_required`."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from tawsiya.core.views import choose_language
from tawsiya.followup.views.calendars import fetch

urlpatterns: list[URLPattern | URLResolver] = [
    # The public chooses its language too.
    path("i18n/setlang/", choose_language, name="set_language"),
    path("api/v1/", include("tawsiya.portal.api_urls")),
    # Fetched by calendar programs, which choose no language: each person's own is used.
    path("calendar/<str:token>.ics", fetch, name="calendar"),
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
    path("", include("tawsiya.programme.urls")),
    path("", include("tawsiya.analysis.urls")),
    path("", include("tawsiya.analysis.group_urls")),
    path("", include("tawsiya.analysis.tagging_urls")),
    path("", include("tawsiya.intake.urls")),
    path("", include("tawsiya.dashboards.urls")),
    path("", include("tawsiya.reports.urls")),
    path("", include("tawsiya.sample.urls")),
    path("", include("tawsiya.portal.urls")),
)

handler403 = "tawsiya.core.views.refused"
