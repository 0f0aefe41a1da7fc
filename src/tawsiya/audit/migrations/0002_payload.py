"""The text that the chain hashes: one definition, used by the trigger and by `audit verify`."""

from django.db import migrations

PAYLOAD = """
CREATE FUNCTION audit_event_payload(event audit_event) RETURNS text
LANGUAGE sql STABLE SET timezone = 'UTC' AS $$
    SELECT (to_jsonb(event) - 'hash' - 'previous_hash')::text
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(PAYLOAD, "DROP FUNCTION audit_event_payload(audit_event)"),
    ]
