"""Addresses of accounts."""

from django.urls import path

from tawsiya.accounts.views import absences, institutions, invitations, people, roles
from tawsiya.core.tables import twins

app_name = "accounts"
urlpatterns = [
    *twins("people/", people.people_list, "people"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/roles/", people.add_role, name="add-role"),
    path("people/<int:pk>/deputies/", people.add_deputy, name="add-deputy"),
    path("people/<int:pk>/close/", people.close, name="close"),
    path("people/roles/<int:pk>/end/", people.end_role, name="end-role"),
    path("people/deputies/<int:pk>/end/", people.remove_deputy, name="end-deputy"),
    *twins("institutions/", institutions.institution_list, "institutions"),
    path("institutions/new/", institutions.add, name="add-institution"),
    path("institutions/<int:pk>/", institutions.institution, name="institution"),
    path("institutions/<int:pk>/change/", institutions.change, name="change-institution"),
    path("institutions/<int:pk>/replace/", institutions.replace, name="replace-institution"),
    path("institutions/<int:parent_pk>/new/", institutions.add, name="add-directorate"),
    *twins("invitations/", invitations.invitation_list, "invitations"),
    path("invitations/new/", invitations.new, name="invite"),
    path("invitations/<int:pk>/revoke/", invitations.revoke, name="revoke"),
    path("invitation/<str:token>/", invitations.accept, name="accept"),
    path("me/", people.profile, name="profile"),
    path("me/absence/", absences.declare, name="absence"),
    path("me/absence/<int:pk>/end/", absences.end, name="end-absence"),
    path("roles/", roles.roles, name="roles"),
]
