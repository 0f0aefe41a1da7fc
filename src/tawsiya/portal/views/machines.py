"""What programs read: the feed, and what search engines are told."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, gettext

from tawsiya.portal.opening import absolute, public_data
from tawsiya.portal.published import item_of, short_text
from tawsiya.portal.queries import as_public, current_snapshots

FEED_LENGTH = 50


@public_data
def feed(request: HttpRequest) -> HttpResponseBase:
    """Give the latest publications as an Atom feed (RFC 4287) in the language of the address."""
    language = get_language() or "en"
    with as_public():
        items = [item_of(row) for row in current_snapshots().order_by("-published_at", "pk")[:FEED_LENGTH]]
    atom = Atom1Feed(
        title=gettext("Recommendations of the United Nations human rights mechanisms: publications"),
        link=absolute(reverse("portal:home")),
        description="",
        language=language,
        feed_url=absolute(request.path),
    )
    for item in items:
        atom.add_item(
            title=item.title,
            link=absolute(reverse("portal:detail", args=[item.id])),
            description=short_text(item, language),
            # A new version is a new entry for whoever reads the feed.
            unique_id=absolute(f"{reverse('portal:detail', args=[item.id])}#v{item.version}"),
            pubdate=item.published_at,
            updateddate=item.published_at,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type=Atom1Feed.content_type)


@public_data
def robots(request: HttpRequest) -> HttpResponseBase:
    """Open the public pages to search engines, and nothing else."""
    return render(
        request,
        "portal/robots.txt",
        {"sitemap": absolute(reverse("portal-sitemap")), "languages": settings.LANGUAGES},
        content_type="text/plain; charset=utf-8",
    )


@public_data
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """List the public pages with the day of their last change (sitemaps.org 0.9)."""
    with as_public():
        rows = list(current_snapshots().values_list("recommendation_id", "published_at"))
    return render(
        request,
        "portal/sitemap.xml",
        {"rows": rows, "site": absolute(""), "languages": settings.LANGUAGES},
        content_type="application/xml; charset=utf-8",
    )
