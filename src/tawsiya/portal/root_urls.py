"""Addresses that search engines look for at the root of the site, outside the languages."""

from django.urls import path

from tawsiya.portal.views import machines

urlpatterns = [
    path("robots.txt", machines.robots, name="portal-robots"),
    path("sitemap.xml", machines.sitemap, name="portal-sitemap"),
]
