"""Give an installation the names of the reference lists as they are now: those that were missing, and ’ for '.

A name that somebody wrote otherwise is left alone: only one with the same letters is replaced.
"""

import unicodedata

from django.db import migrations
from django.utils import timezone

from tawsiya.mechanisms.reference import loaders
from tawsiya.mechanisms.reference import profile as profiles


def letters(name):
    """Letters and digits of a name, without case and accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if c.isalnum())


def settled(names, reference):
    """Return the names with those of the reference that are missing or differ in typography only."""
    return names | {
        language: name
        for language, name in reference.items()
        if name and (not names.get(language) or letters(names[language]) == letters(name))
    }


def _axes(profile):
    for prefix, axes in (("", profile.axes), *((f"{row.code}-", row.axes) for row in profile.programmes)):
        for axis in axes:
            for node in (axis, *axis.sub_axes):
                yield f"{prefix}{node.code}", node.names


def _references(apps):
    """Yield rows of the database with the names that the reference lists give them."""
    bodies = {row.code: row.names for row in loaders.mechanisms()}
    treaties = {row.code: row.names for row in loaders.treaties()}
    tags = {("theme", row.slug): row.names for row in loaders.themes()}
    tags |= {("persons", row.slug): row.names for row in loaders.affected_persons()}
    tags |= {("sdg_goal", row.code): row.names for row in loaders.goals()}
    institutions = {}
    instance = apps.get_model("core", "Instance").objects.first()
    # The training State has no profile of its own.
    if instance is not None and not instance.is_demo:
        profile = profiles.load_profile(instance.state)
        institutions = {row.code: row.names for row in profile.institutions}
        if profile.national_mechanism:
            institutions["delegation"] = profile.national_mechanism.names
        tags |= {("axis", code): names for code, names in _axes(profile)}
    for body in apps.get_model("mechanisms", "Body").objects.all():
        yield body, bodies.get(body.code, {})
    for treaty in apps.get_model("mechanisms", "Treaty").objects.all():
        yield treaty, treaties.get(treaty.code, {})
    for tag in apps.get_model("recommendations", "Tag").objects.all():
        yield tag, tags.get((tag.taxonomy, tag.code), {})
    for institution in apps.get_model("accounts", "Institution").objects.all():
        yield institution, institutions.get(institution.key, {})


def settle(apps, schema_editor):
    changed = []
    for row, reference in _references(apps):
        names = settled(row.names, reference)
        if names != row.names:
            row.names = names
            changed.append(row)
    if not changed:
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT nextval('audit_event_id_seq')")
        number = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('tawsiya.audit_id', %s, TRUE)", [str(number)])
    for row in changed:
        row.save(update_fields=["names"])
    # Position and hash are the trigger's.
    apps.get_model("audit", "Event").objects.create(
        id=number,
        position=0,
        code="reference.settled",
        at=timezone.now(),
        actor_name="Tawsiya",
        subject_type="instance",
        before={},
        after={"names": len(changed)},
    )
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT set_config('tawsiya.audit_id', '', TRUE)")


class Migration(migrations.Migration):
    dependencies = [
        ("recommendations", "0005_rows_of_known_taxonomies"),
        ("mechanisms", "0002_obligations_say_where"),
        ("accounts", "0003_heads_and_pace_of_mails"),
        ("core", "0003_shared"),
        ("audit", "0004_state_of_tables"),
    ]

    operations = [migrations.RunPython(settle, migrations.RunPython.noop)]
