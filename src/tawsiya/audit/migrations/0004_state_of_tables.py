"""What the last act that wrote to each table was: by it pages know whether what they kept still stands.

The triggers that note a table are attached after each migration (`audit.table_states`), to new tables too.
"""

from django.db import migrations, models

NOTE = """
CREATE FUNCTION audit_note_table() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    noted text := COALESCE(current_setting('tawsiya.touched', TRUE), '');
BEGIN
    IF position(' ' || TG_TABLE_NAME || ' ' IN noted) = 0 THEN
        PERFORM set_config('tawsiya.touched', noted || ' ' || TG_TABLE_NAME || ' ', TRUE);
    END IF;
    RETURN NULL;
END $$;
"""

# The trigger `chain` of the row made this transaction the only one that writes events until it ends.
SETTLE = """
CREATE FUNCTION audit_settle_tables() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit_tablestate (name, hash)
    SELECT touched.name, last.hash
    FROM (
        SELECT DISTINCT unnest(
            string_to_array(COALESCE(current_setting('tawsiya.touched', TRUE), ''), ' ')
            || 'audit_event'::text
        ) AS name
    ) touched,
    (SELECT hash FROM audit_event ORDER BY position DESC LIMIT 1) last
    WHERE touched.name <> ''
    ON CONFLICT (name) DO UPDATE SET hash = EXCLUDED.hash;
    PERFORM set_config('tawsiya.touched', '', TRUE);
    RETURN NULL;
END $$;

CREATE TRIGGER settle_tables AFTER INSERT ON audit_event
FOR EACH STATEMENT EXECUTE FUNCTION audit_settle_tables();
"""

AWAY = """
DROP TRIGGER settle_tables ON audit_event;
DROP FUNCTION audit_settle_tables();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_events_by_day_and_institution")]

    operations = [
        migrations.CreateModel(
            name="TableState",
            fields=[
                ("name", models.CharField(max_length=63, primary_key=True, serialize=False)),
                ("hash", models.CharField(max_length=64)),
            ],
        ),
        migrations.RunSQL(NOTE, "DROP FUNCTION audit_note_table() CASCADE"),
        migrations.RunSQL(SETTLE, AWAY),
    ]
