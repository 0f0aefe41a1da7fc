"""Give an installation that has tags already the rows of their taxonomies; the codes of tags stay as they are."""

from django.db import migrations
from django.utils import timezone

from tawsiya.recommendations.vocabularies import ACTION, ACTION_LABELS, ACTION_NAMES, KNOWN_NAMES


def create(apps, schema_editor):
    tag_model = apps.get_model("recommendations", "Tag")
    if not tag_model.objects.exists():
        # A new installation: its set-up writes them.
        return
    vocabulary_model = apps.get_model("recommendations", "Vocabulary")
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT nextval('audit_event_id_seq')")
        number = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('tawsiya.audit_id', %s, TRUE)", [str(number)])
    for order, (code, names) in enumerate(KNOWN_NAMES.items(), start=1):
        vocabulary_model.objects.create(code=code, names=names, sort_order=order)
    vocabulary_model.objects.create(code=ACTION, names=ACTION_NAMES, exclusive=True, sort_order=6)
    for code, names in ACTION_LABELS.items():
        tag_model.objects.create(taxonomy=ACTION, code=code, names=names, sort_key=code)
    # Position and hash are the trigger's.
    apps.get_model("audit", "Event").objects.create(
        id=number,
        position=0,
        code="taxonomy.imported",
        at=timezone.now(),
        actor_name="Tawsiya",
        subject_type="instance",
        before={},
        after={"taxonomies": [*KNOWN_NAMES, ACTION]},
    )
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT set_config('tawsiya.audit_id', '', TRUE)")


class Migration(migrations.Migration):
    dependencies = [
        ('recommendations', '0004_taxonomies_as_data'),
        ("audit", "0002_payload"),
    ]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
