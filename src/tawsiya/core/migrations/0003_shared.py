"""What serving processes keep in common for a moment (`core.shared`): lost with a crash of the server, and no record."""

from django.db import migrations

TABLE = """
CREATE UNLOGGED TABLE core_shared (
    key char(64) PRIMARY KEY,
    value text NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX core_shared_expires_at ON core_shared (expires_at);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_drawings'),
    ]

    operations = [migrations.RunSQL(TABLE, reverse_sql="DROP TABLE core_shared")]
