"""The reader's role in words, for the account menu and the head of the home page."""

from django.utils.translation import gettext as _

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Institution
from tawsiya.accounts.reader import Grant, Reader
from tawsiya.audit.kept import until_next_act
from tawsiya.core.labels import text_of


def role_label(reader: Reader) -> str:
    """Return role and institution of each grant, for example `Focal point · Ministry of Health`.

    A role held for somebody replaced says for whom. Empty for a person without any role.
    """
    ids = {grant.institution_id for grant in reader.grants}
    if not ids:
        return ""
    names = until_next_act(
        lambda: dict(Institution.objects.filter(pk__in=ids).values_list("pk", "names")),
        "dashboards.names_of_institutions",
        frozenset(ids),
    )
    return " — ".join(_words(grant, text_of(names.get(grant.institution_id))) for grant in reader.grants)


def _words(grant: Grant, institution: str) -> str:
    role = Role(grant.role).label
    if grant.on_behalf_of_id is None:
        return _("%(role)s · %(institution)s") % {"role": role, "institution": institution}
    return _("%(role)s · %(institution)s, in the name of %(person)s") % {
        "role": role,
        "institution": institution,
        "person": grant.on_behalf_of_name,
    }
