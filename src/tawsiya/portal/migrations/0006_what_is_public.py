"""Views of what is public at this moment: what the portal's role reads, and nothing behind it.

Each is a barrier (no condition of a caller runs on a row that it hides) and reads with its owner's rights. A later
migration that changes a column of a table below drops its view before and makes it again.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

LATEST = """
    NOT EXISTS (SELECT FROM portal_{table} later WHERE {same} AND later.{number} > one.{number})
"""
ITEM = LATEST.format(table="snapshot", same="later.recommendation_id = one.recommendation_id", number="version")
VOICE = LATEST.format(
    table="voicesnapshot",
    same="later.kind = one.kind AND later.source_id = one.source_id",
    number="version",
)
PROGRAMME = LATEST.format(table="programmesnapshot", same="later.key = one.key", number="publication")
CONSULTATION = LATEST.format(
    table="consultationsnapshot", same="later.consultation_id = one.consultation_id", number="publication"
)

VIEWS = {
    "portal_publisheditem": f"""
        SELECT id, recommendation_id, version, act, published_at, sort_key, body, mechanism, symbol, cycle, year, states,
            is_part, position, lead, status, themes, persons, sdgs, text, content
        FROM portal_snapshot one WHERE act = 'publish' AND {ITEM}
    """,
    "portal_publishedact": """
        SELECT id, recommendation_id, version, act, published_at FROM portal_snapshot
        WHERE recommendation_id IN (SELECT recommendation_id FROM portal_publisheditem)
    """,
    "portal_publishedfile": """
        SELECT id, snapshot_row_id, title, file_name, stored_as, media_type, size, sha256 FROM portal_snapshotfile
        WHERE snapshot_row_id IN (SELECT id FROM portal_publisheditem)
    """,
    "portal_publishedrule": """
        SELECT id, number, in_force_from, published_at, note, language, content FROM portal_rulesnapshot
    """,
    "portal_publishedvoice": f"""
        SELECT id, recommendation_id, kind, source_id, version, act, published_at, content FROM portal_voicesnapshot one
        WHERE act = 'publish' AND {VOICE}
            AND recommendation_id IN (SELECT recommendation_id FROM portal_publisheditem)
    """,
    "portal_publishedprogramme": f"""
        SELECT id, key, publication, act, published_at, items, content FROM portal_programmesnapshot one
        WHERE act = 'publish' AND {PROGRAMME}
    """,
    # The clock is the database's, at the beginning of the reader's transaction: one moment for a whole page.
    "portal_publishedconsultation": f"""
        SELECT id, consultation_id, publication, published_at, opens_at, closes_at, is_over,
            NOT is_over AND closes_at >= now() AS is_open,
            CASE WHEN is_over OR closes_at >= now() THEN content
                ELSE jsonb_build_object('names', content -> 'names', 'number', content -> 'number')
            END AS content
        FROM portal_consultationsnapshot one WHERE opens_at <= now() AND {CONSULTATION}
    """,
}


def _made(name: str, sql: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE VIEW {name} WITH (security_barrier) AS {sql}", reverse_sql=f"DROP VIEW {name}"
    )


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0005_consultations_of_the_public'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublishedAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recommendation_id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField()),
                ('act', models.CharField(choices=[('publish', 'Published'), ('withdraw', 'Withdrawn from the public pages')], max_length=10)),
                ('published_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['recommendation_id', '-version'],
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='PublishedConsultation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('consultation_id', models.BigIntegerField()),
                ('publication', models.PositiveIntegerField()),
                ('published_at', models.DateTimeField()),
                ('opens_at', models.DateTimeField()),
                ('closes_at', models.DateTimeField()),
                ('is_over', models.BooleanField()),
                ('content', models.JSONField(default=dict)),
                ('is_open', models.BooleanField()),
            ],
            options={
                'ordering': ['-opens_at', 'consultation_id'],
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='PublishedFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('file_name', models.CharField(max_length=200)),
                ('stored_as', models.CharField(max_length=80)),
                ('media_type', models.CharField(max_length=100)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
            ],
            options={
                'ordering': ['pk'],
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='PublishedItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recommendation_id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField()),
                ('act', models.CharField(choices=[('publish', 'Published'), ('withdraw', 'Withdrawn from the public pages')], max_length=10)),
                ('published_at', models.DateTimeField()),
                ('sort_key', models.CharField(blank=True, max_length=200)),
                ('body', models.CharField(blank=True, max_length=60)),
                ('mechanism', models.CharField(blank=True, max_length=20)),
                ('symbol', models.CharField(blank=True, max_length=80)),
                ('cycle', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('states', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), default=list, size=None)),
                ('is_part', models.BooleanField(default=False)),
                ('position', models.CharField(blank=True, max_length=15)),
                ('lead', models.CharField(blank=True, max_length=120)),
                ('status', models.CharField(blank=True, max_length=25)),
                ('themes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), default=list, size=None)),
                ('persons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), default=list, size=None)),
                ('sdgs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                ('text', models.TextField(blank=True)),
                ('content', models.JSONField(default=dict)),
            ],
            options={
                'ordering': ['sort_key', 'recommendation_id'],
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='PublishedProgramme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60)),
                ('publication', models.PositiveIntegerField()),
                ('act', models.CharField(choices=[('publish', 'Published'), ('withdraw', 'Withdrawn from the public pages')], max_length=10)),
                ('published_at', models.DateTimeField()),
                ('items', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('content', models.JSONField(default=dict)),
            ],
            options={
                'ordering': ['key'],
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='PublishedRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(unique=True)),
                ('in_force_from', models.DateField()),
                ('published_at', models.DateTimeField()),
                ('note', models.TextField()),
                ('language', models.CharField(max_length=8)),
                ('content', models.JSONField()),
            ],
            options={
                'ordering': ['-in_force_from', '-number'],
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='PublishedVoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recommendation_id', models.BigIntegerField()),
                ('kind', models.CharField(max_length=12)),
                ('source_id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField()),
                ('act', models.CharField(choices=[('publish', 'Published'), ('withdraw', 'Withdrawn from the public pages')], max_length=10)),
                ('published_at', models.DateTimeField()),
                ('content', models.JSONField(default=dict)),
            ],
            options={
                'ordering': ['-published_at', '-pk'],
                'managed': False,
            },
        ),
        *(_made(name, sql) for name, sql in VIEWS.items()),
    ]
